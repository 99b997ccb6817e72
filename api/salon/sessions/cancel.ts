import { and, count, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { round, roundTopic, session, topic, turn, vote } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, followersOf, guestsOf } from '../audience.ts';
import { moveTopic, type Topic } from '../topics/move.ts';
import { allowInSession, type Numbered, type Place, requireState } from './find.ts';

const CANCELLED = '会议取消';

/**
 * Cancels a session that has not begun: its number is free again, its month was not chaired, and
 * what was to be spoken about waits for another. @throws {Refused} sessionState
 */
export async function cancelSession(ctx: Context, place: Place, reason: string): Promise<void> {
  await write(ctx, { name: 'session.cancel', input: [place, reason] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'session.convene', place);
    requireState(found, 'planned');
    const { id, salonId, month, number } = found;
    unscheduleTopics(tx, ctx, found);
    endRound(tx, ctx, found);
    tx.delete(turn)
      .where(and(eq(turn.salonId, salonId), eq(turn.month, month)))
      .run();
    tx.update(session)
      .set({ state: 'cancelled', number: null, cancelReason: reason, updatedAt: ctx.clock() })
      .where(eq(session.id, id))
      .run();
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
  for (const one of topics) {
    if (one.state === 'on-ballot') passOver(tx, ctx, found.id, one);
    if (one.state === 'proposed') {
      tx.update(topic).set({ roundId: null }).where(eq(topic.id, one.id)).run();
    }
  }
  tx.delete(vote).where(eq(vote.roundId, found.id)).run();
  tx.update(round)
    .set({ state: 'decided', decidedAt: ctx.clock(), decisionNote: CANCELLED })
    .where(eq(round.id, found.id))
    .run();
}

function passOver(tx: Tx, ctx: Context, roundId: string, one: Topic): void {
  const before = tx
    .select({ times: count() })
    .from(roundTopic)
    .where(and(eq(roundTopic.topicId, one.id), eq(roundTopic.outcome, 'rolled-over')))
    .get();
  const reason = CANCELLED;
  const passedOver = before?.times ?? 0;
  const set = { roundId: null };
  const state = moveTopic(tx, ctx, one, 'passOver', { by: 'calendar', reason, passedOver, set });
  const outcome = state === 'lapsed' ? state : 'rolled-over';
  tx.insert(roundTopic)
    .values({ roundId, topicId: one.id, outcome, reason })
    .onConflictDoUpdate({
      target: [roundTopic.roundId, roundTopic.topicId],
      set: { outcome, reason },
    })
    .run();
  const kind = outcome === 'lapsed' ? 'topic.lapsed' : 'topic.rolledOver';
  const data = { topic: one.id, title: one.title, reason };
  notify(tx, ctx, { salonId: one.salonId, kind, data, to: followersOf(tx, one.id) });
}
