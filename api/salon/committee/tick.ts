import { isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { committeeTerm, election } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { callFullElection, closeNominations, nominationsEnd } from './elections.ts';
import {
  evaluationsHeld,
  membersOf,
  pendingElection,
  STILL_TO_BE_HELD,
  type Term,
  termOf,
} from './find.ts';
import { dueAtSession } from './rules.ts';

/** Salons whose committee has something due; by index, so that the past costs nothing. */
export function committeesDue(reader: Reader, ctx: Context): string[] {
  const closing = reader
    .select()
    .from(election)
    .where(STILL_TO_BE_HELD)
    .all()
    .filter((one) => (nominationsEnd(reader, one) ?? Number.POSITIVE_INFINITY) <= ctx.clock());
  const left = reader
    .select()
    .from(committeeTerm)
    .where(isNull(committeeTerm.endedAt))
    .all()
    .filter((term) => needsFullElection(reader, ctx, term));
  return [...new Set([...closing, ...left].map(({ salonId }) => salonId))];
}

/** §5: when an evaluation is due and fewer than two members are there to be evaluated. */
const needsFullElection = (reader: Reader, ctx: Context, { id, salonId, beganOn }: Term): boolean =>
  dueAtSession({
    day: dayOf(ctx.clock()),
    members: membersOf(reader, salonId).length,
    officeBeganOn: beganOn,
    held: evaluationsHeld(reader, id),
    election: pendingElection(reader, salonId) ?? null,
  }) === 'fullElectionInstead';

/** Takes a salon's committee as far as the clock says; each step asks again whether it is due. */
export function settleCommittee(tx: Tx, ctx: Context, salonId: string): void {
  closeNominations(tx, ctx, salonId);
  const term = termOf(tx, salonId);
  if (term && needsFullElection(tx, ctx, term)) callFullElection(tx, ctx, salonId);
}
