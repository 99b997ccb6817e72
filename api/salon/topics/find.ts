import { and, asc, desc, eq, gt, inArray, isNotNull, lte, ne, or } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { round, roundTopic, seat, topic } from '../../../db/schema/index.ts';
import type { Action, Standing } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { relationsToCommittee } from '../committee/find.ts';
import { seatOf } from '../sessions/find.ts';
import type { Topic } from './move.ts';

export type Round = typeof round.$inferSelect;

/**
 * A topic, if the actor may do this with it. What was never proposed exists for its seat only.
 * @throws {Refused} as `allow`, or notFound
 */
export function allowOnTopic(
  reader: Reader,
  ctx: Context,
  action: Action,
  slug: string,
  topicId: string,
): {
  readonly salon: Salon;
  readonly topic: Topic;
  readonly seat: string | undefined;
  readonly standings: ReadonlySet<Standing>;
} {
  const salon = findSalon(reader, slug);
  const mine = seatOf(reader, ctx, salon.id)?.id;
  const found = reader
    .select()
    .from(topic)
    .where(and(eq(topic.id, topicId), eq(topic.salonId, salon.id)))
    .get();
  const isMine = found !== undefined && found.seatId === mine;
  const relations = relationsToCommittee(reader, ctx, salon);
  const standings = allow(reader, ctx, action, salon, [
    ...relations,
    ...(isMine ? (['proposer'] as const) : []),
  ]);
  if (!found || (isPrivate(found) && !isMine)) throw new Refused(CORE.notFound);
  return { salon, topic: found, seat: mine, standings };
}

/** Whether it was never proposed. */
export const isPrivate = ({ state, newInRoundId }: Topic): boolean =>
  state === 'draft' || (state === 'withdrawn' && newInRoundId === null);

/** The same in a query. */
export const everProposed = () =>
  and(ne(topic.state, 'draft'), or(ne(topic.state, 'withdrawn'), isNotNull(topic.newInRoundId)));

/** @param month or `now`: the one at hand. @throws {Refused} notFound */
export function requireRound(reader: Reader, salonId: string, month: string): Round {
  const found = month === 'now' ? roundAtHand(reader, salonId) : roundOf(reader, salonId, month);
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

const roundOf = (reader: Reader, salonId: string, month: string): Round | undefined =>
  reader
    .select()
    .from(round)
    .where(and(eq(round.salonId, salonId), eq(round.month, month)))
    .get();

/** Rounds that may overlap at most, as long as the settings let them be. */
const AT_HAND = 6;

/** The first that is going on, else the first that is to open, else the last that was decided. */
function roundAtHand(reader: Reader, salonId: string): Round | undefined {
  const latest = reader
    .select()
    .from(round)
    .where(eq(round.salonId, salonId))
    .orderBy(desc(round.month))
    .limit(AT_HAND)
    .all()
    .reverse();
  return (
    latest.find(({ state }) => state !== 'decided' && state !== 'waiting') ??
    latest.find(({ state }) => state === 'waiting') ??
    latest.at(-1)
  );
}

/** The round in which topics can be proposed now; the earliest, where long ones overlap. */
export const roundProposing = (reader: Reader, salonId: string, now: number): Round | undefined =>
  reader
    .select()
    .from(round)
    .where(
      and(
        eq(round.state, 'proposing'),
        eq(round.salonId, salonId),
        lte(round.opensAt, now),
        gt(round.votingAt, now),
      ),
    )
    .orderBy(asc(round.month))
    .limit(1)
    .get();

/** How many new topics a seat has brought into a round; one that it withdrew does not count. */
export const proposedBy = (reader: Reader, roundId: string, seatId: string): number =>
  reader
    .select({ id: topic.id })
    .from(topic)
    .where(
      and(eq(topic.newInRoundId, roundId), eq(topic.seatId, seatId), ne(topic.state, 'withdrawn')),
    )
    .all().length;

/** How often each of these topics was on a ballot and not confirmed. */
export function timesPassedOver(
  reader: Reader,
  topicIds: readonly string[],
): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  if (topicIds.length === 0) return times;
  const rows = reader
    .select({ topicId: roundTopic.topicId })
    .from(roundTopic)
    .where(and(inArray(roundTopic.topicId, [...topicIds]), eq(roundTopic.outcome, 'rolled-over')))
    .all();
  for (const { topicId } of rows) times.set(topicId, (times.get(topicId) ?? 0) + 1);
  return times;
}

export const communityOf = (reader: Reader, seatId: string): string =>
  reader.select({ community: seat.community }).from(seat).where(eq(seat.id, seatId)).get()
    ?.community ?? '';
