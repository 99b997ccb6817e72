/** What a thread may be about: something of the library, or of the salon. */
export const PLACE_KINDS = ['theme', 'case', 'method', 'topic', 'session'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const MODERATION_ACTIONS = [
  'hide',
  'show',
  'lock',
  'unlock',
  'pin',
  'unpin',
  'move',
  /** Lets anybody read the thread, or members only. */
  'open',
  'close',
  'hideThread',
  'showThread',
] as const;
export type ModerationAction = (typeof MODERATION_ACTIONS)[number];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** So long after writing, a change leaves no mark. */
export const QUIET_EDIT_MS = 30 * MINUTE;
/** What is older is never unread: else the count would grow with the history. */
export const UNREAD_MS = 30 * DAY;
/** Unread threads are counted no further; more shows as 99+. */
export const UNREAD_MOST = 99;

/** Characters. */
export const TITLE_LIMIT = 60;
export const POST_LIMIT = 20_000;
export const REASON_LIMIT = 200;
/** People one post may call; whoever needs more posts where all read it. */
export const MENTION_LIMIT = 10;
export const PICTURE_LIMIT = 20;

/** Whether a change made now is shown as one. */
export const marksEdit = (writtenAt: number, now: number): boolean =>
  now - writtenAt > QUIET_EDIT_MS;

/** @param before everything up to then was said to be read; absent for who never did */
export const unreadSince = (now: number, before: number | undefined): number =>
  Math.max(before ?? 0, now - UNREAD_MS);
