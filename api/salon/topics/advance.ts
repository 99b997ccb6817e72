import { and, count, countDistinct, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { round, roundTopic, salon, seat, session, topic, vote } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, hosts, secretaries } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { decidedSettings } from '../salons.ts';
import { moveTopic } from './move.ts';
import {
  type Calendar,
  closesAfterLateStart,
  dueIn,
  type RoundTimes,
  rank,
  timesFrom,
} from './rules.ts';

type Round = typeof round.$inferSelect;

/**
 * Takes a round as far as the clock says: opens it, opens its vote, closes it. Each step is taken
 * once, whoever asks and however late.
 */
export function advance(tx: Tx, ctx: Context, roundId: string): void {
  for (;;) {
    const found = tx.select().from(round).where(eq(round.id, roundId)).get();
    const due = found && dueIn(found, ctx.clock());
    if (!found || !due) return;
    if (due === 'open') open(tx, ctx, found);
    if (due === 'startVote') startVote(tx, ctx, found);
    if (due === 'close') close(tx, ctx, found);
  }
}

function enter(
  tx: Tx,
  ctx: Context,
  found: Round,
  action: `round.${Round['state']}`,
  set: Partial<Round>,
): void {
  tx.update(round).set(set).where(eq(round.id, found.id)).run();
  const detail = { month: found.month };
  record(tx, ctx, { action, salonId: found.salonId, subject: found.id, detail });
}

/** Topics that rolled over stand on its ballot from the beginning; waiting proposals join it. */
function open(tx: Tx, ctx: Context, found: Round): void {
  const { id: roundId, salonId, month } = found;
  const { votingAt, closesAt } = lateTimes(tx, ctx, found);
  enter(tx, ctx, found, 'round.proposing', { state: 'proposing', votingAt, closesAt });
  const rolled = tx
    .select()
    .from(topic)
    .where(and(eq(topic.salonId, salonId), eq(topic.state, 'rolled-over')))
    .all();
  for (const one of rolled) {
    moveTopic(tx, ctx, one, 'roundOpens', { by: 'calendar', set: { roundId } });
  }
  tx.update(topic)
    .set({ roundId })
    .where(and(eq(topic.salonId, salonId), eq(topic.state, 'proposed'), isNull(topic.roundId)))
    .run();
  const data = { month, until: dayOf(votingAt) };
  notify(tx, ctx, { salonId, kind: 'round.opened', data, to: everyone(tx, salonId) });
}

function startVote(tx: Tx, ctx: Context, found: Round): void {
  const { id: roundId, salonId, month } = found;
  const topics = tx.select().from(topic).where(eq(topic.roundId, roundId)).all();
  for (const one of topics.filter(({ state }) => state === 'proposed')) {
    moveTopic(tx, ctx, one, 'voteOpens', { by: 'calendar' });
  }
  const ballot = topics.filter(({ state }) => state === 'proposed' || state === 'on-ballot');
  if (ballot.length === 0) {
    enter(tx, ctx, found, 'round.decided', {
      state: 'decided',
      decidedAt: ctx.clock(),
      seats: 0,
      voters: 0,
    });
    notify(tx, ctx, { salonId, kind: 'round.empty', data: { month }, to: everyone(tx, salonId) });
    return;
  }
  for (const { id: topicId } of ballot) tx.insert(roundTopic).values({ roundId, topicId }).run();
  const closesAt = lateClose(tx, ctx, found);
  enter(tx, ctx, found, 'round.voting', { state: 'voting', closesAt });
  const data = { month, until: dayOf(closesAt) };
  notify(tx, ctx, { salonId, kind: 'round.voting', data, to: everyone(tx, salonId) });
}

/** An hour late is on time; more than that was a stop of the server, and nobody shall lose by it. */
const LATE_MS = 3600_000;

/** What is left until the session is shared out anew, if there is enough of it. */
function lateTimes(tx: Tx, ctx: Context, found: Round): RoundTimes {
  const now = ctx.clock();
  if (now < found.opensAt + LATE_MS) return found;
  const { startsAt, calendar } = calendarOf(tx, found);
  return timesFrom(now, startsAt, calendar) ?? found;
}

function lateClose(tx: Tx, ctx: Context, found: Round): number {
  const now = ctx.clock();
  if (now < found.votingAt + LATE_MS) return found.closesAt;
  const { startsAt, calendar } = calendarOf(tx, found);
  return closesAfterLateStart(found, now, startsAt, calendar);
}

function calendarOf(tx: Tx, found: Round): { startsAt: number; calendar: Calendar } {
  const about = tx
    .select({ startsAt: session.startsAt, settings: salon.settings })
    .from(session)
    .innerJoin(salon, eq(salon.id, session.salonId))
    .where(eq(session.id, found.sessionId))
    .get();
  if (!about) throw new Error(`Round ${found.id} has no session`);
  return { startsAt: about.startsAt, calendar: settingsOf(decidedSettings(about)) };
}

/** §2: the totals are stored and the choices deleted in this one transaction. */
function close(tx: Tx, ctx: Context, found: Round): void {
  const { id: roundId, salonId, month } = found;
  const totals = tx
    .select({ topicId: roundTopic.topicId, votes: count(vote.seatId) })
    .from(roundTopic)
    .leftJoin(vote, and(eq(vote.roundId, roundTopic.roundId), eq(vote.topicId, roundTopic.topicId)))
    .where(eq(roundTopic.roundId, roundId))
    .groupBy(roundTopic.topicId)
    .all();
  for (const { topicId, votes, rank: place } of rank(totals)) {
    tx.update(roundTopic)
      .set({ votes, rank: place })
      .where(and(eq(roundTopic.roundId, roundId), eq(roundTopic.topicId, topicId)))
      .run();
  }
  const voters = votersOf(tx, roundId);
  tx.delete(vote).where(eq(vote.roundId, roundId)).run();
  enter(tx, ctx, found, 'round.review', {
    state: 'review',
    voters,
    seats: activeSeats(tx, salonId),
  });
  const toSecretaries = secretaries(tx, salonId);
  notify(tx, ctx, { salonId, kind: 'round.closed', data: { month }, to: toSecretaries });
  notify(tx, ctx, { salonId, kind: 'round.review', data: { month }, to: hosts(tx, salonId) });
}

/** How many seats have voted; never for what. */
export const votersOf = (reader: Pick<Tx, 'select'>, roundId: string): number =>
  reader
    .select({ voters: countDistinct(vote.seatId) })
    .from(vote)
    .where(eq(vote.roundId, roundId))
    .get()?.voters ?? 0;

export const activeSeats = (reader: Pick<Tx, 'select'>, salonId: string): number =>
  reader
    .select({ seats: count() })
    .from(seat)
    .where(and(eq(seat.salonId, salonId), isNull(seat.retiredOn)))
    .get()?.seats ?? 0;
