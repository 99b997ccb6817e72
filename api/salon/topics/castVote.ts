import { and, eq, inArray } from 'drizzle-orm';
import { roundTopic, vote } from '../../../db/schema/index.ts';
import { allowIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { touch, write } from '../../core/write.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { seatOf } from '../sessions/find.ts';
import { votersOf } from './advance.ts';
import { requireRound } from './find.ts';

/**
 * Sets a seat's votes to exactly these, in place of those before. Saying the same again changes
 * nothing, so a retry needs no request key: keeping one would keep a digest of the choice beyond
 * the close, and few enough choices can be guessed from their digest. Nor is the choice audited.
 * @param month of the round, or `now`
 * @returns the seat's votes, and how many seats have voted
 * @throws {Refused} notASeat, votingClosed, tooManyVotes, notOnBallot
 */
export function castVote(
  ctx: Context,
  slug: string,
  month: string,
  topics: readonly string[],
): Promise<{ votes: string[]; voters: number }> {
  const unkept = { ...ctx, replayKey: undefined };
  return write(unkept, { name: 'vote.cast', input: null }, (tx) => {
    const salon = allowIn(tx, ctx, 'vote.cast', slug);
    const seat = seatOf(tx, ctx, salon.id);
    if (!seat) throw new Refused(SALON.notASeat);
    const found = requireRound(tx, salon.id, month);
    const now = ctx.clock();
    // The clock decides, even where the round has not been told of it yet.
    if (found.state !== 'voting' || now >= found.closesAt) throw new Refused(SALON.votingClosed);
    const { votesPerSeat } = settingsOf(decidedSettings(salon));
    if (topics.length > votesPerSeat) throw new Refused(SALON.tooManyVotes);
    const roundId = found.id;
    const onBallot = tx
      .select({ id: roundTopic.topicId })
      .from(roundTopic)
      .where(and(eq(roundTopic.roundId, roundId), inArray(roundTopic.topicId, [...topics])))
      .all();
    if (onBallot.length !== topics.length) throw new Refused(SALON.notOnBallot);
    tx.delete(vote)
      .where(and(eq(vote.roundId, roundId), eq(vote.seatId, seat.id)))
      .run();
    if (topics.length > 0) {
      tx.insert(vote)
        .values(topics.map((topicId) => ({ roundId, seatId: seat.id, topicId })))
        .run();
    }
    touch(tx, salon.id);
    return { votes: [...topics], voters: votersOf(tx, roundId) };
  });
}
