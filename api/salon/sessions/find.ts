import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { guest, seat, session, tenure, turn } from '../../../db/schema/index.ts';
import type { Action, Relation, Standing } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { dayOf, timeOf } from '../../core/day.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';

export type Session = typeof session.$inferSelect;
/** One that is not cancelled. */
export type Numbered = Session & { readonly number: number };

/** @throws {Refused} notFound */
export function requireSession(reader: Reader, salonId: string, number: number): Numbered {
  const found = reader
    .select()
    .from(session)
    .where(and(eq(session.salonId, salonId), eq(session.number, number)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return { ...found, number };
}

/** @throws {Refused} sessionState, for one that is cancelled */
export function requireNumbered(found: Session): Numbered {
  if (found.number === null) throw new Refused(SALON.sessionState);
  return { ...found, number: found.number };
}

/** What a notice says of a session. */
export const inNotice = ({ number, startsAt, place }: Numbered) => ({
  number,
  day: dayOf(startsAt),
  time: timeOf(startsAt),
  place,
});

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

/** The guest of this session that somebody with an account is. */
export const invitedAs = (
  reader: Reader,
  sessionId: string,
  personId: string,
): typeof guest.$inferSelect | undefined =>
  reader
    .select()
    .from(guest)
    .where(
      and(eq(guest.sessionId, sessionId), eq(guest.personId, personId), isNull(guest.removedAt)),
    )
    .get();

/** The guest of this session that the actor is. */
export const guestOf = (reader: Reader, ctx: Context, sessionId: string) =>
  ctx.actor && invitedAs(reader, sessionId, ctx.actor.personId);

/** What the actor is to a session: its chair, its guest. */
export function relationsTo(reader: Reader, ctx: Context, found: Session): Relation[] {
  const mine = seatOf(reader, ctx, found.salonId);
  const relations: Relation[] = [];
  if (mine && chairOf(reader, found)?.seatId === mine.id) relations.push('chair');
  if (guestOf(reader, ctx, found.id)) relations.push('invited');
  return relations;
}

/** The address of a session. */
export interface Place {
  readonly salon: string;
  readonly number: number;
}

export interface Allowed {
  readonly salon: Salon;
  readonly session: Numbered;
  /** All that the actor is there. */
  readonly standings: ReadonlySet<Standing>;
}

/** A session, if the actor may do this there. @throws {Refused} as `allow`, or notFound */
export function allowInSession(
  reader: Reader,
  ctx: Context,
  action: Action,
  { salon: slug, number }: Place,
): Allowed {
  const salon = findSalon(reader, slug);
  const found = requireSession(reader, salon.id, number);
  const standings = allow(reader, ctx, action, salon, relationsTo(reader, ctx, found));
  return { salon, session: found, standings };
}

/** @throws {Refused} sessionState */
export function requireState(found: Session, ...states: readonly Session['state'][]): void {
  if (!states.includes(found.state)) throw new Refused(SALON.sessionState);
}
