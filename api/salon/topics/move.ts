import { and, count, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { topic, topicStep } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { voidMotions } from '../committee/voidMotions.ts';
import { SALON } from '../refusals.ts';
import { type TopicEvent, type TopicState, transition } from './rules.ts';

export type Topic = typeof topic.$inferSelect;

export interface Step {
  readonly by: 'proposer' | 'reviewer' | 'host' | 'chair' | 'calendar';
  readonly reason?: string | undefined;
  /** How often it was passed over before (§2: the second time it lapses). */
  readonly passedOver?: number;
  /** What else changes with the step. */
  readonly set?: Partial<Pick<Topic, 'roundId' | 'newInRoundId' | 'sessionId'>>;
}

/**
 * Takes a topic one step further and writes the step down.
 * @returns its new state
 * @throws {Refused} topicState, for a step that §2 does not have
 */
export function moveTopic(
  tx: Tx,
  ctx: Context,
  { id, state: from }: Pick<Topic, 'id' | 'state'>,
  event: TopicEvent,
  { by, reason = '', passedOver = 0, set = {} }: Step,
): TopicState {
  const state = transition(from, event, passedOver);
  if (!state) throw new Refused(SALON.topicState);
  const at = ctx.clock();
  const moved = tx
    .update(topic)
    .set({ ...set, state, updatedAt: at })
    .where(and(eq(topic.id, id), eq(topic.state, from)))
    .returning({ id: topic.id })
    .get();
  if (!moved) throw new Refused(SALON.topicState);
  // Only what is proposed can be declined.
  if (from === 'proposed') voidMotions(tx, ctx, { topicId: id });
  const before = tx
    .select({ steps: count() })
    .from(topicStep)
    .where(eq(topicStep.topicId, id))
    .get();
  const position = (before?.steps ?? 0) + 1;
  tx.insert(topicStep).values({ topicId: id, position, state, by, reason, at }).run();
  return state;
}
