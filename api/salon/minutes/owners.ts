import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { type actionItem, guest, seat } from '../../../db/schema/index.ts';
import type { Relation } from '../../access/rules.ts';
import type { Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { holdersOf, hosts } from '../audience.ts';
import { seatOf } from '../sessions/find.ts';
import type { owner } from './contract.ts';
import type { Meeting } from './rules.ts';

/** 责任单位: a community's seat, a guest of the session, or the host. */
export type Owner = z.infer<typeof owner>;
type ActionItem = typeof actionItem.$inferSelect;
type Owned = Pick<ActionItem, 'seatId' | 'guestId'>;

export const ownerOf = ({ seatId, guestId }: Owned): Owner => {
  if (seatId !== null) return { kind: 'seat', id: seatId };
  return guestId === null ? { kind: 'host' } : { kind: 'guest', id: guestId };
};

export const columnsOf = (one: Owner): Owned => ({
  seatId: one.kind === 'seat' ? one.id : null,
  guestId: one.kind === 'guest' ? one.id : null,
});

export const sameOwner = (one: Owner, other: Owner): boolean =>
  one.kind === other.kind && ('id' in one ? one.id : '') === ('id' in other ? other.id : '');

/** Whom an action item of this session can be given to: the host, its guests, seats. */
export function ownersFor(
  reader: Reader,
  salon: Salon,
  sessionId: string,
  { seats }: Meeting,
): { owner: Owner; unit: string }[] {
  const guests = reader
    .select({ id: guest.id, unit: guest.unit })
    .from(guest)
    .where(and(eq(guest.sessionId, sessionId), isNull(guest.removedAt)))
    .orderBy(asc(guest.unit), asc(guest.id))
    .all();
  const active = reader
    .select({ id: seat.id, unit: seat.community })
    .from(seat)
    .where(and(eq(seat.salonId, salon.id), isNull(seat.retiredOn)))
    .orderBy(asc(seat.position))
    .all();
  const came = seats
    .filter(({ present }) => present)
    .map(({ seatId, community }) => ({ id: seatId, unit: community }));
  const bySeat = new Map([...active, ...came].map((one) => [one.id, one.unit]));
  return [
    { owner: { kind: 'host' }, unit: salon.hostUnit },
    ...guests.map(({ id, unit }) => ({ owner: { kind: 'guest' as const, id }, unit })),
    ...[...bySeat].map(([id, unit]) => ({ owner: { kind: 'seat' as const, id }, unit })),
  ];
}

/** The people who answer for an item now. */
export function ownersPeople(
  reader: Reader,
  { salonId, seatId, guestId }: Pick<ActionItem, 'salonId' | 'seatId' | 'guestId'>,
): string[] {
  if (seatId !== null) return holdersOf(reader, [seatId]);
  if (guestId === null) return hosts(reader, salonId);
  const found = reader
    .select({ personId: guest.personId })
    .from(guest)
    .where(and(eq(guest.id, guestId), isNull(guest.removedAt)))
    .get();
  return found?.personId ? [found.personId] : [];
}

/** Whether an item is the actor's own, by the seat they hold or as a guest. */
export function relationsToAction(reader: Reader, ctx: Context, item: ActionItem): Relation[] {
  const { salonId, seatId, guestId } = item;
  if (!ctx.actor || (seatId === null && guestId === null)) return [];
  const mine =
    seatId === null
      ? ownersPeople(reader, item).includes(ctx.actor.personId)
      : seatOf(reader, ctx, salonId)?.id === seatId;
  return mine ? ['responsible'] : [];
}
