import type { Shells } from '../core/static.ts';

/** The salon's pages of single things; which one, the page reads from its own address. */
export const SALON_SHELLS: Shells = [
  [/^\/salon\/topics\/[0-9a-z]{20}\/$/, ['salon', 'topics', 'one']],
  [/^\/salon\/ballots\/[0-9a-z]{20}\/$/, ['salon', 'ballots', 'one']],
  [/^\/salon\/actions\/[0-9a-z]{20}\/$/, ['salon', 'actions', 'one']],
  [/^\/salon\/sessions\/\d{1,4}\/$/, ['salon', 'sessions', 'one']],
  [/^\/salon\/sessions\/\d{1,4}\/screen\/$/, ['salon', 'sessions', 'screen']],
  [/^\/salon\/sessions\/\d{1,4}\/minutes\/$/, ['salon', 'sessions', 'minutes']],
];
