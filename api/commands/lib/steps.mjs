import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';
import { Interrupted } from './run.mjs';

/** How much of a log is shown when its step fails. Lines. */
const TAIL = 40;

/** A step failed in a way that a person can act on. The message is one Chinese sentence. */
export class StepError extends Error {
  name = 'StepError';

  /**
   * @param {string} advice what to do
   * @param {{ log?: string, mistake?: string }} [more] the file that holds the step's output; what
   *   is wrong with the content, where that is known
   */
  constructor(advice, { log, mistake } = {}) {
    super(advice);
    this.log = log;
    this.mistake = mistake;
  }
}

/**
 * @typedef {object} Outcome
 * @property {boolean} [skipped] nothing needed doing
 * @property {string} [note] a few words for the end of the line
 */

/** @param {number} since from performance.now() */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} 秒`;

/**
 * Prints one line a step. On a terminal the line counts seconds while the step runs.
 * @param {{ write(text: string): unknown, isTTY?: boolean }} [out]
 */
export function createReporter(out = process.stdout) {
  const live = Boolean(out.isTTY);
  const colour = live && !process.env.NO_COLOR;
  /** @param {number} code @param {string} text */
  const paint = (code, text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);

  /** @param {string} line */
  const print = (line) => out.write(`${live ? '\r\x1b[2K' : ''}${line}\n`);

  return {
    print,

    /**
     * Runs one step and prints its line.
     * @template {Outcome | void} T
     * @param {string} name
     * @param {(say: (line: string) => void) => T | Promise<T>} work may `say` a line of its own
     * @returns {Promise<T>}
     * @throws whatever the step throws, after its line
     */
    async step(name, work) {
      const started = performance.now();
      const tick = () => out.write(`\r\x1b[2K… ${name}（${seconds(started)}）`);
      const timer = live ? setInterval(tick, 500) : undefined;
      if (live) tick();
      try {
        const outcome = await work((line) => print(`  ${line}`));
        clearInterval(timer);
        if (outcome?.skipped)
          print(`${paint(36, '↷')} ${name}：${outcome.note ?? '已是最新，跳过'}`);
        else
          print(
            `${paint(32, '✓')} ${name}（${seconds(started)}）${outcome?.note ? `：${outcome.note}` : ''}`,
          );
        return outcome;
      } catch (error) {
        clearInterval(timer);
        const mark = error instanceof Interrupted ? '-' : paint(31, '✗');
        print(`${mark} ${name}（${seconds(started)}）`);
        throw error;
      }
    },
  };
}

/**
 * What to print for an error: the end of the log, then the one sentence.
 * @param {unknown} error
 */
export function describeFailure(error) {
  if (!(error instanceof StepError)) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${text}\n出现意外错误：请再运行一次；若仍失败，请把上面的内容发给维护者。`;
  }
  const shown = tail(error.log);
  const where = error.log && shown ? `（完整记录：${relative(root, error.log)}）` : '';
  return `${shown}${error.message}${where}`;
}

/**
 * The end of a log, indented; nothing where there is none.
 * @param {string | undefined} log
 */
export function tail(log) {
  if (!log || !existsSync(log)) return '';
  const text = stripVTControlCharacters(readFileSync(log, 'utf8')).trimEnd();
  if (!text) return '';
  return text
    .split(/\r?\n/)
    .slice(-TAIL)
    .map((line) => `  ${line}\n`)
    .join('');
}

/**
 * Runs a whole command and sets the exit code: 1 for a failure, 128 + n when interrupted.
 * @param {() => Promise<number | void>} work returns an exit code, or nothing for success
 */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      console.error('已中断。');
      process.exitCode = error.exitCode;
      return;
    }
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}
