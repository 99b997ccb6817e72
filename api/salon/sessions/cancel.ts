import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { round, roundTopic, session, topic, vote } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, followersOf, guestsOf } from '../audience.ts';
import { voidMotions } from '../committee/voidMotions.ts';
import { settleRotation } from '../rotation/settle.ts';
import { setOutcome } from '../topics/decide.ts';
import { type Round, timesPassedOver } from '../topics/find.ts';
import { moveTopic, type Topic } from '../topics/move.ts';
import { allowInSession, type Numbered, type Place, requireState } from './find.ts';

const CANCELLED = '会议取消';

/**
 * Cancels a session that has not begun: its number is free again, its month was not chaired, and
 * what was to be spoken about waits for another. @throws {Refused} sessionState
 */
export async function cancelSession(ctx: Context, place: Place, reason: string): Promise<void> {
  await write(ctx, { name: 'session.cancel', input: [place, reason] }, (tx) => {
    const { salon, session: found } = allowInSession(tx, ctx, 'session.convene', place);
    requireState(found, 'planned');
    const { id, salonId, month, number } = found;
    unscheduleTopics(tx, ctx, found);
    endRound(tx, ctx, found);
    tx.update(session)
      .set({ state: 'cancelled', number: null, cancelReason: reason, updatedAt: ctx.clock() })
      .where(eq(session.id, id))
      .run();
    settleRotation(tx, ctx, salon);
    const detail = { number, month };
    record(tx, ctx, { action: 'session.cancel', salonId, subject: id, detail });
    const to = [...everyone(tx, salonId), ...guestsOf(tx, id)];
    notify(tx, ctx, { salonId, kind: 'session.cancelled', data: { number, reason }, to });
  });
}

function unscheduleTopics(tx: Tx, ctx: Context, { id, salonId }: Numbered): void {
  const scheduled = tx
    .select()
    .from(topic)
    .where(and(eq(topic.sessionId, id), eq(topic.state, 'scheduled')))
    .all();
  for (const one of scheduled) {
    const step = { by: 'host', reason: CANCELLED, set: { sessionId: null } } as const;
    moveTopic(tx, ctx, one, 'sessionCancelled', step);
    const data = { topic: one.id, title: one.title };
    const to = followersOf(tx, one.id);
    notify(tx, ctx, { salonId, kind: 'topic.backToConfirmed', data, to });
  }
}

/**
 * Ends the session's round without choosing: what is on its ballot was passed over, what is only
 * proposed waits for the next round.
 */
function endRound(tx: Tx, ctx: Context, { id: sessionId }: Numbered): void {
  const found = tx.select().from(round).where(eq(round.sessionId, sessionId)).get();
  if (!found || found.state === 'decided') return;
  const topics = tx.select().from(topic).where(eq(topic.roundId, found.id)).all();
  const onBallot = topics.filter(({ state }) => state === 'on-ballot');
  const passedOver = timesPassedOver(
    tx,
    onBallot.map(({ id }) => id),
  );
  for (const one of onBallot) passOver(tx, ctx, found, one, passedOver.get(one.id) ?? 0);
  tx.update(topic)
    .set({ roundId: null })
    .where(and(eq(topic.roundId, found.id), eq(topic.state, 'proposed')))
    .run();
  tx.delete(vote).where(eq(vote.roundId, found.id)).run();
  tx.update(round)
    .set({ state: 'decided', decidedAt: ctx.clock(), decisionNote: CANCELLED })
    .where(eq(round.id, found.id))
    .run();
  voidMotions(tx, ctx, { roundId: found.id });
}

function passOver(tx: Tx, ctx: Context, found: Round, one: Topic, passedOver: number): void {
  const [reason, set] = [CANCELLED, { roundId: null }];
  const state = moveTopic(tx, ctx, one, 'passOver', { by: 'calendar', reason, passedOver, set });
  // One that rolled over stands on the ballot before its vote begins, and has no row there yet.
  tx.insert(roundTopic).values({ roundId: found.id, topicId: one.id }).onConflictDoNothing().run();
  setOutcome(tx, ctx, found, one, state, reason);
}
