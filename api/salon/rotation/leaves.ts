import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tx } from '../../../db/client.ts';
import { leave, seat } from '../../../db/schema/index.ts';
import type { Relation } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { monthOf } from '../../core/day.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import type { leaveInput } from './contract.ts';
import { readRotation, settleRotation } from './settle.ts';

/** The salon and the seat, if the actor may take leave for it. */
function allowForSeat(tx: Tx, ctx: Context, slug: string, seatId: string): Salon {
  const salon = findSalon(tx, slug);
  allow(tx, ctx, 'leave.take', salon, holding(tx, ctx, salon.id, seatId));
  const found = tx
    .select({ retiredOn: seat.retiredOn })
    .from(seat)
    .where(and(eq(seat.id, seatId), eq(seat.salonId, salon.id)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  if (found.retiredOn !== null) throw new Refused(SALON.seatRetired);
  return salon;
}

export const holding = (
  reader: Reader,
  ctx: Context,
  salonId: string,
  seatId: string,
): readonly Relation[] => (seatOf(reader, ctx, salonId)?.id === seatId ? ['holder'] : []);

/**
 * A seat cannot chair in a month. If it was to, the month is given to another at once (§1).
 * @throws {Refused} monthOver, for a month that is past or whose session has begun
 */
export async function takeLeave(
  ctx: Context,
  slug: string,
  seatId: string,
  { month, reason }: z.infer<typeof leaveInput>,
): Promise<void> {
  await write(ctx, { name: 'leave.take', input: [slug, seatId, month, reason] }, (tx) => {
    const salon = allowForSeat(tx, ctx, slug, seatId);
    const facts = readRotation(tx, salon.id, monthOf(ctx.clock()));
    if (month < facts.now || facts.chaired.some((one) => one.month === month)) {
      throw new Refused(SALON.monthOver);
    }
    const same = and(eq(leave.seatId, seatId), eq(leave.month, month), eq(leave.reason, reason));
    if (tx.select().from(leave).where(same).get()) return;
    const set = { reason };
    tx.insert(leave)
      .values({ seatId, month, reason })
      .onConflictDoUpdate({ target: [leave.seatId, leave.month], set })
      .run();
    const detail = { month };
    record(tx, ctx, { action: 'leave.take', salonId: salon.id, subject: seatId, detail });
    settleRotation(tx, ctx, salon);
  });
}

/** Takes a leave back. A month that was given to another meanwhile stays with them. */
export async function cancelLeave(
  ctx: Context,
  slug: string,
  seatId: string,
  month: string,
): Promise<void> {
  await write(ctx, { name: 'leave.cancel', input: [slug, seatId, month] }, (tx) => {
    const salon = allowForSeat(tx, ctx, slug, seatId);
    const gone = tx
      .delete(leave)
      .where(and(eq(leave.seatId, seatId), eq(leave.month, month)))
      .returning({ month: leave.month })
      .get();
    if (!gone) return;
    const detail = { month };
    record(tx, ctx, { action: 'leave.cancel', salonId: salon.id, subject: seatId, detail });
    settleRotation(tx, ctx, salon);
  });
}
