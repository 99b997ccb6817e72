import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import {
  ballot,
  committeeMember,
  committeeTerm,
  election,
  motion,
  person,
  round,
  roundTopic,
  seat,
  session,
  tenure,
  topic,
} from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { seatOf } from '../sessions/find.ts';
import type { committeePage } from './contract.ts';
import {
  evaluationsHeld,
  membersOf,
  pendingElection,
  relationsToCommittee,
  reviewerOf,
  type Term,
  termOf,
} from './find.ts';
import { readElection } from './readElection.ts';
import { motionsWhere, signerOf, signersOf } from './readMotions.ts';
import { COMMITTEE_SIZE, evaluationDue } from './rules.ts';
import { titleOf } from './words.ts';

type Page = z.infer<typeof committeePage>;

/** What the page shows of the past; a committee of many years has a longer one. */
const LATEST = 24;

const ENDINGS = {
  recall: '罢免',
  succession: '换届',
  resignation: '辞去',
  handOver: '交接',
  retirement: '撤席',
} as const;

/** 选题委员会 as the asking person, or anybody, sees it. */
export function readCommittee(ctx: Context, slug: string): Page {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  const relations = relationsToCommittee(reader, ctx, salon);
  const standings = allow(reader, ctx, 'committee.read', salon, relations);
  const { id: salonId } = salon;
  const reviewer = reviewerOf(reader, salon);
  const mine = seatOf(reader, ctx, salonId)?.id;
  const signer = signerOf(standings, mine, reviewer.by);
  const named = may(standings, 'member.list');
  const term = termOf(reader, salonId);
  const called = pendingElection(reader, salonId);
  const open = and(eq(motion.termId, term?.id ?? ''), eq(motion.state, 'open'));
  return {
    reviewer,
    term: term ? termInWords(reader, term, named) : null,
    election: called ? readElection(reader, ctx, called, mine) : null,
    motions: signer.seatId === undefined ? [] : motionsWhere(reader, open, signer),
    decisions: decisionsOf(reader, salonId),
    ballots: ballotsOf(reader, salonId),
    history: historyOf(reader, salonId, named),
    mayResign: standings.has('member'),
  };
}

function termInWords(reader: Reader, { id, salonId, beganOn }: Term, named: boolean): Page['term'] {
  const members = membersOf(reader, salonId).length;
  return {
    beganOn,
    members: membersIn(reader, id, named),
    evaluationDueOn: members < 2 ? null : evaluationDue(beganOn, evaluationsHeld(reader, id)),
    vacancies: COMMITTEE_SIZE - members,
  };
}

/** All who sat in a term, as they came. @param named whether the reader may know the secretaries */
const membersIn = (reader: Reader, termId: string, named: boolean) =>
  reader
    .select({ sat: committeeMember, community: seat.community })
    .from(committeeMember)
    .innerJoin(seat, eq(seat.id, committeeMember.seatId))
    .where(eq(committeeMember.termId, termId))
    .orderBy(asc(committeeMember.beganAt), asc(seat.position))
    .all()
    .map(({ sat: { seatId, beganAt, endedAt, endedBy }, community }) => ({
      seatId,
      community,
      secretary: named ? holderThen(reader, seatId, beganAt) : '',
      since: dayOf(beganAt),
      until: endedAt === null ? null : dayOf(endedAt),
      ended: endedBy === null ? '' : ENDINGS[endedBy],
    }));

/** Who held the seat when the membership began. */
function holderThen(reader: Reader, seatId: string, at: number): string {
  const holders = reader
    .select({ name: person.name, since: tenure.since })
    .from(tenure)
    .innerJoin(person, eq(person.id, tenure.personId))
    .where(eq(tenure.seatId, seatId))
    .orderBy(asc(tenure.since))
    .all();
  // A clock that was set back may put all of them after it.
  return (holders.findLast(({ since }) => since <= at) ?? holders[0])?.name ?? '';
}

function decisionsOf(reader: Reader, salonId: string): Page['decisions'] {
  const decided = reader
    .select()
    .from(round)
    .where(and(eq(round.salonId, salonId), isNotNull(round.decidedBy)))
    .orderBy(desc(round.month))
    .limit(LATEST)
    .all();
  return decided.map(({ id, month, decidedBy, decidedAt, decisionNote: note }) => ({
    month,
    by: decidedBy ?? 'host',
    topics: confirmedIn(reader, id),
    note,
    signed: signedFor(reader, id),
    on: dayOf(decidedAt ?? 0),
  }));
}

const confirmedIn = (reader: Reader, roundId: string) =>
  reader
    .select({ id: topic.id, title: topic.title })
    .from(roundTopic)
    .innerJoin(topic, eq(topic.id, roundTopic.topicId))
    .where(and(eq(roundTopic.roundId, roundId), eq(roundTopic.outcome, 'confirmed')))
    .orderBy(asc(roundTopic.rank), asc(topic.id))
    .all();

function signedFor(reader: Reader, roundId: string): string[] {
  const passed = reader
    .select({ id: motion.id })
    .from(motion)
    .where(and(eq(motion.roundId, roundId), eq(motion.state, 'passed')))
    .get();
  return passed ? signersOf(reader, passed.id).map(({ community }) => community) : [];
}

/** Elections and evaluations, newest first. */
const ballotsOf = (reader: Reader, salonId: string): Page['ballots'] =>
  reader
    .select({ ballot, startsAt: session.startsAt, election: election.kind })
    .from(ballot)
    .innerJoin(session, eq(session.id, ballot.sessionId))
    .leftJoin(election, eq(election.id, ballot.electionId))
    .where(eq(ballot.salonId, salonId))
    .orderBy(desc(ballot.calledAt))
    .limit(LATEST)
    .all()
    .map(({ ballot: { id, runOff, state, result }, startsAt, election: kind }) => ({
      id,
      kind: kind === null ? ('evaluation' as const) : ('election' as const),
      title: titleOf(kind, runOff),
      day: dayOf(startsAt),
      state,
      recalled: result?.kind === 'evaluation' ? result.recalled : null,
    }));

const historyOf = (reader: Reader, salonId: string, named: boolean): Page['history'] =>
  reader
    .select()
    .from(committeeTerm)
    .where(and(eq(committeeTerm.salonId, salonId), isNotNull(committeeTerm.endedAt)))
    .orderBy(desc(committeeTerm.beganAt))
    .limit(LATEST)
    .all()
    .map(({ id, beganOn, endedAt, endedBy }) => ({
      beganOn,
      endedOn: dayOf(endedAt ?? 0),
      ended: endedBy === null ? '' : ENDINGS[endedBy],
      members: membersIn(reader, id, named),
    }));
