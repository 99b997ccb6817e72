import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { committeeMember, committeeTerm } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { newId } from '../../core/id.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, holdersOf } from '../audience.ts';
import { callAgain, callElection, dropByElection, fillPlaces, moveElection } from './elections.ts';
import { type Election, type Member, membersOf, type Term, termOf } from './find.ts';
import { voidMotions } from './voidMotions.ts';

/** How committees and their members come into office and leave it (salon-rules §4–5). */

type Ending = NonNullable<Term['endedBy']>;
type Leaving = 'resignation' | 'handOver' | 'retirement';

/** The election is over: who is elected takes office, and what is left free is voted on again. */
export function finishElection(tx: Tx, ctx: Context, salonId: string, one: Election): void {
  moveElection(tx, ctx, one, 'decide');
  if (one.elected.length > 0) takeOffice(tx, ctx, salonId, one);
  else callAgain(tx, ctx, one);
  const chosen = membersOf(tx, salonId).filter(({ seatId }) => one.elected.includes(seatId));
  const data = { communities: chosen.map(({ community }) => community) };
  const told = holdersOf(tx, one.elected);
  const others = everyone(tx, salonId).filter((person) => !told.includes(person));
  notify(tx, ctx, { salonId, kind: 'election.decided', data, to: others });
  notify(tx, ctx, { salonId, kind: 'committee.tookOffice', data, to: told });
  if (one.elected.length > 0) fillPlaces(tx, ctx, salonId);
}

/** A by-election adds to the committee in office; any other election makes a new one. */
function takeOffice(tx: Tx, ctx: Context, salonId: string, one: Election): void {
  const running = termOf(tx, salonId);
  const beganAt = ctx.clock();
  if (running && one.kind !== 'by') endTerm(tx, ctx, running, 'succession');
  const kept = one.kind === 'by' ? running : undefined;
  const termId = kept?.id ?? newId();
  const links = { electionId: one.id, beganAt };
  if (!kept) {
    const beganOn = dayOf(beganAt);
    tx.insert(committeeTerm)
      .values({ id: termId, salonId, ...links, beganOn })
      .run();
  }
  for (const seatId of one.elected) {
    tx.insert(committeeMember)
      .values({ id: newId(), termId, seatId, ...links })
      .run();
  }
  const detail = { election: one.kind, members: one.elected.length };
  record(tx, ctx, { action: 'committee.begin', salonId, subject: termId, detail });
}

function endTerm(tx: Tx, ctx: Context, { id, beganAt }: Term, endedBy: Ending): void {
  // A clock that was set back must not end an office before it began.
  const endedAt = Math.max(ctx.clock(), beganAt);
  tx.update(committeeTerm).set({ endedAt, endedBy }).where(eq(committeeTerm.id, id)).run();
  tx.update(committeeMember)
    .set({ endedAt, endedBy })
    .where(and(eq(committeeMember.termId, id), isNull(committeeMember.endedAt)))
    .run();
  voidMotions(tx, ctx, { termId: id });
}

/** §5: its powers end, and the election of another is called; the host reviews meanwhile. */
export function recallCommittee(tx: Tx, ctx: Context, term: Term): void {
  const { id, salonId } = term;
  endTerm(tx, ctx, term, 'recall');
  record(tx, ctx, { action: 'committee.recall', salonId, subject: id });
  dropByElection(tx, ctx, salonId);
  callElection(tx, ctx, salonId, 'again');
  notify(tx, ctx, { salonId, kind: 'committee.recalled', data: {}, to: everyone(tx, salonId) });
}

/** A place is lost; the motions that stood on it fall. */
export function leaveCommittee(
  tx: Tx,
  ctx: Context,
  salonId: string,
  { id, seatId, community }: Member,
  how: Leaving,
): void {
  tx.update(committeeMember)
    .set({ endedAt: ctx.clock(), endedBy: how })
    .where(eq(committeeMember.id, id))
    .run();
  const detail = { ending: how };
  record(tx, ctx, { action: 'committee.leave', salonId, subject: seatId, detail });
  voidMotions(tx, ctx, { memberSeatId: seatId });
  const left = membersOf(tx, salonId).length;
  const term = termOf(tx, salonId);
  // The host reviews from now on.
  if (left < 2 && term) voidMotions(tx, ctx, { termId: term.id });
  const data = { community, how, left };
  notify(tx, ctx, { salonId, kind: 'member.left', data, to: everyone(tx, salonId) });
  fillPlaces(tx, ctx, salonId);
}
