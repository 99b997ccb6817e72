import { addDays } from '../../core/day.ts';

/** What is to be reminded of, and under which name it is given once. Pure; days 'YYYY-MM-DD'. */

/** An action item's day is told this many days before. */
export const NOTICE_DAYS = 3;
/** What stays undone is told again after so many days. */
const AGAIN_DAYS = 7;
const DAY_MS = 24 * 3600_000;

/**
 * The latest day up to today of a reminder that is given first on one day and then each week. After
 * a long stop of the server only this one is made up for.
 */
function latest(first: string, today: string): string | undefined {
  const days = (Date.parse(today) - Date.parse(first)) / DAY_MS;
  if (days < 0) return undefined;
  return addDays(first, days - (days % AGAIN_DAYS));
}

export interface UnpublishedMinutes {
  readonly sessionId: string;
  readonly closedOn: string;
  /** How long the salon gives itself. */
  readonly minutesDays: number;
}

/** @returns the reminder's name, if minutes are late */
export function lateMinutes(
  { sessionId, closedOn, minutesDays }: UnpublishedMinutes,
  today: string,
): string | undefined {
  const day = latest(addDays(closedOn, minutesDays + 1), today);
  return day && `minutes.late ${sessionId} ${day}`;
}

export interface OpenItem {
  readonly id: string;
  readonly dueOn: string;
  /** When its minutes were published. */
  readonly givenOn: string;
}

/**
 * @returns what to remind of and the reminder's name. An item given no longer before its day than
 *   this reminder would come is not told twice
 */
export function itemReminder(
  { id, dueOn, givenOn }: OpenItem,
  today: string,
): { readonly kind: 'action.due' | 'action.overdue'; readonly once: string } | undefined {
  const overdue = latest(addDays(dueOn, 1), today);
  if (overdue) return { kind: 'action.overdue', once: `action.overdue ${id} ${overdue}` };
  const noticeOn = addDays(dueOn, -NOTICE_DAYS);
  if (today < noticeOn || givenOn >= noticeOn) return undefined;
  return { kind: 'action.due', once: `action.due ${id} ${dueOn}` };
}
