import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../../db/client.ts';
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

const sessionByNumber = prepared((reader) =>
  reader
    .select()
    .from(session)
    .where(
      and(
        eq(session.salonId, sql.placeholder('salonId')),
        eq(session.number, sql.placeholder('number')),
      ),
    )
    .prepare(),
);

/** @throws {Refused} notFound */
export function requireSession(reader: Reader, salonId: string, number: number): Numbered {
  const found = sessionByNumber(reader).get({ salonId, number });
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

const seatOfTurn = prepared((reader) =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(turn)
    .innerJoin(seat, eq(seat.id, turn.seatId))
    .where(
      and(eq(turn.salonId, sql.placeholder('salonId')), eq(turn.month, sql.placeholder('month'))),
    )
    .prepare(),
);

/** The seat that chairs a month, once announced. */
export const chairOf = (
  reader: Reader,
  { salonId, month }: Pick<Session, 'salonId' | 'month'>,
): { readonly seatId: string; readonly community: string } | undefined =>
  seatOfTurn(reader).get({ salonId, month });

const seatOfPerson = prepared((reader) =>
  reader
    .select({ id: seat.id, community: seat.community })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(
      and(
        eq(tenure.personId, sql.placeholder('personId')),
        isNull(tenure.until),
        eq(seat.salonId, sql.placeholder('salonId')),
        isNull(seat.retiredOn),
      ),
    )
    .prepare(),
);

/** The seat that someone holds in this salon now. */
export const seatOf = (
  reader: Reader,
  { actor }: Context,
  salonId: string,
): { readonly id: string; readonly community: string } | undefined =>
  actor && seatOfPerson(reader).get({ personId: actor.personId, salonId });

const guestByPerson = prepared((reader) =>
  reader
    .select()
    .from(guest)
    .where(
      and(
        eq(guest.sessionId, sql.placeholder('sessionId')),
        eq(guest.personId, sql.placeholder('personId')),
        isNull(guest.removedAt),
      ),
    )
    .prepare(),
);

/** The guest of this session that somebody with an account is. */
export const invitedAs = (
  reader: Reader,
  sessionId: string,
  personId: string,
): typeof guest.$inferSelect | undefined => guestByPerson(reader).get({ sessionId, personId });

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
