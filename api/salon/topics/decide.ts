import { and, eq, max } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { agendaItem, round, roundTopic, session, topic } from '../../../db/schema/index.ts';
import { allow, findSalon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, followersOf } from '../audience.ts';
import { relationsToCommittee } from '../committee/find.ts';
import { voidMotions } from '../committee/voidMotions.ts';
import { SALON } from '../refusals.ts';
import { requireSession } from '../sessions/find.ts';
import type { decisionInput } from './contract.ts';
import { allowOnTopic, type Round, requireRound, timesPassedOver } from './find.ts';
import { moveTopic, type Topic } from './move.ts';
import { judge, type TopicState } from './rules.ts';

/** What a topic takes on the agenda unless the chair sets another time. Minutes. */
const TOPIC_MINUTES = 40;

type Input = z.infer<typeof decisionInput>;

/**
 * The host's decision on a round, while no committee takes it.
 * @throws {Refused} as `settleRound`
 */
export async function decideRound(
  ctx: Context,
  slug: string,
  month: string,
  input: Input,
): Promise<void> {
  await write(ctx, { name: 'round.decide', input: [slug, month, input] }, (tx) => {
    const salon = findSalon(tx, slug);
    allow(tx, ctx, 'topic.review', salon, relationsToCommittee(tx, ctx, salon));
    settleRound(tx, ctx, requireRound(tx, salon.id, month), input, 'host');
  });
}

/**
 * The topics on a round's ballot, if the reviewer may choose so among them.
 * @throws {Refused} notInReview, notOnBallot, decisionReason
 */
export function requireDecidable(tx: Tx, found: Round, { confirm, note }: Input): Topic[] {
  if (found.state !== 'review') throw new Refused(SALON.notInReview);
  const ballot = tx
    .select({ rank: roundTopic.rank, topic })
    .from(roundTopic)
    .innerJoin(topic, eq(topic.id, roundTopic.topicId))
    .where(eq(roundTopic.roundId, found.id))
    .all();
  const ranked = ballot.map(({ rank, topic: { id } }) => ({ id, rank: rank ?? 0 }));
  const verdict = judge(ranked, confirm, note);
  if (verdict === 'notOnBallot') throw new Refused(SALON.notOnBallot);
  if (verdict === 'reasonNeeded') {
    const errors = [{ path: '/note', message: SALON.decisionReason.detail }];
    throw new Refused(SALON.decisionReason, { errors });
  }
  return ballot.map((one) => one.topic);
}

/**
 * The reviewer's decision, whoever that is: some topics are confirmed and put on the round's session,
 * the others roll over or lapse, and each may carry a public reason.
 * @throws {Refused} as `requireDecidable`
 */
export function settleRound(
  tx: Tx,
  ctx: Context,
  found: Round,
  input: Input,
  decidedBy: NonNullable<Round['decidedBy']>,
): void {
  const topics = requireDecidable(tx, found, input);
  const { id: roundId, salonId, month } = found;
  settleTopics(tx, ctx, found, topics, input);
  tx.update(round)
    .set({ state: 'decided', decidedAt: ctx.clock(), decisionNote: input.note, decidedBy })
    .where(eq(round.id, roundId))
    .run();
  voidMotions(tx, ctx, { roundId });
  const confirmed = topics.filter(({ id }) => input.confirm.includes(id));
  const detail = { month, confirmed: confirmed.length, reviewer: decidedBy };
  record(tx, ctx, { action: 'round.decide', salonId, subject: roundId, detail });
  const data = { month, titles: confirmed.map(({ title }) => title) };
  notify(tx, ctx, { salonId, kind: 'round.decided', data, to: everyone(tx, salonId) });
}

function settleTopics(
  tx: Tx,
  ctx: Context,
  found: Round,
  topics: readonly Topic[],
  { confirm, note, reasons }: Input,
): void {
  const passedOver = timesPassedOver(
    tx,
    topics.map(({ id }) => id),
  );
  const planned = tx
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.id, found.sessionId), eq(session.state, 'planned')))
    .get();
  for (const one of topics) {
    const chosen = confirm.includes(one.id);
    const reason = reasons[one.id] ?? (chosen ? note : '');
    const event = chosen ? ('confirm' as const) : ('passOver' as const);
    const step = { by: 'reviewer' as const, reason, passedOver: passedOver.get(one.id) ?? 0 };
    const state = moveTopic(tx, ctx, one, event, step);
    setOutcome(tx, ctx, found, one, state, reason);
    if (chosen && planned) putOnSession(tx, ctx, { ...one, state }, planned.id, 'reviewer');
  }
}

const TOLD = {
  confirmed: 'topic.confirmed',
  'rolled-over': 'topic.rolledOver',
  lapsed: 'topic.lapsed',
} as const;

/** Writes how the round ended for a topic, and tells its proposer and supporters. */
export function setOutcome(
  tx: Tx,
  ctx: Context,
  { id: roundId, salonId }: Pick<Round, 'id' | 'salonId'>,
  { id: topicId, title }: Pick<Topic, 'id' | 'title'>,
  state: TopicState,
  reason: string,
): void {
  if (state !== 'confirmed' && state !== 'rolled-over' && state !== 'lapsed') return;
  tx.update(roundTopic)
    .set({ outcome: state, reason })
    .where(and(eq(roundTopic.roundId, roundId), eq(roundTopic.topicId, topicId)))
    .run();
  const data = { topic: topicId, title, reason };
  notify(tx, ctx, { salonId, kind: TOLD[state], data, to: followersOf(tx, topicId) });
}

/** confirmed → scheduled, with a place on the session's agenda. */
function putOnSession(
  tx: Tx,
  ctx: Context,
  one: Pick<Topic, 'id' | 'state' | 'title'>,
  sessionId: string,
  by: 'reviewer' | 'host',
): TopicState {
  const state = moveTopic(tx, ctx, one, 'schedule', { by, set: { sessionId } });
  const last = tx
    .select({ position: max(agendaItem.position) })
    .from(agendaItem)
    .where(eq(agendaItem.sessionId, sessionId))
    .get();
  tx.insert(agendaItem)
    .values({
      id: newId(),
      sessionId,
      position: (last?.position ?? 0) + 1,
      title: one.title,
      minutes: TOPIC_MINUTES,
      topicId: one.id,
    })
    .run();
  return state;
}

/** Puts a confirmed topic, whose own session was cancelled, on another. @throws {Refused} topicState, sessionState */
export function scheduleTopic(
  ctx: Context,
  slug: string,
  topicId: string,
  number: number,
): Promise<{ id: string; state: TopicState }> {
  return write(ctx, { name: 'topic.schedule', input: [slug, topicId, number] }, (tx) => {
    const { salon, topic: found } = allowOnTopic(tx, ctx, 'topic.schedule', slug, topicId);
    const { id: sessionId, state: held } = requireSession(tx, salon.id, number);
    if (held !== 'planned') throw new Refused(SALON.sessionState);
    const state = putOnSession(tx, ctx, found, sessionId, 'host');
    record(tx, ctx, { action: 'topic.schedule', salonId: salon.id, subject: topicId });
    return { id: topicId, state };
  });
}
