import { and, asc, count, eq, gte, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../../db/client.ts';
import {
  ballot,
  committeeMember,
  committeeTerm,
  election,
  minutes,
  nominee,
  seat,
  session,
} from '../../../db/schema/index.ts';
import type { Relation } from '../../access/rules.ts';
import { rolesIn, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { settingsOf } from '../charter.ts';
import { decidedSettings } from '../salons.ts';
import { seatOf } from '../sessions/find.ts';
import { reviewer } from '../topics/rules.ts';

export type Election = typeof election.$inferSelect;
export type Term = typeof committeeTerm.$inferSelect;

export interface SeatName {
  readonly seatId: string;
  readonly community: string;
}
export interface Member extends SeatName {
  /** Of the membership. */
  readonly id: string;
}

/** The open term, or undefined where no committee is in office. */
export const termOf = (reader: Reader, salonId: string): Term | undefined =>
  reader
    .select()
    .from(committeeTerm)
    .where(and(eq(committeeTerm.salonId, salonId), isNull(committeeTerm.endedAt)))
    .get();

const inOffice = prepared((reader) =>
  reader
    .select({ id: committeeMember.id, seatId: seat.id, community: seat.community })
    .from(committeeTerm)
    .innerJoin(committeeMember, eq(committeeMember.termId, committeeTerm.id))
    .innerJoin(seat, eq(seat.id, committeeMember.seatId))
    .where(
      and(
        eq(committeeTerm.salonId, sql.placeholder('salonId')),
        isNull(committeeTerm.endedAt),
        isNull(committeeMember.endedAt),
      ),
    )
    .orderBy(asc(seat.position))
    .prepare(),
);

/** The members in office now, in the order of their seats. */
export const membersOf = (reader: Reader, salonId: string): Member[] =>
  inOffice(reader).all({ salonId });

/** Word for word the condition of the index, or SQLite would not use it. */
export const STILL_TO_BE_HELD = sql`${election.state} IN ('nominating', 'extended', 'ready')`;

/** The election that is still to be held; there is one at most. */
export const pendingElection = (reader: Reader, salonId: string): Election | undefined =>
  reader
    .select()
    .from(election)
    .where(and(eq(election.salonId, salonId), STILL_TO_BE_HELD))
    .get();

/** Those who stand, in the order of their seats. */
export const acceptedNominees = (reader: Reader, electionId: string): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(nominee)
    .innerJoin(seat, eq(seat.id, nominee.seatId))
    .where(and(eq(nominee.electionId, electionId), eq(nominee.state, 'accepted')))
    .orderBy(asc(seat.position))
    .all();

/** Evaluations held in a term. */
export const evaluationsHeld = (reader: Reader, termId: string): number =>
  reader
    .select({ held: count() })
    .from(ballot)
    .where(and(eq(ballot.termId, termId), eq(ballot.state, 'decided')))
    .get()?.held ?? 0;

/** Word for word the condition of the index. */
export const IS_OPEN = sql`${ballot.state} IN ('taking', 'casting')`;

/** The ballot of a salon that is going on; there is one at most. */
export const openBallot = (reader: Reader, salonId: string) =>
  reader
    .select()
    .from(ballot)
    .where(and(eq(ballot.salonId, salonId), IS_OPEN))
    .get();

/** Who was a member when a ballot was called; one who resigned during it is evaluated too. */
export const membersAt = (reader: Reader, termId: string, at: number): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(committeeMember)
    .innerJoin(seat, eq(seat.id, committeeMember.seatId))
    .where(
      and(
        eq(committeeMember.termId, termId),
        lte(committeeMember.beganAt, at),
        or(isNull(committeeMember.endedAt), gte(committeeMember.endedAt, at)),
      ),
    )
    .orderBy(asc(seat.position))
    .all();

/**
 * Whom a ballot is about, so that they cannot lead it: members, and who stands. Who is asked and has
 * not accepted is no nominee (salon-rules §4); else naming the chair would take the lead from them.
 */
export function interestedSeats(reader: Reader, salonId: string): ReadonlySet<string> {
  const open = openBallot(reader, salonId);
  // Resigning does not hand the lead of one's own evaluation to the one who resigns.
  const evaluated = open?.termId ? membersAt(reader, open.termId, open.calledAt) : [];
  const members = [...membersOf(reader, salonId), ...evaluated];
  const seats = new Set(members.map(({ seatId }) => seatId));
  const pending = pendingElection(reader, salonId);
  if (pending) for (const { seatId } of acceptedNominees(reader, pending.id)) seats.add(seatId);
  return seats;
}

/** Counted no further than the pilot stage lasts, so that the cost does not grow. */
export const publishedSessions = (reader: Reader, salonId: string, enough: number): number =>
  reader
    .select({ id: session.id })
    .from(session)
    .innerJoin(minutes, eq(minutes.sessionId, session.id))
    .where(and(eq(session.salonId, salonId), isNotNull(minutes.publishedAt)))
    .orderBy(asc(session.month))
    .limit(Math.max(1, enough))
    .all().length;

export type Reviewing = ReturnType<typeof reviewer>;

/** Who chooses the topics now, and why where the host stands in for the committee. */
export function reviewerOf(reader: Reader, salon: Salon): Reviewing {
  const { pilotSessions } = settingsOf(decidedSettings(salon));
  const published = publishedSessions(reader, salon.id, pilotSessions);
  return reviewer(published, pilotSessions, membersOf(reader, salon.id).length);
}

/** What the actor is to the committee: a member, named for it, or the host who reviews in its stead. */
export function relationsToCommittee(reader: Reader, ctx: Context, salon: Salon): Relation[] {
  if (!ctx.actor) return [];
  const relations: Relation[] = [];
  const mine = seatOf(reader, ctx, salon.id)?.id;
  if (mine) {
    if (membersOf(reader, salon.id).some(({ seatId }) => seatId === mine)) relations.push('member');
    const pending = pendingElection(reader, salon.id);
    if (pending && nomineeOf(reader, pending.id, mine)) relations.push('nominee');
  }
  const isHost = rolesIn(reader, ctx.actor.personId, salon.id).includes('host');
  if (isHost && reviewerOf(reader, salon).by === 'host') relations.push('reviewer');
  return relations;
}

export const nomineeOf = (reader: Reader, electionId: string, seatId: string) =>
  reader
    .select()
    .from(nominee)
    .where(and(eq(nominee.electionId, electionId), eq(nominee.seatId, seatId)))
    .get();
