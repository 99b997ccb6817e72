import { and, eq, inArray } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { ballot, election, nominee, seat } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import type { ElectionResult } from '../ballots/result.ts';
import type { Session } from '../sessions/find.ts';
import { fillPlaces, isWithinReach, lapse, moveElection } from './elections.ts';
import {
  acceptedNominees,
  type Election,
  evaluationsHeld,
  type Member,
  membersOf,
  pendingElection,
  type SeatName,
  type Term,
  termOf,
} from './find.ts';
import { drawLots, lotOf } from './lots.ts';
import { finishElection, leaveCommittee, recallCommittee } from './office.ts';
import { afterRunOff, dueAtSession, evaluationDue, tally, tallyRunOff } from './rules.ts';

export interface ElectionDue {
  readonly kind: 'election';
  readonly election: Election;
  /** In a run-off those who are level. */
  readonly candidates: readonly SeatName[];
  readonly places: number;
  /** 0 for the election itself. */
  readonly runOff: number;
  /** Empty, or why it cannot be called yet. */
  readonly hindrance: string;
}
export interface EvaluationDue {
  readonly kind: 'evaluation';
  readonly term: Term;
  readonly dueOn: string;
  readonly members: readonly Member[];
  readonly hindrance: string;
}

/** The ballot that is to be held at a session, and what still hinders it. */
export function ballotDue(
  reader: Reader,
  _ctx: Context,
  salon: Pick<Salon, 'id'>,
  found: Session,
): ElectionDue | EvaluationDue | undefined {
  const term = termOf(reader, salon.id);
  const members = membersOf(reader, salon.id);
  const pending = pendingElection(reader, salon.id);
  const held = term ? evaluationsHeld(reader, term.id) : 0;
  const due = dueAtSession({
    day: dayOf(found.startsAt),
    members: members.length,
    officeBeganOn: term?.beganOn ?? null,
    held,
    election: pending ?? null,
  });
  if (due === 'evaluation' && term) {
    const hindrance = waitsForNext(reader, found, { termId: term.id });
    return { kind: due, term, dueOn: evaluationDue(term.beganOn, held), members, hindrance };
  }
  if (due === 'fullElectionInstead' || !pending) return undefined;
  return electionDue(reader, found, pending);
}

function electionDue(reader: Reader, found: Session, one: Election): ElectionDue {
  const standing = acceptedNominees(reader, one.id);
  const runsOff = one.tied.length > 0;
  const candidates = runsOff ? namesOf(reader, one.tied) : standing;
  return {
    kind: 'election',
    election: one,
    candidates,
    places: one.places - one.elected.length,
    runOff: runsOff ? one.runOffs + 1 : 0,
    hindrance:
      waitsForNext(reader, found, { electionId: one.id }) ||
      nominationsHinder(one, found, standing.length),
  };
}

/** Names are taken until the item is called at the session to which they were extended. */
function nominationsHinder(one: Election, found: Session, standing: number): string {
  if (one.state === 'ready') return '';
  if (one.state === 'nominating' || !isWithinReach(one, found)) {
    return '提名还没有截止，这次选举在下一期沙龙举行。';
  }
  const { places } = one;
  return standing >= places
    ? ''
    : `同意参选的有 ${standing} 个席位，不足 ${places} 个；还可以提名，够了就能投票。`;
}

/** One that was void for want of voters is held at the next session, not tried again at this. */
function waitsForNext(
  reader: Reader,
  { id }: Session,
  of: { readonly electionId: string } | { readonly termId: string },
): string {
  const [column, value] =
    'termId' in of ? [ballot.termId, of.termId] : [ballot.electionId, of.electionId];
  const failed = reader
    .select({ id: ballot.id })
    .from(ballot)
    .where(
      and(
        eq(ballot.sessionId, id),
        eq(column, value),
        inArray(ballot.voidReason, ['tooFew', 'quorum']),
      ),
    )
    .get();
  return failed ? '到会领票的席位不够，本次表决已作废，留到下一期沙龙再办。' : '';
}

const namesOf = (reader: Reader, seatIds: readonly string[]): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(seat)
    .where(inArray(seat.id, [...seatIds]))
    .orderBy(seat.position)
    .all();

/** A ballot of the election is called: no more names from now on. */
export function beginElection(tx: Tx, ctx: Context, electionId: string, sessionId: string): void {
  const one = requireElection(tx, electionId);
  if (one.state === 'extended') moveElection(tx, ctx, one, 'ready', { sessionId });
  else tx.update(election).set({ sessionId }).where(eq(election.id, electionId)).run();
}

function requireElection(tx: Tx, electionId: string): Election {
  const found = tx.select().from(election).where(eq(election.id, electionId)).get();
  if (!found) throw new Error(`No election ${electionId}`);
  return found;
}

export interface Counted {
  readonly electionId: string;
  readonly sessionId: string;
  readonly ballotId: string;
  readonly bulletinHash: string;
  /** The names on each paper. */
  readonly papers: readonly (readonly string[])[];
}

/**
 * Counts an election's ballot and does what follows: members take office, or those who are level
 * stand again, or lots decide between them.
 */
export function applyElection(
  tx: Tx,
  ctx: Context,
  salon: Pick<Salon, 'id'>,
  { electionId, sessionId, ballotId, bulletinHash, papers }: Counted,
): Pick<ElectionResult, 'places' | 'counts' | 'elected' | 'tied' | 'lots'> {
  beginElection(tx, ctx, electionId, sessionId);
  const one = requireElection(tx, electionId);
  const runsOff = one.tied.length > 0;
  const candidates = runsOff ? namesOf(tx, one.tied) : acceptedNominees(tx, electionId);
  const ids = candidates.map(({ seatId }) => seatId);
  const places = one.places - one.elected.length;
  const counted = (runsOff ? tallyRunOff : tally)(papers, ids, places);
  const runOffs = one.runOffs + (runsOff ? 1 : 0);
  const next = afterRunOff(counted.tied, runOffs);
  const drawn = next === 'lots' ? drawLots(ballotId, bulletinHash, counted.tied, counted.open) : [];
  const elected = [...counted.elected, ...drawn];
  const tied = next === 'runOff' ? counted.tied : [];
  const so = { runOffs, tied, elected: [...one.elected, ...elected] };
  tx.update(election).set(so).where(eq(election.id, electionId)).run();
  if (next !== 'runOff') finishElection(tx, ctx, salon.id, { ...one, ...so });
  const counts = candidates.map((who) => ({ ...who, votes: counted.counts.get(who.seatId) ?? 0 }));
  const lots = next === 'lots' ? digestsOf(ballotId, bulletinHash, counted.tied) : null;
  return { places, counts, elected, tied: [...tied], lots };
}

const digestsOf = (ballotId: string, bulletinHash: string, tied: readonly string[]) =>
  drawLots(ballotId, bulletinHash, tied, tied.length).map((seatId) => ({
    seatId,
    digest: lotOf(ballotId, bulletinHash, seatId),
  }));

/** What an evaluation means: the committee stays, and its lost places are filled; or it is recalled. */
export function applyEvaluation(
  tx: Tx,
  ctx: Context,
  salon: Pick<Salon, 'id'>,
  { termId, recalled }: { readonly termId: string; readonly recalled: boolean },
): void {
  const term = termOf(tx, salon.id);
  if (term?.id !== termId) throw new Error(`Term ${termId} is over`);
  if (recalled) recallCommittee(tx, ctx, term);
  else fillPlaces(tx, ctx, salon.id, false);
}

/** A seat has another holder, or is gone: what it was to the committee ends. */
export function seatChanged(
  tx: Tx,
  ctx: Context,
  { id: salonId }: Pick<Salon, 'id'>,
  seatId: string,
  how: 'handOver' | 'retirement',
): void {
  const pending = pendingElection(tx, salonId);
  if (pending) strikeNominee(tx, ctx, pending, seatId);
  const member = membersOf(tx, salonId).find((one) => one.seatId === seatId);
  if (member) leaveCommittee(tx, ctx, salonId, member, how);
}

/** Who stood, or was elected and waited for the run-off, does so no more. */
function strikeNominee(tx: Tx, ctx: Context, one: Election, seatId: string): void {
  tx.delete(nominee)
    .where(and(eq(nominee.electionId, one.id), eq(nominee.seatId, seatId)))
    .run();
  const without = (ids: readonly string[]) => ids.filter((id) => id !== seatId);
  const so = { tied: without(one.tied), elected: without(one.elected) };
  tx.update(election).set(so).where(eq(election.id, one.id)).run();
  if (one.tied.length > 0 && so.tied.length === 0) {
    finishElection(tx, ctx, one.salonId, { ...one, ...so });
  } else if (one.state === 'ready' && acceptedNominees(tx, one.id).length === 0) {
    lapse(tx, ctx, one);
  }
}
