import { and, asc, desc, eq, gt, inArray, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { prepared, type Reader } from '../../../db/client.ts';
import {
  round,
  roundTopic,
  seat,
  session,
  support,
  topic,
  vote,
} from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { settingsOf } from '../charter.ts';
import { relationsToCommittee, reviewerOf } from '../committee/find.ts';
import { motionsOn, signerOf } from '../committee/readMotions.ts';
import { decidedSettings } from '../salons.ts';
import { seatOf } from '../sessions/find.ts';
import { activeSeats, votersOf } from './advance.ts';
import type { roundPage, topicCard } from './contract.ts';
import { proposedBy, type Round, requireRound, roundProposing, timesPassedOver } from './find.ts';

type Card = z.infer<typeof topicCard>;
const ROUND = sql.placeholder('roundId');
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * One round as the asking person sees it. Totals are null until the close: they do not exist
 * before it.
 * @param month or `now`
 */
export function readRound(ctx: Context, slug: string, month: string): z.infer<typeof roundPage> {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  const relations = relationsToCommittee(reader, ctx, salon);
  const standings = allow(reader, ctx, 'round.read', salon, relations);
  const found = requireRound(reader, salon.id, month);
  const mine = seatOf(reader, ctx, salon.id);
  const { votesPerSeat, proposalsPerRound } = settingsOf(decidedSettings(salon));
  const about = reader.select().from(session).where(eq(session.id, found.sessionId)).get();
  if (!about) throw new Error(`Round ${found.id} has no session`);
  const reviewing = reviewerOf(reader, salon);
  const signer = signerOf(standings, mine?.id, reviewing.by);
  const { id, state, decidedBy } = found;
  return {
    month: found.month,
    state,
    opensAt: iso(found.opensAt),
    votingAt: iso(found.votingAt),
    closesAt: iso(found.closesAt),
    session: { number: about.number, startsAt: iso(about.startsAt), state: about.state },
    seats: found.seats ?? activeSeats(reader, salon.id),
    voters: found.voters ?? votersOf(reader, id),
    reviewer: state === 'decided' ? { by: decidedBy ?? 'host', note: '' } : reviewing,
    votesPerSeat,
    me: mine
      ? {
          seatId: mine.id,
          community: mine.community,
          proposalsLeft: Math.max(0, proposalsPerRound - proposedBy(reader, id, mine.id)),
          votes: state === 'voting' ? votesOf(reader, id, mine.id) : [],
        }
      : null,
    mayDecide: state === 'review' && may(standings, 'topic.review'),
    mayMove: state === 'review' && signer.decides && signer.seatId !== undefined,
    motions: motionsOn(reader, { roundId: id }, signer),
    topics: cardsOf(reader, found, mine?.id),
    decidedAt: found.decidedAt === null ? null : iso(found.decidedAt),
    decisionNote: found.decisionNote,
    collecting: collecting(reader, ctx, found),
    previous: neighbour(reader, found, 'previous'),
    next: neighbour(reader, found, 'next'),
  };
}

function collecting(reader: Reader, ctx: Context, { id, salonId }: Round) {
  const open = roundProposing(reader, salonId, ctx.clock());
  return open && open.id !== id ? { month: open.month, until: iso(open.votingAt) } : null;
}

const votesOf = (reader: Reader, roundId: string, seatId: string): string[] =>
  reader
    .select({ topicId: vote.topicId })
    .from(vote)
    .where(and(eq(vote.roundId, roundId), eq(vote.seatId, seatId)))
    .all()
    .map(({ topicId }) => topicId);

function neighbour(
  reader: Reader,
  { salonId, month }: Round,
  which: 'previous' | 'next',
): string | null {
  const beyond = which === 'next' ? gt(round.month, month) : lt(round.month, month);
  const order = which === 'next' ? asc(round.month) : desc(round.month);
  const found = reader
    .select({ month: round.month })
    .from(round)
    .where(and(eq(round.salonId, salonId), beyond))
    .orderBy(order)
    .limit(1)
    .get();
  return found?.month ?? null;
}

/**
 * What stands or stood in a round; without the texts, which only a topic's own page shows. One that
 * stood on the ballot stays in the round's record, whatever became of it.
 */
const topicsIn = prepared((reader) =>
  reader
    .select({
      topic: {
        id: topic.id,
        title: topic.title,
        seatId: topic.seatId,
        state: topic.state,
        supports: topic.supports,
        createdAt: topic.createdAt,
      },
      community: seat.community,
      on: roundTopic,
    })
    .from(topic)
    .innerJoin(seat, eq(seat.id, topic.seatId))
    .leftJoin(roundTopic, and(eq(roundTopic.topicId, topic.id), eq(roundTopic.roundId, ROUND)))
    .where(
      and(
        or(
          inArray(
            topic.id,
            reader
              .select({ id: roundTopic.topicId })
              .from(roundTopic)
              .where(eq(roundTopic.roundId, ROUND)),
          ),
          eq(topic.roundId, ROUND),
        ),
        or(isNotNull(roundTopic.topicId), ne(topic.state, 'withdrawn')),
      ),
    )
    .prepare(),
);

/** Ranked once there are ranks; before, the most supported and then the older ones first. */
function cardsOf(reader: Reader, { id: roundId }: Round, mine: string | undefined): Card[] {
  const rows = topicsIn(reader).all({ roundId });
  const ids = rows.map(({ topic: { id } }) => id);
  const passedOver = timesPassedOver(reader, ids);
  const supported = mine ? supportedBy(reader, ids, mine) : new Set<string>();
  return rows
    .sort(
      (a, b) =>
        (a.on?.rank ?? 0) - (b.on?.rank ?? 0) ||
        b.topic.supports - a.topic.supports ||
        a.topic.createdAt - b.topic.createdAt,
    )
    .map(({ topic: one, community, on }) => ({
      id: one.id,
      title: one.title,
      proposer: community,
      mine: one.seatId === mine,
      state: one.state,
      supports: one.supports,
      supported: supported.has(one.id),
      votes: on?.votes ?? null,
      rank: on?.rank ?? null,
      outcome: on?.outcome ?? null,
      reason: on?.reason ?? '',
      second: (passedOver.get(one.id) ?? 0) > (on?.outcome === 'rolled-over' ? 1 : 0),
    }));
}

const supportedBy = (reader: Reader, ids: readonly string[], seatId: string): Set<string> =>
  new Set(
    reader
      .select({ topicId: support.topicId })
      .from(support)
      .where(and(eq(support.seatId, seatId), inArray(support.topicId, [...ids])))
      .all()
      .map(({ topicId }) => topicId),
  );
