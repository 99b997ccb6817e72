import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tx } from '../../../db/client.ts';
import { ballotRoll, seat } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { touch, write } from '../../core/write.ts';
import { SALON } from '../refusals.ts';
import { isPresent } from '../sessions/attendance.ts';
import type { handInput } from './contract.ts';
import {
  allowOnBallot,
  type Ballot,
  type BallotPlace,
  onRoll,
  presideOver,
  requireSeat,
  requireTaking,
} from './find.ts';

interface Mine {
  readonly found: Ballot;
  readonly seatId: string;
}

/** @throws {Refused} as `allow`, notFound, notASeat, ballotState */
function ownPlace(tx: Tx, ctx: Context, place: BallotPlace): Mine {
  const { salon, found } = allowOnBallot(tx, ctx, 'ballot.take', place);
  const seatId = requireSeat(tx, ctx, salon.id);
  requireTaking(found);
  return { found, seatId };
}

/** Its signing may be under way: that counts as taken. @throws {Refused} ballotTaken */
function requireNotTaken({ ballots }: Context, { found, seatId }: Mine): void {
  if (ballots.isTaker(found.id, seatId)) throw new Refused(SALON.ballotTaken);
}

/** @throws {Refused} notCheckedIn */
function requirePresent(reader: Reader, { sessionId }: Ballot, seatId: string): void {
  if (!isPresent(reader, sessionId, seatId)) throw new Refused(SALON.notCheckedIn);
}

/**
 * 表决签到 of one's own seat. Twice is once; after declining it takes that back.
 * @throws {Refused} as `ownPlace`, notCheckedIn
 */
export async function signInToBallot(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.signIn', input: place }, (tx) => {
    const { found, seatId } = ownPlace(tx, ctx, place);
    requirePresent(tx, found, seatId);
    const { ballotId, seatId: party } = ballotRoll;
    tx.insert(ballotRoll)
      .values({ ballotId: found.id, seatId })
      .onConflictDoUpdate({ target: [ballotId, party], set: { declined: false } })
      .run();
    touch(tx, found.salonId);
  });
}

/** @throws {Refused} as `ownPlace`, ballotTaken */
export async function undoSignIn(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.undoSignIn', input: place }, (tx) => {
    const mine = ownPlace(tx, ctx, place);
    requireNotTaken(ctx, mine);
    tx.delete(ballotRoll).where(isRow(mine)).run();
    touch(tx, mine.found.salonId);
  });
}

/** 不领票: attends, and nobody waits for it. @throws {Refused} as `ownPlace`, ballotTaken, notOnRoll */
export async function declineBallot(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.decline', input: place }, (tx) => {
    const mine = ownPlace(tx, ctx, place);
    requireNotTaken(ctx, mine);
    const done = tx.update(ballotRoll).set({ declined: true }).where(isRow(mine)).run();
    if (done.changes === 0) throw new Refused(SALON.notOnRoll);
    touch(tx, mine.found.salonId);
  });
}

const isRow = ({ found, seatId }: Mine) =>
  and(eq(ballotRoll.ballotId, found.id), eq(ballotRoll.seatId, seatId));

/**
 * 代签, with a reason, for someone whose phone does not do it; they take their ballot themselves.
 * @throws {Refused} as `allow`, notFound, ballotState, notCheckedIn
 */
export async function signInForSeat(
  ctx: Context,
  place: BallotPlace,
  { seatId, reason }: z.infer<typeof handInput>,
): Promise<void> {
  await write(ctx, { name: 'ballot.handSignIn', input: [place, seatId, reason] }, (tx) => {
    const { salon, found } = presideOver(tx, ctx, place);
    requireTaking(found);
    const active = tx
      .select({ id: seat.id })
      .from(seat)
      .where(and(eq(seat.id, seatId), eq(seat.salonId, salon.id), isNull(seat.retiredOn)))
      .get();
    if (!active) throw new Refused(CORE.notFound);
    requirePresent(tx, found, seatId);
    if (onRoll(tx, found.id, seatId)) return;
    tx.insert(ballotRoll).values({ ballotId: found.id, seatId, byHand: true, reason }).run();
    const detail = { ballot: found.id };
    record(tx, ctx, { action: 'ballot.handSignIn', salonId: salon.id, subject: seatId, detail });
  });
}
