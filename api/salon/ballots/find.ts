import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../../db/client.ts';
import {
  attendance,
  ballot,
  ballotRoll,
  election,
  salon as salons,
  seat,
  session as sessions,
} from '../../../db/schema/index.ts';
import type { Action, Relation, Standing } from '../../access/rules.ts';
import { ACCESS, allow, findSalon, rolesIn, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { interestedSeats, type SeatName } from '../committee/find.ts';
import { titleOf } from '../committee/words.ts';
import { SALON } from '../refusals.ts';
import { chairOf, relationsTo, type Session, seatOf } from '../sessions/find.ts';
import { presiderOf } from './rules.ts';

export type Ballot = typeof ballot.$inferSelect;

/** The address of a ballot. */
export interface BallotPlace {
  readonly salon: string;
  readonly ballot: string;
}

/** @throws {Refused} notFound */
export function requireBallot(reader: Reader, salonId: string, id: string): Ballot {
  const found = reader
    .select()
    .from(ballot)
    .where(and(eq(ballot.id, id), eq(ballot.salonId, salonId)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** By the id of either paper. */
export const ballotOfPaper = (reader: Reader, id: string): Ballot | undefined =>
  reader.select().from(ballot).where(eq(ballot.id, id)).get() ??
  reader.select().from(ballot).where(eq(ballot.secondId, id)).get();

/** A row that others refer to. @throws when it is not there */
export function sessionOf(reader: Reader, { sessionId }: Pick<Ballot, 'sessionId'>): Session {
  const found = reader.select().from(sessions).where(eq(sessions.id, sessionId)).get();
  if (!found) throw new Error(`No session ${sessionId}`);
  return found;
}

/** @throws when it is not there */
export function salonOf(reader: Reader, { salonId }: Pick<Ballot, 'salonId'>): Salon {
  const found = reader.select().from(salons).where(eq(salons.id, salonId)).get();
  if (!found) throw new Error(`No salon ${salonId}`);
  return found;
}

/** What a ballot is called. */
export function titleOfBallot(reader: Reader, { electionId, runOff }: Ballot): string {
  if (electionId === null) return titleOf(null);
  const found = reader.select().from(election).where(eq(election.id, electionId)).get();
  if (!found) throw new Error(`No election ${electionId}`);
  return titleOf(found.kind, runOff);
}

export interface Allowed {
  readonly salon: Salon;
  readonly found: Ballot;
}

/** A ballot, if the actor's roles alone let them do this. @throws {Refused} as `allow`, notFound */
export function allowOnBallot(
  reader: Reader,
  ctx: Context,
  action: Action,
  place: BallotPlace,
): Allowed {
  const salon = findSalon(reader, place.salon);
  allow(reader, ctx, action, salon);
  return { salon, found: requireBallot(reader, salon.id, place.ballot) };
}

/** Whose part it is to lead a ballot at this session. */
export const presiderAt = (reader: Reader, found: Session): 'chair' | 'host' =>
  presiderOf({
    chairSeat: chairOf(reader, found)?.seatId ?? null,
    interested: interestedSeats(reader, found.salonId),
  });

/**
 * Only the one who leads it may call and close a ballot.
 * @throws {Refused} as `allow`
 */
export function allowToPreside(reader: Reader, ctx: Context, salon: Salon, found: Session): void {
  const part = presiderAt(reader, found);
  const roles = ctx.actor ? rolesIn(reader, ctx.actor.personId, salon.id) : [];
  const mine: readonly Standing[] = [...relationsTo(reader, ctx, found), ...roles];
  const relations: Relation[] = mine.includes(part) ? ['presider'] : [];
  const standings = allow(reader, ctx, 'ballot.run', salon, relations);
  // Leading in a host's part asks for what a host is asked for.
  if (part === 'host' && !standings.has('host')) throw new Refused(ACCESS.secondFactorNeeded);
}

/** @throws {Refused} as `allow`, notFound */
export function presideOver(
  reader: Reader,
  ctx: Context,
  place: BallotPlace,
): Allowed & { readonly session: Session } {
  const salon = findSalon(reader, place.salon);
  const found = requireBallot(reader, salon.id, place.ballot);
  const session = sessionOf(reader, found);
  allowToPreside(reader, ctx, salon, session);
  return { salon, found, session };
}

/** The seat that the actor holds. @throws {Refused} notASeat */
export function requireSeat(reader: Reader, ctx: Context, salonId: string): string {
  const mine = seatOf(reader, ctx, salonId);
  if (!mine) throw new Refused(SALON.notASeat);
  return mine.id;
}

/** @throws {Refused} ballotState */
export function requireTaking({ state }: Ballot): void {
  if (state !== 'taking') throw new Refused(SALON.ballotState);
}

/** The seats at a session, in order. */
export const seatsAt = (reader: Reader, sessionId: string): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(attendance)
    .innerJoin(seat, eq(seat.id, attendance.seatId))
    .where(and(eq(attendance.sessionId, sessionId), isNull(seat.retiredOn)))
    .orderBy(asc(seat.position))
    .all();

/** The seats signed in for a ballot. */
export const seatsOnRoll = (reader: Reader, ballotId: string): ReadonlySet<string> =>
  new Set(
    reader
      .select({ seatId: ballotRoll.seatId })
      .from(ballotRoll)
      .where(eq(ballotRoll.ballotId, ballotId))
      .all()
      .map(({ seatId }) => seatId),
  );

const counted = prepared((reader) =>
  reader
    .select({
      attending: count(),
      declined: sql<number>`count(*) FILTER (WHERE ${ballotRoll.declined})`,
    })
    .from(ballotRoll)
    .where(eq(ballotRoll.ballotId, sql.placeholder('ballotId')))
    .prepare(),
);

/** How many seats are signed in for a ballot, and how many of them declined it. */
export const countRoll = (
  reader: Reader,
  ballotId: string,
): { readonly attending: number; readonly declined: number } =>
  counted(reader).get({ ballotId }) ?? { attending: 0, declined: 0 };

const rowOnRoll = prepared((reader) =>
  reader
    .select()
    .from(ballotRoll)
    .where(
      and(
        eq(ballotRoll.ballotId, sql.placeholder('ballotId')),
        eq(ballotRoll.seatId, sql.placeholder('seatId')),
      ),
    )
    .prepare(),
);

export const onRoll = (reader: Reader, ballotId: string, seatId: string) =>
  rowOnRoll(reader).get({ ballotId, seatId });

const seatsBeside = prepared((reader) =>
  reader
    .select({ seatId: seat.id, community: seat.community, declined: ballotRoll.declined })
    .from(attendance)
    .innerJoin(seat, eq(seat.id, attendance.seatId))
    .leftJoin(
      ballotRoll,
      and(eq(ballotRoll.seatId, seat.id), eq(ballotRoll.ballotId, sql.placeholder('ballotId'))),
    )
    .where(and(eq(attendance.sessionId, sql.placeholder('sessionId')), isNull(seat.retiredOn)))
    .orderBy(asc(seat.position))
    .prepare(),
);

/** Of the seats at the session, in order: who has not signed in, and who has and not yet taken. */
export function missingAt(
  reader: Reader,
  { ballots }: Context,
  { id: ballotId, sessionId }: Ballot,
): { readonly absent: SeatName[]; readonly waiting: SeatName[] } {
  const absent: SeatName[] = [];
  const waiting: SeatName[] = [];
  for (const row of seatsBeside(reader).all({ ballotId, sessionId })) {
    const { seatId, community, declined } = row;
    if (declined === null) absent.push({ seatId, community });
    else if (!declined && !ballots.isTaker(ballotId, seatId)) waiting.push({ seatId, community });
  }
  return { absent, waiting };
}
