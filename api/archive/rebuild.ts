import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../core/context.ts';
import {
  type BuildProgress,
  buildEnd,
  buildProgress,
  inWords,
  type RebuildState,
} from './rebuildState.ts';

export interface RebuilderOptions {
  /** The folder of pages that is served. */
  readonly siteDir: string;
  /** The public export of published sessions. */
  readonly archiveFile: string;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly timeoutMs?: number;
  /** What is run, with the two paths behind it; another one only in tests. */
  readonly script?: string;
}

export interface Rebuilder {
  /** Asks for a build: now, or once more behind the one that runs. */
  request(): void;
  state(): RebuildState;
  /** Resolves when nothing runs and nothing is asked for. */
  idle(): Promise<void>;
  /** Ends the build that runs, for good. The pages stay as they are. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 15 * 60_000;
/** How long a build may take to put its things away once told to end. */
const GRACE_MS = 10_000;

const SCRIPT = fileURLToPath(new URL('../commands/lib/rebuild.mjs', import.meta.url));

const UNTOUCHED = '原有网页未动';
const TOO_LONG = `构建太久没有完成，已停下，${UNTOUCHED}。多半是机器太忙，请过一会儿再发布一次；若仍这样，请告诉系统管理员。`;
const BROKE_OFF = `构建中途断了，${UNTOUCHED}。请再发布一次；若仍这样，请告诉系统管理员，多半是内存不够。`;

/** Nothing runs, nothing has run. */
export const IDLE: RebuildState = {
  phase: 'idle',
  words: '',
  done: 0,
  total: 0,
  startedAt: null,
  finishedAt: null,
  outcome: null,
  reason: '',
  log: '',
};

type Outcome = Pick<RebuildState, 'outcome' | 'reason' | 'log'>;

/** Builds the pages in the background, one build at a time, in a process of its own. */
export function createRebuilder(options: RebuilderOptions): Rebuilder {
  const { log, clock } = options;
  let state = IDLE;
  let again = false;
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | undefined;
  let stopped = false;

  const start = () => {
    again = false;
    // What the last build ended with stays readable until this one ends.
    state = { ...state, phase: 'waiting', words: '等候', done: 0, total: 0, startedAt: clock() };
    const { child, outcome } = run(options, (progress) => {
      state = { ...state, ...counted(progress), phase: progress.phase, words: inWords(progress) };
    });
    const ended = outcome.then((how) => {
      state = { ...IDLE, startedAt: state.startedAt, finishedAt: clock(), ...how };
      if (how.outcome === 'failed') log.error({ reason: how.reason }, 'the pages were not rebuilt');
      else log.info({ outcome: how.outcome }, 'the pages were rebuilt');
      running = undefined;
      if (again && !stopped) start();
    });
    running = { child, ended };
  };

  return {
    request() {
      if (stopped) return;
      if (running) again = true;
      else start();
    },
    state: () => state,
    async idle() {
      while (running) await running.ended;
    },
    async stop() {
      stopped = true;
      if (!running) return;
      end(running.child);
      await running.ended;
    },
  };
}

const counted = (progress: BuildProgress) =>
  progress.phase === 'rendering' ? progress : { done: 0, total: 0 };

function run(
  { siteDir, archiveFile, timeoutMs = TIMEOUT_MS, script = SCRIPT }: RebuilderOptions,
  onProgress: (progress: BuildProgress) => void,
): { child: ChildProcess; outcome: Promise<Outcome> } {
  const child = spawn(process.execPath, [script, siteDir, archiveFile], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Apart from the terminal: Ctrl+C reaches it through `stop`. On Windows this opens a window.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let said: Outcome | undefined;
  let late = false;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    errors = (errors + part).slice(-8_000);
  });
  child.on('message', (message) => {
    const progress = buildProgress.safeParse(message);
    if (progress.success) onProgress(progress.data);
    const last = buildEnd.safeParse(message);
    if (last.success) said = { reason: '', log: '', ...last.data };
  });
  const timer = setTimeout(() => {
    late = true;
    end(child);
  }, timeoutMs);
  const outcome = new Promise<Outcome>((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      if (said && said.outcome !== 'failed') resolve(said);
      else if (late) resolve({ outcome: 'failed', reason: TOO_LONG, log: errors });
      else resolve(said ?? { outcome: 'failed', reason: BROKE_OFF, log: errors });
    };
    child.once('error', settle);
    child.once('close', settle);
  });
  return { child, outcome };
}

/** Asks a build to end, and makes it after a while. */
function end(child: ChildProcess): void {
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(kill));
}
