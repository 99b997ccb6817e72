import { z } from 'zod';

/** What a running build tells, one message at a time, over its IPC channel. */
export const buildProgress = z.union([
  z.strictObject({ phase: z.enum(['waiting', 'reading', 'indexing', 'compressing', 'swapping']) }),
  /** Pages. */
  z.strictObject({ phase: z.literal('rendering'), done: z.int(), total: z.int() }),
]);
export type BuildProgress = z.infer<typeof buildProgress>;

/** What it tells last. */
export const buildEnd = z.union([
  z.strictObject({ outcome: z.enum(['built', 'unchanged']) }),
  z.strictObject({
    outcome: z.literal('failed'),
    /** Chinese, for a host. */
    reason: z.string(),
    /** The end of the build's log, for the admin. */
    log: z.string(),
  }),
]);

export const rebuildState = z.strictObject({
  phase: z.enum(['idle', 'waiting', 'reading', 'rendering', 'indexing', 'compressing', 'swapping']),
  /** The phase in words, e.g. 渲染 12/96 页. */
  words: z.string(),
  /** Pages; 0 until they are counted. */
  done: z.int(),
  total: z.int(),
  /** Milliseconds since 1970, of the running build or the last. */
  startedAt: z.int().nullable(),
  finishedAt: z.int().nullable(),
  /** Of the last build that ended; null while none has. */
  outcome: z.enum(['built', 'unchanged', 'failed']).nullable(),
  /** Why it failed and what to do, for a host; '' otherwise. */
  reason: z.string(),
  /** The end of a failed build's log. For the admin only: a route leaves it out for others. */
  log: z.string(),
});
export type RebuildState = z.infer<typeof rebuildState>;

const WORDS: Record<Exclude<RebuildState['phase'], 'idle' | 'rendering'>, string> = {
  waiting: '等候',
  reading: '读内容',
  indexing: '做检索',
  compressing: '压缩',
  swapping: '换上新网页',
};

export function inWords(progress: BuildProgress): string {
  if (progress.phase !== 'rendering') return WORDS[progress.phase];
  return `渲染 ${progress.done}/${progress.total} 页`;
}
