import type { z } from 'zod';
import { BALLOT } from '../../ballot/refusals.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';
import type { takeInput, taken } from './contract.ts';
import { allowOnBallot, type BallotPlace, onRoll, requireSeat } from './find.ts';

/**
 * 领票: signs what the browser blinded, of both papers, for a seat that is signed in. The box alone
 * remembers it: no row, no key of the request, no time is kept beside it. Who may take is asked and
 * the box told in one go, so that no undoing of the sign-in comes between.
 * @throws {Refused} as `allow`, notFound, notASeat, notOnRoll, ballotDeclined, and as the box
 */
export async function takeBallot(
  ctx: Context,
  place: BallotPlace,
  { blinded, second }: z.infer<typeof takeInput>,
): Promise<z.infer<typeof taken>> {
  const reader = ctx.db.orm;
  const { salon, found } = allowOnBallot(reader, ctx, 'ballot.take', place);
  const seatId = requireSeat(reader, ctx, salon.id);
  if (found.state === 'void' || found.state === 'decided') throw new Refused(BALLOT.notTaking);
  const row = onRoll(reader, found.id, seatId);
  if (!row) throw new Refused(SALON.notOnRoll);
  if (row.declined) throw new Refused(SALON.ballotDeclined);
  const { id, secondId, fingerprint } = found;
  // After the closing only an answer that was lost is given again.
  const isLate = found.state === 'casting' && !ctx.ballots.isTaker(id, seatId);
  if (isLate) throw new Refused(BALLOT.notTaking);
  if ((secondId === null) !== (second === undefined)) throw new Refused(BALLOT.badBlinded);
  const [blindSignature, ofSecond] = await Promise.all([
    ctx.ballots.take(id, seatId, blinded),
    secondId && second ? ctx.ballots.take(secondId, seatId, second).catch(nullIfOver) : null,
  ]);
  ctx.live.changed(salon.id);
  const other = secondId && ofSecond ? { ballot: secondId, blindSignature: ofSecond } : null;
  return { ballot: id, fingerprint, blindSignature, second: other };
}

/** A stop of the server may have come between the two signings, and then the closing. */
function nullIfOver(error: unknown): null {
  if (error instanceof Refused && error.refusal === BALLOT.notTaking) return null;
  throw error;
}
