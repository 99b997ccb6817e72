import { bareNumber } from '../core/text.ts';

/** Pure rules of signing in: no clock, no database. */

/** A device stays signed in for 30 days without use, and 90 in all. Milliseconds. */
export const SESSION_IDLE_MS = 30 * 24 * 3600_000;
export const SESSION_ABSOLUTE_MS = 90 * 24 * 3600_000;

/** How long a link or code to set a password is good. Milliseconds. */
export const PASS_LIFE_MS = {
  invitation: 7 * 24 * 3600_000,
  reset: 24 * 3600_000,
  setup: 24 * 3600_000,
} as const;
export type PassKind = keyof typeof PASS_LIFE_MS;

/** A reset sent by mail is good for an hour: nobody hands it over by hand. Milliseconds. */
export const MAILED_RESET_MS = 3600_000;

const FREE_FAILURES = 4;
const FIRST_LOCK_MS = 60_000;
const LONGEST_LOCK_MS = 3600_000;
/** Failures are forgotten after a day without one. Milliseconds. */
export const FAILURE_MEMORY_MS = 24 * 3600_000;

/**
 * How long an account is locked after this many wrong passwords in a row: four are free, the fifth
 * locks for a minute, each further one twice as long, at most an hour.
 * @returns milliseconds
 */
export function lockMs(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_FAILURES - 1), LONGEST_LOCK_MS);
}

/** When a session ends at the latest, if it is used now. Milliseconds since 1970. */
export const sessionEnd = (createdAt: number, now: number): number =>
  Math.min(now + SESSION_IDLE_MS, createdAt + SESSION_ABSOLUTE_MS);

/**
 * What was typed to sign in: a phone number in any spelling, or a user name.
 * @returns the form in which it is stored
 */
export function canonicalLogin(typed: string): string {
  const text = typed.normalize('NFKC').trim().toLowerCase();
  const digits = bareNumber(typed);
  return /^1\d{10}$/.test(digits) ? digits : text;
}

/** Passwords in characters; longer ones cost time and no one types them. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;
/** zxcvbn's score from 0 to 4; 3 withstands offline guessing of a slow hash. */
export const PASSWORD_SCORE = 3;
