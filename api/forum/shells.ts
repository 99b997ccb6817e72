import type { Shells } from '../core/static.ts';

/** A thread's page; which one, it reads from its own address. */
export const FORUM_SHELLS: Shells = [
  [/^\/forum\/threads\/[0-9a-z]{20}\/$/, ['forum', 'threads', 'one']],
];
