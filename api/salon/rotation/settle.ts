import { and, eq, gte, lt, max, sql } from 'drizzle-orm';
import { prepared, type Reader, type Tx } from '../../../db/client.ts';
import { leave, seat, session, swap, turn } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { monthOf } from '../../core/day.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, holdersOf } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { decidedSettings } from '../salons.ts';
import { nextMonth, type RotationFacts, refill, type Turn, turnsUntil, vacated } from './rules.ts';

/** What the rotation follows from, as the database has it. */
export interface Rotation extends RotationFacts {
  /** The month it is. */
  readonly now: string;
  /** The month of the salon's first session; undefined before the host convenes it. */
  readonly began: string | undefined;
  readonly cancelled: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The facts of §1. Of the past only each seat's last turn is read, so that the cost does not grow
 * with history.
 */
export function readRotation(reader: Reader, salonId: string, now: string): Rotation {
  const seats = seatsOf(reader).all({ salonId });
  const leaves = reader
    .select({ seat: leave.seatId, month: leave.month })
    .from(leave)
    .innerJoin(seat, eq(seat.id, leave.seatId))
    .where(and(eq(seat.salonId, salonId), gte(leave.month, now)))
    .all();
  const held = reader
    .select({ seat: turn.seatId, month: max(turn.month) })
    .from(turn)
    .where(and(eq(turn.salonId, salonId), lt(turn.month, now)))
    .groupBy(turn.seatId)
    .all()
    .map(({ seat: id, month }) => ({ seat: id, month: month ?? '' }));
  const coming = reader
    .select({ seat: turn.seatId, month: turn.month })
    .from(turn)
    .where(and(eq(turn.salonId, salonId), gte(turn.month, now)))
    .orderBy(turn.month)
    .all();
  const sessions = reader
    .select({ month: session.month, state: session.state })
    .from(session)
    .where(and(eq(session.salonId, salonId), gte(session.month, now)))
    .all();
  const stateOf = new Map(sessions.map(({ month, state }) => [month, state]));
  const isOver = ({ month }: Turn): boolean =>
    ['open', 'closed'].includes(stateOf.get(month) ?? '');
  const began = firstMonth(reader).get({ salonId })?.month;
  return {
    seats: seats.map(({ id, position, joinedOn, retiredOn }) => ({
      id,
      order: position,
      joined: joinedOn.slice(0, 7),
      retired: retiredOn === null ? null : retiredOn.slice(0, 7),
    })),
    leaves,
    chaired: [...held, ...coming.filter(isOver)],
    announced: coming.filter((one) => !isOver(one)),
    now,
    began,
    cancelled: began === undefined ? new Set() : withoutSession(stateOf, later(began, now)),
    names: new Map(seats.map(({ id, community }) => [id, community])),
  };
}

const later = (one: string, other: string): string => (one > other ? one : other);

/** Months from `from` on that are cancelled, or left out before the last session there is. */
function withoutSession(stateOf: ReadonlyMap<string, string>, from: string): Set<string> {
  const last = [...stateOf.keys()].sort().at(-1) ?? '';
  const months = new Set<string>();
  for (let month = from; month <= last; month = nextMonth(month)) {
    if ((stateOf.get(month) ?? 'cancelled') === 'cancelled') months.add(month);
  }
  return months;
}

const seatsOf = prepared((reader) =>
  reader
    .select({
      id: seat.id,
      community: seat.community,
      position: seat.position,
      joinedOn: seat.joinedOn,
      retiredOn: seat.retiredOn,
    })
    .from(seat)
    .where(eq(seat.salonId, sql.placeholder('salonId')))
    .prepare(),
);

const firstMonth = prepared((reader) =>
  reader
    .select({ month: session.month })
    .from(session)
    .where(eq(session.salonId, sql.placeholder('salonId')))
    .orderBy(session.month)
    .limit(1)
    .prepare(),
);

/** The announced months as they must be now: vacated ones refilled, due ones added. */
export function settled(facts: Rotation, announcedMonths: number): readonly Turn[] {
  const { began, now, cancelled } = facts;
  if (began === undefined) return facts.announced;
  // A month without a session is nobody's turn.
  const held = facts.announced.filter(({ month }) => !cancelled.has(month));
  let state: RotationFacts = { ...facts, announced: held };
  for (const month of vacated(state)) state = { ...state, announced: refill(state, month) };
  let last = now;
  for (let count = 0; count < announcedMonths; count += 1) last = nextMonth(last);
  return [...state.announced, ...turnsUntil(state, later(began, now), last)];
}

/**
 * Makes the announced months what §1 asks, and tells everyone of what changed. Called after
 * anything that could have changed it, and by the clock.
 */
export function settleRotation(tx: Tx, ctx: Context, salon: Salon): void {
  const facts = readRotation(tx, salon.id, monthOf(ctx.clock()));
  const { announcedMonths } = settingsOf(decidedSettings(salon));
  announce(tx, ctx, salon.id, facts, settled(facts, announcedMonths));
}

/** Writes the announced months, and tells of those that are new or have another chair. */
export function announce(
  tx: Tx,
  ctx: Context,
  salonId: string,
  { announced, names, cancelled }: Rotation,
  next: readonly Turn[],
): void {
  const before = new Map(announced.map(({ month, seat: id }) => [month, id]));
  const after = new Map(next.map(({ month, seat: id }) => [month, id]));
  const changed = [...new Set([...before.keys(), ...after.keys()])]
    .filter((month) => before.get(month) !== after.get(month))
    .sort();
  for (const month of changed) {
    const seatId = after.get(month);
    const row = { salonId, month };
    if (seatId === undefined) {
      tx.delete(turn)
        .where(and(eq(turn.salonId, salonId), eq(turn.month, month)))
        .run();
    } else {
      tx.insert(turn)
        .values({ ...row, seatId })
        .onConflictDoUpdate({ target: [turn.salonId, turn.month], set: { seatId } })
        .run();
      const to = holdersOf(tx, [seatId]);
      notify(tx, ctx, { salonId, kind: 'turn.yours', data: { month }, to });
    }
    const subject = seatId ?? '';
    record(tx, ctx, { action: 'turn.set', salonId, subject, detail: { month } });
  }
  const tell = (kind: 'turn.changed' | 'turn.announced', months: readonly string[]): void => {
    if (months.length === 0) return;
    const turns = months.map((month) => ({
      month,
      community: names.get(after.get(month) ?? '') ?? null,
    }));
    notify(tx, ctx, { salonId, kind, data: { turns }, to: everyone(tx, salonId) });
  };
  tell(
    'turn.changed',
    changed.filter((month) => before.has(month) && !cancelled.has(month)),
  );
  tell(
    'turn.announced',
    changed.filter((month) => !before.has(month)),
  );
  voidSwaps(tx, ctx, salonId, after, names);
}

/** Offers whose months now belong to others are void, and both sides hear of it. */
function voidSwaps(
  tx: Tx,
  ctx: Context,
  salonId: string,
  turns: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): void {
  const open = tx
    .select()
    .from(swap)
    .where(and(eq(swap.salonId, salonId), eq(swap.state, 'offered')))
    .all();
  for (const { id, fromSeatId, fromMonth, toSeatId, toMonth } of open) {
    if (turns.get(fromMonth) === fromSeatId && turns.get(toMonth) === toSeatId) continue;
    tx.update(swap).set({ state: 'void', settledAt: ctx.clock() }).where(eq(swap.id, id)).run();
    const data = {
      from: names.get(fromSeatId) ?? '',
      fromMonth,
      to: names.get(toSeatId) ?? '',
      toMonth,
    };
    const to = holdersOf(tx, [fromSeatId, toSeatId]);
    notify(tx, ctx, { salonId, kind: 'swap.void', data, to });
  }
}
