/** What the site may know of permissions: the words. What is allowed, the server decides. */
export { STANDING_NAMES } from './rules.ts';
