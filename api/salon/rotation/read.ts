import { and, asc, desc, eq, gte, lt } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { leave, seat, session, swap, turn } from '../../../db/schema/index.ts';
import { allow, allowIn, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { monthOf } from '../../core/day.ts';
import { seatOf } from '../sessions/find.ts';
import type { monthRow, schedule, swapList } from './contract.ts';
import { nextMonth, preview } from './rules.ts';
import { type Rotation, readRotation } from './settle.ts';

const MONTHS = 12;
const OFFERS = 20;

type MonthRow = z.infer<typeof monthRow>;

/** Who chairs in the coming twelve months, and who did in the last; public. */
export function readSchedule(ctx: Context, slug: string): z.infer<typeof schedule> {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'salon.read', slug);
  const facts = readRotation(reader, salonId, monthOf(ctx.clock()));
  const { now, began } = facts;
  const last = new Map(facts.chaired.map(({ seat: id, month }) => [id, month]));
  return {
    started: began !== undefined,
    now,
    months: began === undefined ? [] : coming(reader, salonId, facts, began),
    past: pastMonths(reader, salonId, now),
    seats: facts.seats
      .filter(({ joined, retired }) => joined <= now && retired === null)
      .sort((a, b) => a.order - b.order)
      .map(({ id, order }) => ({
        id,
        community: facts.names.get(id) ?? '',
        position: order,
        last: last.get(id) ?? null,
      })),
  };
}

/** This month and those after it; where nobody is free the month stands without a chair. */
function coming(reader: Reader, salonId: string, facts: Rotation, began: string): MonthRow[] {
  const from = began > facts.now ? began : facts.now;
  const turns = new Map(preview(facts, from, MONTHS).map((one) => [one.month, one]));
  for (const one of facts.chaired) turns.set(one.month, { ...one, announced: true });
  const sessions = sessionsFrom(reader, salonId, facts.now);
  const rows: MonthRow[] = [];
  for (let month = from; rows.length < MONTHS; month = nextMonth(month)) {
    const found = facts.cancelled.has(month) ? undefined : turns.get(month);
    const held = sessions.get(month);
    rows.push({
      month,
      seatId: found?.seat ?? null,
      community: found ? (facts.names.get(found.seat) ?? null) : null,
      state: month === facts.now ? 'current' : found?.announced ? 'announced' : 'expected',
      mayChange: facts.announced.some((one) => one.month === month),
      number: held?.number ?? null,
      startsAt: held ? new Date(held.startsAt).toISOString() : null,
    });
  }
  return rows;
}

const sessionsFrom = (reader: Reader, salonId: string, from: string) =>
  new Map(
    reader
      .select({ month: session.month, number: session.number, startsAt: session.startsAt })
      .from(session)
      .where(and(eq(session.salonId, salonId), gte(session.month, from)))
      .all()
      .map((row) => [row.month, row]),
  );

const pastMonths = (reader: Reader, salonId: string, now: string): MonthRow[] =>
  reader
    .select({
      month: turn.month,
      seatId: seat.id,
      community: seat.community,
      number: session.number,
      startsAt: session.startsAt,
    })
    .from(turn)
    .innerJoin(seat, eq(seat.id, turn.seatId))
    .leftJoin(session, and(eq(session.salonId, turn.salonId), eq(session.month, turn.month)))
    .where(and(eq(turn.salonId, salonId), lt(turn.month, now)))
    .orderBy(desc(turn.month))
    .limit(MONTHS)
    .all()
    .map((row) => ({
      ...row,
      state: 'past',
      mayChange: false,
      startsAt: row.startsAt === null ? null : new Date(row.startsAt).toISOString(),
    }));

/** Offers to exchange months, and leaves to come; for secretaries and hosts. */
export function readSwaps(ctx: Context, slug: string): z.infer<typeof swapList> {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  const standings = allow(reader, ctx, 'swap.read', salon);
  const mine = seatOf(reader, ctx, salon.id)?.id;
  const { now, announced, names } = readRotation(reader, salon.id, monthOf(ctx.clock()));
  const about = (id: string, month: string) => ({
    seatId: id,
    community: names.get(id) ?? '',
    month,
  });
  return {
    swaps: offers(reader, salon.id).map((one) => ({
      id: one.id,
      from: about(one.fromSeatId, one.fromMonth),
      to: about(one.toSeatId, one.toMonth),
      message: one.message,
      state: one.state,
      offeredAt: new Date(one.offeredAt).toISOString(),
      mayAnswer: one.state === 'offered' && one.toSeatId === mine,
      mayWithdraw: one.state === 'offered' && one.fromSeatId === mine,
    })),
    mine: announced.filter((one) => one.seat === mine).map(({ month }) => month),
    leaves: leavesFrom(reader, salon.id, now).map((one) => ({
      ...one,
      mayCancel: one.seatId === mine || standings.has('host'),
    })),
  };
}

const offers = (reader: Reader, salonId: string) =>
  reader
    .select()
    .from(swap)
    .where(eq(swap.salonId, salonId))
    .orderBy(desc(swap.offeredAt), desc(swap.id))
    .limit(OFFERS)
    .all();

const leavesFrom = (reader: Reader, salonId: string, now: string) =>
  reader
    .select({
      seatId: seat.id,
      community: seat.community,
      month: leave.month,
      reason: leave.reason,
    })
    .from(leave)
    .innerJoin(seat, eq(seat.id, leave.seatId))
    .where(and(eq(seat.salonId, salonId), gte(leave.month, now)))
    .orderBy(asc(leave.month), asc(seat.position))
    .all();
