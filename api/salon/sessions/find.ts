import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { guest, seat, session, tenure, turn } from '../../../db/schema/index.ts';
import type { Action, Relation } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';

export type Session = typeof session.$inferSelect;

/** @throws {Refused} notFound */
export function requireSession(reader: Reader, salonId: string, number: number): Session {
  const found = reader
    .select()
    .from(session)
    .where(and(eq(session.salonId, salonId), eq(session.number, number)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** The seat that chairs a month, once announced. */
export const chairOf = (
  reader: Reader,
  { salonId, month }: Pick<Session, 'salonId' | 'month'>,
): { readonly seatId: string; readonly community: string } | undefined =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(turn)
    .innerJoin(seat, eq(seat.id, turn.seatId))
    .where(and(eq(turn.salonId, salonId), eq(turn.month, month)))
    .get();

/** The seat that someone holds in this salon now. */
export const seatOf = (
  reader: Reader,
  ctx: Context,
  salonId: string,
): { readonly id: string; readonly community: string } | undefined =>
  ctx.actor &&
  reader
    .select({ id: seat.id, community: seat.community })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(
      and(
        eq(tenure.personId, ctx.actor.personId),
        isNull(tenure.until),
        eq(seat.salonId, salonId),
        isNull(seat.retiredOn),
      ),
    )
    .get();

/** The guest of this session that someone signed in is. */
export const guestOf = (
  reader: Reader,
  ctx: Context,
  sessionId: string,
): typeof guest.$inferSelect | undefined =>
  ctx.actor &&
  reader
    .select()
    .from(guest)
    .where(
      and(
        eq(guest.sessionId, sessionId),
        eq(guest.personId, ctx.actor.personId),
        isNull(guest.removedAt),
      ),
    )
    .get();

/** What the actor is to a session: its chair, its guest. */
export function relationsTo(reader: Reader, ctx: Context, found: Session): Relation[] {
  const mine = seatOf(reader, ctx, found.salonId);
  const relations: Relation[] = [];
  if (mine && chairOf(reader, found)?.seatId === mine.id) relations.push('chair');
  if (guestOf(reader, ctx, found.id)) relations.push('invited');
  return relations;
}

/** A session, if the actor may do this there. @throws {Refused} as `allow`, or notFound */
export function allowInSession(
  reader: Reader,
  ctx: Context,
  action: Action,
  { salon: slug, number }: { readonly salon: string; readonly number: number },
): { readonly salon: Salon; readonly session: Session } {
  const salon = findSalon(reader, slug);
  const found = requireSession(reader, salon.id, number);
  allow(reader, ctx, action, salon, relationsTo(reader, ctx, found));
  return { salon, session: found };
}
