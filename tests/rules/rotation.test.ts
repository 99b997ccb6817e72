import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  chairFor,
  isFree,
  nextMonth,
  preview,
  type RotationFacts,
  type RotationSeat,
  refill,
  swap,
  type Turn,
  turnOrder,
  turnsUntil,
  vacated,
} from '../../api/salon/rotation/rules.ts';

const START = '2023-04';
const seat = (id: string, order: number, joined = START): RotationSeat => ({
  id,
  order,
  joined,
  retired: null,
});
const table = (count: number): RotationSeat[] =>
  Array.from({ length: count }, (_, index) => seat(`s${index + 1}`, index + 1));
const facts = (given: Partial<RotationFacts>): RotationFacts => ({
  seats: table(4),
  leaves: [],
  chaired: [],
  announced: [],
  ...given,
});
const monthAfter = (count: number, from = START): string => {
  let month = from;
  for (let step = 0; step < count; step += 1) month = nextMonth(month);
  return month;
};
const seats = (turns: readonly Turn[]): string[] => turns.map((turn) => turn.seat);

describe('§1 order of turns', () => {
  test.each([
    ['2023-11', '2023-12'],
    ['2023-12', '2024-01'],
    ['2024-09', '2024-10'],
  ])('%s is followed by %s', (month, next) => {
    expect(nextMonth(month)).toBe(next);
  });

  it('goes round the table, each once before any twice', () => {
    expect(seats(turnsUntil(facts({}), START, monthAfter(5)))).toEqual([
      's1',
      's2',
      's3',
      's4',
      's1',
      's2',
    ]);
  });

  it('puts a seat that never had a turn before anyone’s second, by the month it joined', () => {
    const chaired = [
      { month: '2023-04', seat: 's1' },
      { month: '2023-05', seat: 's2' },
    ];
    const late = [seat('s5', 5, '2023-06'), seat('s6', 6, '2023-05')];
    const order = turnOrder(facts({ seats: [...table(4), ...late], chaired }));
    expect(order).toEqual(['s3', 's4', 's6', 's5', 's1', 's2']);
  });

  it('does not let a seat chair before the month it joined', () => {
    const given = facts({ seats: [seat('s1', 1), seat('s2', 2, '2023-09')] });
    expect(seats(turnsUntil(given, START, '2023-06'))).toEqual(['s1', 's1', 's1']);
  });

  it('lets a seat on leave keep its turn and take the next month it can', () => {
    const leaves = [
      { month: '2023-04', seat: 's1' },
      { month: '2023-05', seat: 's1' },
    ];
    expect(seats(turnsUntil(facts({ leaves }), START, '2023-07'))).toEqual([
      's2',
      's3',
      's1',
      's4',
    ]);
  });

  it('leaves a month without a chair only when nobody is free', () => {
    const leaves = table(4).map(({ id }) => ({ month: '2023-05', seat: id }));
    const turns = turnsUntil(facts({ leaves }), START, '2023-06');
    expect(turns).toEqual([
      { month: '2023-04', seat: 's1' },
      { month: '2023-06', seat: 's2' },
    ]);
  });
});

describe('§1 refill', () => {
  const announced = [
    { month: '2023-04', seat: 's1' },
    { month: '2023-05', seat: 's2' },
    { month: '2023-06', seat: 's3' },
  ];

  it('gives only that month to the first free seat without an announced month', () => {
    const leaves = [{ month: '2023-05', seat: 's2' }];
    const given = facts({ announced, leaves });
    expect(vacated(given)).toEqual(['2023-05']);
    expect(refill(given, '2023-05')).toEqual([
      { month: '2023-04', seat: 's1' },
      { month: '2023-05', seat: 's4' },
      { month: '2023-06', seat: 's3' },
    ]);
  });

  it('takes the first free seat when every one has a month announced', () => {
    const leaves = [{ month: '2023-05', seat: 's2' }];
    const given = facts({ seats: table(3), announced, leaves });
    expect(refill(given, '2023-05')).toContainEqual({ month: '2023-05', seat: 's1' });
  });

  it('leaves the month empty when nobody is free', () => {
    const leaves = table(3).map(({ id }) => ({ month: '2023-05', seat: id }));
    const given = facts({ seats: table(3), announced, leaves });
    expect(refill(given, '2023-05').map(({ month }) => month)).toEqual(['2023-04', '2023-06']);
  });

  it('gives the seat that lost its month the next turn', () => {
    const leaves = [{ month: '2023-05', seat: 's2' }];
    const given = facts({ announced, leaves });
    const after = facts({ leaves, announced: refill(given, '2023-05') });
    expect(chairFor(after, '2023-07')).toBe('s2');
  });
});

describe('§1 swap', () => {
  const announced = [
    { month: '2023-04', seat: 's1' },
    { month: '2023-05', seat: 's2' },
    { month: '2023-06', seat: 's1' },
  ];

  it('exchanges two announced months', () => {
    expect(swap(facts({ announced }), '2023-04', '2023-05')).toEqual({
      outcome: 'swapped',
      announced: [
        { month: '2023-04', seat: 's2' },
        { month: '2023-05', seat: 's1' },
        { month: '2023-06', seat: 's1' },
      ],
    });
  });

  test.each([
    ['2023-04', '2023-09', 'notAnnounced'],
    ['2023-04', '2023-06', 'sameSeat'],
  ])('%s with %s is refused: %s', (one, other, outcome) => {
    expect(swap(facts({ announced }), one, other)).toEqual({ outcome });
  });

  it('is refused when one of the two is on leave then, or retires before', () => {
    const leaves = [{ month: '2023-05', seat: 's1' }];
    expect(swap(facts({ announced, leaves }), '2023-04', '2023-05')).toEqual({
      outcome: 'notFree',
    });
    const gone = [{ ...seat('s1', 1), retired: '2023-05' }, seat('s2', 2)];
    const given = facts({ announced, seats: gone });
    expect(swap(given, '2023-04', '2023-05')).toEqual({ outcome: 'notFree' });
  });
});

/** One thing that happens to a salon in some month. */
type Event =
  | { readonly kind: 'join' }
  | { readonly kind: 'retire' | 'swap'; readonly pick: number }
  | { readonly kind: 'leave'; readonly pick: number; readonly ahead: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'join' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retire' as const), pick: fc.nat(50) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('swap' as const), pick: fc.nat(50) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('leave' as const),
      pick: fc.nat(50),
      ahead: fc.nat(5),
    }),
  },
);
const history = fc.record({
  start: fc.integer({ min: 1, max: 9 }),
  months: fc.array(fc.array(event, { maxLength: 2 }), { minLength: 1, maxLength: 30 }),
});

const ANNOUNCED = 3;

interface Told {
  readonly facts: RotationFacts;
  /** Months that were given by the order alone, with the facts of that moment. */
  readonly plain: readonly { turn: Turn; before: RotationFacts }[];
  readonly moved: ReadonlySet<string>;
}

/** Runs a history month by month as the salon would: announce ahead, refill, chair. */
function live({ start, months }: { start: number; months: Event[][] }, calm = false): Told {
  let now = START;
  let state = facts({ seats: table(start) });
  let count = start;
  const plain: { turn: Turn; before: RotationFacts }[] = [];
  const moved = new Set<string>();
  const announce = () => {
    for (const turn of turnsUntil(state, now, monthAfter(ANNOUNCED - 1, now))) {
      plain.push({ turn, before: state });
      state = { ...state, announced: [...state.announced, turn] };
    }
  };
  const mend = () => {
    for (const month of vacated(state)) {
      const kept = state.announced.filter((turn) => turn.month !== month);
      state = { ...state, announced: refill(state, month) };
      moved.add(month);
      // Nobody else's month changed.
      for (const turn of kept) expect(state.announced).toContainEqual(turn);
    }
  };
  announce();
  for (const events of months) {
    for (const one of calm ? events.filter(({ kind }) => kind === 'join') : events) {
      const active = state.seats.filter(({ retired }) => retired === null);
      if (one.kind === 'join') {
        count += 1;
        state = { ...state, seats: [...state.seats, seat(`s${count}`, count, now)] };
      } else if (one.kind === 'retire' && active.length > 1) {
        const gone = active[one.pick % active.length]?.id;
        const retire = (s: RotationSeat) => (s.id === gone ? { ...s, retired: nextMonth(now) } : s);
        state = { ...state, seats: state.seats.map(retire) };
      } else if (one.kind === 'leave') {
        const id = active[one.pick % active.length]?.id ?? '';
        const leave = { seat: id, month: monthAfter(one.ahead + 1, now) };
        state = { ...state, leaves: [...state.leaves, leave] };
      } else if (one.kind === 'swap') {
        const later = state.announced.map(({ month }) => month).sort();
        const [a = '', b = ''] = [later[one.pick % later.length], later.at(-1)];
        const result = swap(state, a, b);
        if (result.outcome === 'swapped') {
          state = { ...state, announced: result.announced };
          moved.add(a).add(b);
        }
      }
      mend();
      // A month that nobody could take is given as soon as somebody can.
      announce();
    }
    const chairing = state.announced.filter(({ month }) => month === now);
    state = {
      ...state,
      chaired: [...state.chaired, ...chairing],
      announced: state.announced.filter(({ month }) => month !== now),
    };
    now = nextMonth(now);
    announce();
  }
  return { facts: state, plain, moved };
}

describe('§1 invariants over random histories', () => {
  const runs = { numRuns: 2000 };

  it('gives each month to the first free seat in the order, and to no other', () => {
    fc.assert(
      fc.property(history, (given) => {
        for (const { turn, before } of live(given).plain) {
          const order = turnOrder(before);
          const ahead = order.slice(0, order.indexOf(turn.seat));
          expect(ahead.filter((id) => isFree(before, id, turn.month))).toEqual([]);
          expect(isFree(before, turn.seat, turn.month)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('leaves no month without a chair while one active seat is free', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { facts: end } = live(given);
        const known = [...end.chaired, ...end.announced];
        for (let n = 0; n < given.months.length; n += 1) {
          const month = monthAfter(n);
          const chair = known.find((turn) => turn.month === month);
          const free = end.seats.some((one) => isFree(end, one.id, month));
          // A leave or retirement that came after the month was announced was refilled.
          if (chair === undefined) expect(free).toBe(false);
        }
        const months = known.map(({ month }) => month);
        expect(new Set(months).size).toBe(months.length);
      }),
      runs,
    );
  });

  it('without leaves, swaps and retirements lets every seat chair once before any chairs twice', () => {
    fc.assert(
      fc.property(history, (given) => {
        const { facts: end } = live(given, true);
        const turns = [...end.chaired, ...end.announced].sort((a, b) =>
          a.month < b.month ? -1 : 1,
        );
        const had = new Map<string, number>();
        for (const { seat: id, month } of turns) {
          const times = had.get(id) ?? 0;
          const waiting = end.seats.filter((one) => one.joined <= month && !had.has(one.id));
          // Who joined after this month was announced could not be in it.
          const early = waiting.filter((one) => monthAfter(ANNOUNCED - 1, one.joined) < month);
          if (times > 0) expect(early.map((one) => one.id)).toEqual([]);
          had.set(id, times + 1);
        }
      }),
      runs,
    );
  });

  it('gives the same schedule for the same facts, in whatever order they are listed', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const { facts: end } = live(given);
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, at: numbers.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other = {
          seats: shuffle(end.seats),
          leaves: shuffle(end.leaves),
          chaired: shuffle(end.chaired),
          announced: shuffle(end.announced),
        };
        expect(preview(other, START, 60)).toEqual(preview(end, START, 60));
      }),
      { numRuns: 300 },
    );
  });

  it('changes no announced month of another when a seat joins or retires', () => {
    fc.assert(
      fc.property(history, fc.nat(50), (given, pick) => {
        const { facts: end } = live(given);
        const joined = { ...end, seats: [...end.seats, seat('new', 99, '2024-01')] };
        expect(vacated(joined)).toEqual(vacated(end));
        const active = end.seats.filter(({ retired }) => retired === null);
        const gone = active[pick % active.length]?.id;
        const seatsAfter = end.seats.map((one) =>
          one.id === gone ? { ...one, retired: '2023-01' } : one,
        );
        const lost = vacated({ ...end, seats: seatsAfter });
        for (const month of lost) {
          expect(end.announced.find((turn) => turn.month === month)?.seat).toBe(gone);
        }
      }),
      runs,
    );
  });
});
