import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, resolve } from 'node:path';
import { inRoot, logsDir, root } from './paths.mjs';

/** Someone asked the command to stop. Not a failure of its own. */
export class Interrupted extends Error {
  name = 'Interrupted';

  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(signal);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * The running children; true for those that share the terminal, false for those that run apart.
 * @type {Map<import('node:child_process').ChildProcess, boolean>}
 */
const children = new Map();

/** @type {NodeJS.Signals | undefined} */
let stoppedBy;
let listening = false;

/** A signal reaches the running child, then the command unwinds through its `finally` blocks. */
function listen() {
  if (listening) return;
  listening = true;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => stop(signal));
  }
  if (process.env.npm_lifecycle_event) stopWithParent();
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  stoppedBy ??= signal;
  for (const [child, shared] of children) {
    // Playwright takes its server and browsers down on SIGINT only; the other programs know it too.
    if (!shared) child.kill('SIGINT');
    // A terminal gives Ctrl+C to all who share it; passing it on would make it a second one.
    else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  }
}

/**
 * npm passes a signal on to the shell between it and us, and that shell dies of it without telling
 * us; what shows is that the parent is another one.
 */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop('SIGTERM');
  }, 300);
  watch.unref();
}

/** @throws {Interrupted} when a signal has arrived, for work that has no child to stop */
export function checkInterrupted() {
  listen();
  if (stoppedBy) throw new Interrupted(stoppedBy);
}

/**
 * The environment of a child: quiet, without colours, and with the pinned Node before any other.
 * @param {Record<string, string>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(extra = {}) {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const pathKey = Object.keys(inherited).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...inherited,
    [pathKey]: [inRoot('node_modules', '.bin'), inherited[pathKey]].filter(Boolean).join(delimiter),
    ASTRO_TELEMETRY_DISABLED: '1',
    ...extra,
  };
}

/**
 * Runs a program with its output in `<log>.log`, below `.cache/logs` unless it is an absolute path.
 * @param {string} command
 * @param {string[]} args
 * @param {{ log: string, env?: Record<string, string>, cwd?: string, shell?: boolean,
 *   onMessage?: (message: unknown) => void }} options with `onMessage` the program has an IPC channel
 * @returns {Promise<{ code: number, log: string }>} code 127 when the program cannot be started
 * @throws {Interrupted}
 */
export async function runLogged(
  command,
  args,
  { log, env = {}, cwd = root, shell = false, onMessage },
) {
  checkInterrupted();
  const file = resolve(logsDir, `${log}.log`);
  mkdirSync(dirname(file), { recursive: true });
  const output = openSync(file, 'w');
  try {
    const child = spawn(command, args, {
      cwd,
      shell,
      env: childEnv({ NO_COLOR: '1', ...env }),
      stdio: ['ignore', output, output, ...(onMessage ? /** @type {const} */ (['ipc']) : [])],
      // Apart from the terminal, so that it hears of Ctrl+C once and from us. On Windows this would
      // open a window.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    if (onMessage) child.on('message', onMessage);
    const code = await finished(child, { shared: false });
    checkInterrupted();
    return { code, log: file };
  } finally {
    closeSync(output);
  }
}

/**
 * Runs a program in the foreground until it ends, signals passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, ipc?: boolean }} [options] with `ipc` the child notices
 *   when this process is killed
 * @returns {Promise<number>} its exit code
 */
export async function runForeground(command, args, { env = {}, ipc = false } = {}) {
  checkInterrupted();
  const child = spawn(command, args, {
    cwd: root,
    env: childEnv(env),
    stdio: ['inherit', 'inherit', 'inherit', ...(ipc ? /** @type {const} */ (['ipc']) : [])],
  });
  return finished(child, { shared: true });
}

/**
 * What a short program prints, or undefined when it fails or is missing.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string | undefined>}
 */
export async function capture(command, args) {
  checkInterrupted();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const code = await finished(child, { shared: true });
  clearTimeout(timer);
  checkInterrupted();
  return code === 0 ? text.trim() : undefined;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ shared: boolean }} terminal whether the child is in our terminal's group
 * @returns {Promise<number>} its exit code
 */
function finished(child, { shared }) {
  children.set(child, shared);
  return new Promise((resolve) => {
    child.once('error', () => {
      children.delete(child);
      resolve(127);
    });
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
