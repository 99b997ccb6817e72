import type { NoticeGroup } from './kind.ts';

/** When what leaves the house, as salon time (Asia/Shanghai), which knows no summer time. */

export const MAIL_CHOICES = ['off', 'each', 'digest'] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];
export const DIGESTS = ['daily', 'weekly'] as const;

export interface Timing {
  readonly digest: (typeof DIGESTS)[number];
  /** Minutes since midnight; equal where there are no quiet hours. */
  readonly quietFrom: number;
  readonly quietUntil: number;
}
export const USUAL_TIMING: Timing = { digest: 'daily', quietFrom: 0, quietUntil: 0 };

/** Of whoever has chosen nothing: at once, but for what they only follow. */
export const usualChoice = (group: NoticeGroup): MailChoice =>
  group === '关注的讨论' ? 'digest' : 'each';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;
const DIGEST_HOUR = 8 * HOUR;
/** 1970-01-05, as days since 1970 began. */
const MONDAY = 4;

const sinceMidnight = (at: number): number => (at + SHANGHAI) % DAY;

/** When a notice may go out by mail. @param at of the event */
export function dueAt(at: number, choice: Exclude<MailChoice, 'off'>, timing: Timing): number {
  return afterQuiet(choice === 'each' ? at : digestAfter(at, timing.digest), timing);
}

/** The next 08:00, today's or tomorrow's, or Monday's; at that very moment, that one. */
function digestAfter(at: number, digest: Timing['digest']): number {
  const wait = (DAY + DIGEST_HOUR - sinceMidnight(at)) % DAY;
  const next = at + wait;
  if (digest === 'daily') return next;
  const day = Math.floor((next + SHANGHAI) / DAY);
  return next + ((7 + MONDAY - (day % 7)) % 7) * DAY;
}

/** The first moment from then on that is not in the quiet hours. */
function afterQuiet(at: number, { quietFrom, quietUntil }: Timing): number {
  const time = sinceMidnight(at);
  const [from, until] = [quietFrom * MINUTE, quietUntil * MINUTE];
  const quiet = from <= until ? time >= from && time < until : time >= from || time < until;
  return quiet ? at + ((DAY + until - time) % DAY) : at;
}

/** Further ahead than any digest, so the clock was wrong when it was written: due now. */
export const FAR_AHEAD = 9 * DAY;

const PAUSES = [1, 5, 15, 60, 180].map((minutes) => minutes * MINUTE);
export const LONGEST_PAUSE = 180 * MINUTE;

/** How long to wait after the nth try, from 1. */
export const pauseAfter = (tries: number): number => PAUSES[tries - 1] ?? LONGEST_PAUSE;

/** Five days of trying, counted in tries so that a clock that jumps ahead gives nothing up. */
export const MOST_TRIES = (5 * DAY) / LONGEST_PAUSE + PAUSES.length;

/** How long nobody is tried after the server as such failed for the nth time on end, from 1. */
export const rest = (failures: number): number => Math.min(pauseAfter(failures), 15 * MINUTE);
