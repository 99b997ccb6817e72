import { and, asc, desc, eq, inArray, lt, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import {
  actionItem,
  round,
  roundTopic,
  seat,
  session,
  support,
  topic,
  topicStep,
} from '../../../db/schema/index.ts';
import { may, type Standing } from '../../access/rules.ts';
import { allowIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { cutPage, type pageQuery, readCursor } from '../../core/page.ts';
import { reviewerOf } from '../committee/find.ts';
import { motionsOn, type Signer, signerOf } from '../committee/readMotions.ts';
import { seatOf } from '../sessions/find.ts';
import type { topicList, topicPage, topicQuery } from './contract.ts';
import { allowOnTopic, communityOf, everProposed, timesPassedOver } from './find.ts';
import type { Topic } from './move.ts';
import { isSupportable, STATES_OF, transition } from './rules.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

/** A topic with its whole way so far, and what came of it. */
export function readTopic(ctx: Context, slug: string, topicId: string): z.infer<typeof topicPage> {
  const reader = ctx.db.orm;
  const allowed = allowOnTopic(reader, ctx, 'round.read', slug, topicId);
  const { salon, topic: one, seat: mine, standings } = allowed;
  const signer = signerOf(standings, mine, reviewerOf(reader, salon).by);
  const rounds = roundsOf(reader, topicId);
  const last = rounds.at(-1);
  const isMine = one.seatId === mine;
  return {
    id: one.id,
    title: one.title,
    proposer: communityOf(reader, one.seatId),
    mine: isMine,
    state: one.state,
    supports: one.supports,
    supported: mine !== undefined && isSupportedBy(reader, topicId, mine),
    votes: last?.votes ?? null,
    rank: last?.rank ?? null,
    outcome: last?.outcome ?? null,
    reason: last?.reason ?? '',
    second: (timesPassedOver(reader, [topicId]).get(topicId) ?? 0) > 0,
    situation: one.situation,
    tried: one.tried,
    invite: one.invite,
    cases: [...one.cases],
    createdAt: iso(one.createdAt),
    month: monthOfRound(reader, one.roundId),
    session: sessionOf(reader, one.sessionId),
    againOf: topicNamed(reader, one.againOfId),
    steps: stepsOf(reader, topicId),
    rounds: rounds.filter(({ outcome }) => outcome !== null),
    motions: motionsOn(reader, { topicId }, signer),
    actions: actionsOf(reader, one.sessionId),
    may: powers(one, isMine, mine !== undefined, standings, signer),
  };
}

function powers(
  { state }: Topic,
  isMine: boolean,
  hasSeat: boolean,
  standings: ReadonlySet<Standing>,
  signer: Signer,
): z.infer<typeof topicPage>['may'] {
  return {
    edit: isMine && state === 'draft',
    propose: isMine && state === 'draft',
    withdraw: isMine && transition(state, 'withdraw') !== undefined,
    support: hasSeat && isSupportable(state),
    decline: may(standings, 'topic.review') && state === 'proposed',
    move: signer.decides && signer.seatId !== undefined && state === 'proposed',
    again: hasSeat && state === 'lapsed',
    schedule: may(standings, 'topic.schedule') && state === 'confirmed',
  };
}

const roundsOf = (reader: Reader, topicId: string) =>
  reader
    .select({
      month: round.month,
      votes: roundTopic.votes,
      rank: roundTopic.rank,
      outcome: roundTopic.outcome,
      reason: roundTopic.reason,
    })
    .from(roundTopic)
    .innerJoin(round, eq(round.id, roundTopic.roundId))
    .where(eq(roundTopic.topicId, topicId))
    .orderBy(asc(round.month))
    .all();

const isSupportedBy = (reader: Reader, topicId: string, seatId: string): boolean =>
  reader
    .select()
    .from(support)
    .where(and(eq(support.topicId, topicId), eq(support.seatId, seatId)))
    .get() !== undefined;

const monthOfRound = (reader: Reader, roundId: string | null): string | null =>
  roundId === null
    ? null
    : (reader.select().from(round).where(eq(round.id, roundId)).get()?.month ?? null);

function sessionOf(reader: Reader, sessionId: string | null) {
  if (sessionId === null) return null;
  const found = reader.select().from(session).where(eq(session.id, sessionId)).get();
  return found ? { number: found.number, startsAt: iso(found.startsAt), state: found.state } : null;
}

function topicNamed(reader: Reader, topicId: string | null) {
  if (topicId === null) return null;
  const named = { id: topic.id, title: topic.title };
  return reader.select(named).from(topic).where(eq(topic.id, topicId)).get() ?? null;
}

const stepsOf = (reader: Reader, topicId: string) =>
  reader
    .select()
    .from(topicStep)
    .where(eq(topicStep.topicId, topicId))
    .orderBy(asc(topicStep.position))
    .all()
    .map(({ state, by, reason, at }) => ({ state, by, reason, at: iso(at) }));

const actionsOf = (reader: Reader, sessionId: string | null) =>
  sessionId === null
    ? []
    : reader
        .select({
          id: actionItem.id,
          what: actionItem.what,
          unit: actionItem.unit,
          state: actionItem.state,
        })
        .from(actionItem)
        .where(and(eq(actionItem.sessionId, sessionId), eq(actionItem.published, true)))
        .orderBy(asc(actionItem.position))
        .all();

/** All topics of the salon that were ever proposed, or those of my seat; newest first. */
export function listTopics(
  ctx: Context,
  slug: string,
  { of, stage, limit, cursor }: z.infer<typeof topicQuery> & z.infer<typeof pageQuery>,
): z.infer<typeof topicList> {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'round.read', slug);
  const mine = seatOf(reader, ctx, salonId)?.id ?? '';
  const from = readCursor(cursor);
  const whose =
    of === 'mine'
      ? eq(topic.seatId, mine)
      : and(eq(topic.salonId, salonId), or(everProposed(), eq(topic.seatId, mine)));
  const inStage = stage && inArray(topic.state, [...STATES_OF[stage]]);
  const older =
    from &&
    or(
      lt(topic.createdAt, from.after),
      and(eq(topic.createdAt, from.after), lt(topic.id, from.id)),
    );
  const rows = reader
    .select({ topic, community: seat.community })
    .from(topic)
    .innerJoin(seat, eq(seat.id, topic.seatId))
    .where(and(whose, inStage, older))
    .orderBy(desc(topic.createdAt), desc(topic.id))
    .limit(limit + 1)
    .all();
  const page = cutPage(rows, limit, ({ topic: { createdAt: after, id } }) => ({ after, id }));
  return {
    topics: page.rows.map(({ topic: one, community }) => ({
      id: one.id,
      title: one.title,
      proposer: community,
      state: one.state,
      supports: one.supports,
      updatedAt: iso(one.updatedAt),
    })),
    next: page.next,
  };
}
