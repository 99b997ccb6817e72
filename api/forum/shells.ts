import type { Fill } from '../core/filledPage.ts';
import type { Shells } from '../core/static.ts';

/** A thread's page; which one, it reads from its own address. */
export const forumShells = (fill: Fill): Shells => [
  [/^\/forum\/threads\/[0-9a-z]{20}\/$/, ['forum', 'threads', 'one'], fill],
];
