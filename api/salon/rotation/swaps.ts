import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { swap } from '../../../db/schema/index.ts';
import { allow, allowIn, findSalon, type Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { monthOf } from '../../core/day.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, holdersOf } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import type { swapInput } from './contract.ts';
import { holding } from './leaves.ts';
import { swap as exchange } from './rules.ts';
import { announce, type Rotation, readRotation } from './settle.ts';

type Swap = typeof swap.$inferSelect;

const rotationNow = (tx: Tx, ctx: Context, salonId: string): Rotation =>
  readRotation(tx, salonId, monthOf(ctx.clock()));

const named = (
  { fromSeatId, fromMonth, toSeatId, toMonth }: Omit<Swap, 'id' | 'salonId' | 'offeredAt'>,
  { names }: Rotation,
) => ({
  from: names.get(fromSeatId) ?? '',
  fromMonth,
  to: names.get(toSeatId) ?? '',
  toMonth,
});

/**
 * 调换: offers one's own announced month for another seat's.
 * @throws {Refused} notASeat, monthNotYours, swapNotPossible, swapOpen
 */
export function offerSwap(
  ctx: Context,
  slug: string,
  { fromMonth, toMonth, message }: z.infer<typeof swapInput>,
): Promise<{ id: string }> {
  return write(ctx, { name: 'swap.offer', input: [slug, fromMonth, toMonth, message] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'swap.offer', slug);
    const mine = seatOf(tx, ctx, salonId);
    if (!mine) throw new Refused(SALON.notASeat);
    const facts = rotationNow(tx, ctx, salonId);
    const seatIn = (month: string) => facts.announced.find((one) => one.month === month)?.seat;
    if (seatIn(fromMonth) !== mine.id) throw new Refused(SALON.monthNotYours);
    const toSeatId = seatIn(toMonth);
    if (!toSeatId || exchange(facts, fromMonth, toMonth).outcome !== 'swapped') {
      throw new Refused(SALON.swapNotPossible);
    }
    const open = tx
      .select({ id: swap.id })
      .from(swap)
      .where(
        and(eq(swap.salonId, salonId), eq(swap.fromMonth, fromMonth), eq(swap.state, 'offered')),
      )
      .get();
    if (open) throw new Refused(SALON.swapOpen);
    const row = {
      id: newId(),
      salonId,
      fromSeatId: mine.id,
      fromMonth,
      toSeatId,
      toMonth,
      message,
      state: 'offered' as const,
      offeredAt: ctx.clock(),
      settledAt: null,
    };
    tx.insert(swap).values(row).run();
    record(tx, ctx, { action: 'swap.offer', salonId, subject: row.id });
    const to = holdersOf(tx, [toSeatId]);
    notify(tx, ctx, { salonId, kind: 'swap.offered', data: named(row, facts), to });
    return { id: row.id };
  });
}

/** An offer, if the actor holds the seat on this side of it. @throws {Refused} as `allow` */
function allowOnSwap(
  tx: Tx,
  ctx: Context,
  slug: string,
  swapId: string,
  side: 'fromSeatId' | 'toSeatId',
): { readonly salon: Salon; readonly swap: Swap } {
  const salon = findSalon(tx, slug);
  const found = tx
    .select()
    .from(swap)
    .where(and(eq(swap.id, swapId), eq(swap.salonId, salon.id)))
    .get();
  allow(tx, ctx, 'swap.answer', salon, found ? holding(tx, ctx, salon.id, found[side]) : []);
  if (!found) throw new Refused(CORE.notFound);
  return { salon, swap: found };
}

function close(tx: Tx, ctx: Context, swapId: string, state: 'agreed' | 'declined' | 'withdrawn') {
  const closed = tx
    .update(swap)
    .set({ state, settledAt: ctx.clock() })
    .where(and(eq(swap.id, swapId), eq(swap.state, 'offered')))
    .returning({ id: swap.id })
    .get();
  if (!closed) throw new Refused(SALON.swapSettled);
}

/**
 * The other holder's consent or refusal. With it the two months change hands at once.
 * @throws {Refused} swapSettled, swapNotPossible
 */
export async function answerSwap(
  ctx: Context,
  slug: string,
  swapId: string,
  agree: boolean,
): Promise<void> {
  await write(ctx, { name: 'swap.answer', input: [slug, swapId, agree] }, (tx) => {
    const { salon, swap: found } = allowOnSwap(tx, ctx, slug, swapId, 'toSeatId');
    const facts = rotationNow(tx, ctx, salon.id);
    close(tx, ctx, swapId, agree ? 'agreed' : 'declined');
    const data = named(found, facts);
    if (agree) {
      const outcome = exchange(facts, found.fromMonth, found.toMonth);
      if (outcome.outcome !== 'swapped') throw new Refused(SALON.swapNotPossible);
      announce(tx, ctx, salon.id, facts, outcome.announced);
    }
    record(tx, ctx, {
      action: agree ? 'swap.agree' : 'swap.decline',
      salonId: salon.id,
      subject: swapId,
    });
    const to = agree ? everyone(tx, salon.id) : holdersOf(tx, [found.fromSeatId]);
    const kind = agree ? ('swap.agreed' as const) : ('swap.declined' as const);
    notify(tx, ctx, { salonId: salon.id, kind, data, to });
  });
}

/** Takes an offer back. @throws {Refused} swapSettled */
export async function withdrawSwap(ctx: Context, slug: string, swapId: string): Promise<void> {
  await write(ctx, { name: 'swap.withdraw', input: [slug, swapId] }, (tx) => {
    const { salon } = allowOnSwap(tx, ctx, slug, swapId, 'fromSeatId');
    close(tx, ctx, swapId, 'withdrawn');
    record(tx, ctx, { action: 'swap.withdraw', salonId: salon.id, subject: swapId });
  });
}
