import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { DEMO_TOPICS, type DemoStep, type DemoTopic } from '../../db/demo/months.ts';
import { roundTopic, support, topic, topicStep } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { rank } from '../salon/topics/rules.ts';
import { type DemoRound, roundIn } from './loadRounds.ts';
import { type DemoPlace, required, seatIn } from './place.ts';

/** The demo's topics, as far on their way as their rounds are. */

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;

/** When a step of a topic's way was taken. */
function stepAt(
  { state, round: number }: DemoStep,
  rounds: readonly DemoRound[],
  now: number,
): number {
  const { opensAt, votingAt, closesAt, startsAt } = roundIn(rounds, number);
  const at = {
    proposed: opensAt + 2 * DAY_MS,
    withdrawn: opensAt + 5 * DAY_MS,
    declined: opensAt + 6 * DAY_MS,
    'on-ballot': votingAt,
    'rolled-over': closesAt + DAY_MS,
    lapsed: closesAt + DAY_MS,
    confirmed: closesAt + DAY_MS,
    scheduled: closesAt + DAY_MS,
    discussed: startsAt + 2 * HOUR_MS,
    closed: startsAt + 3 * DAY_MS,
  }[state];
  return Math.min(at, now);
}

export type TopicIds = ReadonlyMap<string, string>;

export function insertTopics(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
): TopicIds {
  const ids = new Map(DEMO_TOPICS.map(({ key }) => [key, newId()]));
  for (const one of DEMO_TOPICS) insertTopic(tx, ctx, place, rounds, one, ids);
  rankRounds(tx, rounds);
  return ids;
}

function insertTopic(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  one: DemoTopic,
  ids: TopicIds,
): void {
  const { steps, votes = {}, supporters = [] } = one;
  const id = required(ids.get(one.key), one.key);
  const first = steps[0];
  const last = steps.at(-1);
  const now = ctx.clock();
  const at = first ? stepAt(first, rounds, now) : now - DAY_MS;
  const onSession = steps.find(({ state }) => state === 'scheduled');
  tx.insert(topic)
    .values({
      id,
      salonId: place.salonId,
      seatId: seatIn(place, one.by).id,
      title: one.title,
      situation: one.situation,
      tried: one.tried ?? '',
      invite: one.invite ?? '',
      cases: one.cases ?? [],
      state: last?.state ?? 'draft',
      roundId: last ? roundIn(rounds, last.round).id : null,
      newInRoundId: first ? roundIn(rounds, first.round).id : null,
      sessionId: onSession ? roundIn(rounds, onSession.round).sessionId : null,
      againOfId: one.againOf ? required(ids.get(one.againOf), one.againOf) : null,
      supports: supporters.length,
      createdAt: at,
      updatedAt: last ? stepAt(last, rounds, now) : at,
    })
    .run();
  steps.forEach(({ state, by, reason = '', ...rest }, index) => {
    const when = stepAt({ state, by, ...rest }, rounds, now);
    tx.insert(topicStep)
      .values({ topicId: id, position: index + 1, state, by, reason, at: when })
      .run();
  });
  for (const login of supporters) {
    tx.insert(support)
      .values({ topicId: id, seatId: seatIn(place, login).id })
      .run();
  }
  for (const { round: number } of steps.filter(({ state }) => state === 'on-ballot')) {
    const end = steps.find(
      ({ state, round: ended }) =>
        ended === number && ['confirmed', 'rolled-over', 'lapsed'].includes(state),
    );
    const outcome = end?.state as 'confirmed' | 'rolled-over' | 'lapsed' | undefined;
    tx.insert(roundTopic)
      .values({
        roundId: roundIn(rounds, number).id,
        topicId: id,
        votes: votes[number] ?? null,
        outcome: outcome ?? null,
        reason: end?.reason ?? '',
      })
      .run();
  }
}

function rankRounds(tx: Tx, rounds: readonly DemoRound[]): void {
  for (const { id } of rounds) {
    const rows = tx.select().from(roundTopic).where(eq(roundTopic.roundId, id)).all();
    const counted = rows.flatMap((row) =>
      row.votes === null ? [] : [{ ...row, votes: row.votes }],
    );
    for (const row of rank(counted)) {
      tx.insert(roundTopic)
        .values(row)
        .onConflictDoUpdate({
          target: [roundTopic.roundId, roundTopic.topicId],
          set: { rank: row.rank },
        })
        .run();
    }
  }
}
