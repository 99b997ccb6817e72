import { dayOf, momentOf, monthOf } from '../../../api/core/day.ts';
import { nextMonth } from '../../../api/salon/rotation/rules.ts';

/** A salon to be made: its table of seats, how long it has met, and how much each month holds. */
export type Plan = {
  slug: string;
  seats: number;
  /** Months that are over; one more is under way. */
  months: number;
  /** New topics of a past month. As many again have rolled over from the month before. */
  newTopics: number;
  /** On the open ballot, rolled-over ones among them. */
  ballot: number;
  /** In the open round altogether. */
  supports: number;
};

export const SMALL_SALONS = 300;
const month = { newTopics: 20, ballot: 60, supports: 600 };
const smallMonth = { newTopics: 10, ballot: 30, supports: 120 };

/** Three years with every seat of a province; the same after a quarter; a county. */
export const LARGE: Plan = { slug: 'large', seats: 3045, months: 36, ...month };
export const YOUNG: Plan = { slug: 'young', seats: 3045, months: 3, ...month };
export const small = (number: number): Plan => ({
  slug: `small-${number}`,
  seats: 19,
  months: 36,
  ...smallMonth,
});

export const ACTIONS_A_MONTH = 10;
export const VOTES_A_SEAT = 3;
const DAY = 86_400_000;

/** The calendar of a salon whose round is in the middle of its vote. */
export type Times = {
  /** Oldest first; the last is the month under way. */
  months: string[];
  /** The months announced after it. */
  announced: string[];
  startsAt(month: string): number;
  votingAt(month: string): number;
  closesAt(month: string): number;
};

function monthBefore(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

export function timesOf(plan: Plan, now: number): Times {
  const current = monthOf(now + 10 * DAY);
  const months = [current];
  while (months.length <= plan.months) months.unshift(monthBefore(months[0] ?? current));
  const announced: string[] = [];
  for (let one = nextMonth(current); announced.length < 3; one = nextMonth(one))
    announced.push(one);
  const startsAt = (one: string): number =>
    momentOf(one === current ? dayOf(now + 10 * DAY) : `${one}-01`, '15:00');
  return {
    months,
    announced,
    startsAt,
    votingAt: (one) => startsAt(one) - 12 * DAY,
    closesAt: (one) => startsAt(one) - 5 * DAY,
  };
}
