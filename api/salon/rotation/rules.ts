/**
 * Who chairs which month (salon-rules §1). Pure: the same facts give the same schedule. Months are
 * 'YYYY-MM', which sort as text.
 */

export type Month = string;

export interface RotationSeat {
  readonly id: string;
  /** The order round the table; breaks ties. */
  readonly order: number;
  readonly joined: Month;
  /** The first month in which it is no longer active; null while it is. */
  readonly retired: Month | null;
}

/** A month and the seat that chairs it. */
export interface Turn {
  readonly month: Month;
  readonly seat: string;
}

export interface RotationFacts {
  readonly seats: readonly RotationSeat[];
  /** A seat that cannot chair in a month. */
  readonly leaves: readonly Turn[];
  /** Months that are over. */
  readonly chaired: readonly Turn[];
  /** Months made known: they never change by themselves. */
  readonly announced: readonly Turn[];
  /** Months without a session, which nobody chairs. */
  readonly cancelled?: ReadonlySet<Month>;
}

export const nextMonth = (month: Month): Month => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

const onLeave = ({ leaves }: RotationFacts, seat: string, month: Month): boolean =>
  leaves.some((leave) => leave.seat === seat && leave.month === month);

const isActive = ({ joined, retired }: RotationSeat, month: Month): boolean =>
  joined <= month && (retired === null || month < retired);

const isFreeSeat = (facts: RotationFacts, seat: RotationSeat, month: Month): boolean =>
  isActive(seat, month) && !onLeave(facts, seat.id, month);

/** Active in the month and not on leave then. */
export function isFree(facts: RotationFacts, seat: string, month: Month): boolean {
  const found = facts.seats.find(({ id }) => id === seat);
  return found !== undefined && isFreeSeat(facts, found, month);
}

/** The month of each seat's last turn, chaired or announced. */
function lastTurns({ chaired, announced }: RotationFacts): Map<string, Month> {
  const last = new Map<string, Month>();
  for (const { seat, month } of [...chaired, ...announced]) {
    if (month > (last.get(seat) ?? '')) last.set(seat, month);
  }
  return last;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function inOrder(facts: RotationFacts): RotationSeat[] {
  const last = lastTurns(facts);
  const since = (seat: RotationSeat): Month => last.get(seat.id) ?? seat.joined;
  return facts.seats.toSorted(
    (a, b) =>
      Number(last.has(a.id)) - Number(last.has(b.id)) ||
      compare(since(a), since(b)) ||
      a.order - b.order ||
      compare(a.id, b.id),
  );
}

/**
 * The order of turns: seats that never had one first, by the month they joined; then the others by
 * the month of their last turn; ties by seat order.
 */
export const turnOrder = (facts: RotationFacts): string[] => inOrder(facts).map(({ id }) => id);

/** Who takes the next unannounced month: the first in the order who is free then. */
export const chairFor = (facts: RotationFacts, month: Month): string | undefined =>
  inOrder(facts).find((seat) => isFreeSeat(facts, seat, month))?.id;

const withTurn = (facts: RotationFacts, turn: Turn): RotationFacts => ({
  ...facts,
  announced: [...facts.announced, turn],
});

/**
 * Gives a chair to every month from `from` to `to` that needs one yet, in order. Asked whenever a
 * month is due, and whenever somebody may have become free for one that nobody could take.
 * @returns the new turns; a month without any free seat has none
 */
export function turnsUntil(facts: RotationFacts, from: Month, to: Month): Turn[] {
  const known = new Set([...facts.chaired, ...facts.announced].map(({ month }) => month));
  const turns: Turn[] = [];
  let state = facts;
  for (let month = from; month <= to; month = nextMonth(month)) {
    const seat =
      known.has(month) || facts.cancelled?.has(month) ? undefined : chairFor(state, month);
    if (seat === undefined) continue;
    const turn = { month, seat };
    turns.push(turn);
    state = withTurn(state, turn);
  }
  return turns;
}

/**
 * Refills an announced month whose chair took leave or retired: by the first free seat in the order
 * without an announced month, else the first free one. Nobody else's month changes.
 * @returns the announced months after it; without the month where no seat is free
 */
export function refill(facts: RotationFacts, month: Month): Turn[] {
  const others = facts.announced.filter((turn) => turn.month !== month);
  const rest: RotationFacts = { ...facts, announced: others };
  const free = inOrder(rest).filter((seat) => isFreeSeat(facts, seat, month));
  const busy = new Set(others.map((turn) => turn.seat));
  const seat = (free.find(({ id }) => !busy.has(id)) ?? free[0])?.id;
  const turns = seat === undefined ? others : [...others, { month, seat }];
  return turns.sort((a, b) => compare(a.month, b.month));
}

/** Announced months whose chair can no longer take them, earliest first. */
export const vacated = (facts: RotationFacts): Month[] =>
  facts.announced
    .filter(({ seat, month }) => !isFree(facts, seat, month))
    .map(({ month }) => month)
    .sort();

export type SwapOutcome =
  | { readonly outcome: 'swapped'; readonly announced: readonly Turn[] }
  | { readonly outcome: 'notAnnounced' | 'sameSeat' | 'notFree' };

/** 调换: exchanges two announced months between two seats that are free then. */
export function swap(facts: RotationFacts, one: Month, other: Month): SwapOutcome {
  const first = facts.announced.find(({ month }) => month === one);
  const second = facts.announced.find(({ month }) => month === other);
  if (!first || !second) return { outcome: 'notAnnounced' };
  if (first.seat === second.seat) return { outcome: 'sameSeat' };
  if (!isFree(facts, first.seat, other) || !isFree(facts, second.seat, one)) {
    return { outcome: 'notFree' };
  }
  const exchanged = new Map([
    [one, second.seat],
    [other, first.seat],
  ]);
  const announced = facts.announced.map(({ month, seat }) => ({
    month,
    seat: exchanged.get(month) ?? seat,
  }));
  return { outcome: 'swapped', announced };
}

/**
 * The schedule as it would run on if nothing changed: announced months, then those to come.
 * @param months how many, from `from` on
 */
export function preview(
  facts: RotationFacts,
  from: Month,
  months: number,
): (Turn & { readonly announced: boolean })[] {
  let to = from;
  for (let count = 1; count < months; count += 1) to = nextMonth(to);
  const coming = turnsUntil(facts, from, to).map((turn) => ({ ...turn, announced: false }));
  const known = facts.announced
    .filter(({ month }) => month >= from && month <= to)
    .map((turn) => ({ ...turn, announced: true }));
  return [...known, ...coming].sort((a, b) => compare(a.month, b.month));
}
