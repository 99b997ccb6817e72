import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { topic } from '../../../db/schema/index.ts';
import { allowIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { fieldErrors } from '../../core/http/endpoint.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { followersOf } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { seatOf } from '../sessions/find.ts';
import { type draftInput, proposal } from './contract.ts';
import { allowOnTopic, proposedBy, roundProposing } from './find.ts';
import { moveTopic, type Topic } from './move.ts';
import type { TopicState } from './rules.ts';

type Draft = z.infer<typeof draftInput>;
interface TopicRef {
  readonly id: string;
  readonly state: TopicState;
}

/** Begins a topic; only its own seat sees it until it is proposed. @throws {Refused} notASeat */
export function beginTopic(ctx: Context, slug: string, input: Draft): Promise<TopicRef> {
  return write(ctx, { name: 'topic.begin', input: [slug, input] }, (tx) => {
    const salon = allowIn(tx, ctx, 'topic.write', slug);
    const mine = seatOf(tx, ctx, salon.id);
    if (!mine) throw new Refused(SALON.notASeat);
    const { againOf, ...text } = input;
    const id = newId();
    const now = ctx.clock();
    const row = { id, salonId: salon.id, seatId: mine.id, ...text, state: 'draft' as const };
    tx.insert(topic)
      .values({
        ...row,
        againOfId: lapsed(tx, salon.id, againOf),
        createdAt: now,
        updatedAt: now,
      })
      .run();
    record(tx, ctx, { action: 'topic.begin', salonId: salon.id, subject: id });
    return { id, state: 'draft' };
  });
}

/** §2: a lapsed topic comes again as a new one, linked to it. */
function lapsed(tx: Tx, salonId: string, topicId: string | undefined): string | null {
  if (topicId === undefined) return null;
  const found = tx
    .select({ state: topic.state })
    .from(topic)
    .where(and(eq(topic.id, topicId), eq(topic.salonId, salonId)))
    .get();
  if (found?.state !== 'lapsed') throw new Refused(SALON.topicState);
  return topicId;
}

/** Saves a draft as typed. @throws {Refused} topicState, once it is proposed */
export function saveTopic(
  ctx: Context,
  slug: string,
  topicId: string,
  { againOf: _, ...text }: Draft,
): Promise<TopicRef> {
  return write(ctx, { name: 'topic.save', input: [slug, topicId, text] }, (tx) => {
    const { topic: found } = allowOnTopic(tx, ctx, 'topic.change', slug, topicId);
    if (found.state !== 'draft') throw new Refused(SALON.topicState);
    tx.update(topic)
      .set({ ...text, updatedAt: ctx.clock() })
      .where(eq(topic.id, topicId))
      .run();
    return { id: topicId, state: 'draft' };
  });
}

/** @throws {Refused} topicIncomplete, with what is missing */
function requireComplete({ title, situation }: Topic): void {
  const checked = proposal.safeParse({ title, situation });
  if (checked.success) return;
  const errors = fieldErrors(checked.error.issues);
  throw new Refused(SALON.topicIncomplete, { errors });
}

/**
 * Brings a draft into the round that is collecting topics.
 * @throws {Refused} topicIncomplete, noRound, tooManyProposals, topicState
 */
export function proposeTopic(ctx: Context, slug: string, topicId: string): Promise<TopicRef> {
  return write(ctx, { name: 'topic.propose', input: [slug, topicId] }, (tx) => {
    const { salon, topic: found } = allowOnTopic(tx, ctx, 'topic.change', slug, topicId);
    if (found.state !== 'draft') throw new Refused(SALON.topicState);
    requireComplete(found);
    const open = roundProposing(tx, salon.id, ctx.clock());
    if (!open) throw new Refused(SALON.noRound);
    const { proposalsPerRound } = settingsOf(decidedSettings(salon));
    if (proposedBy(tx, open.id, found.seatId) >= proposalsPerRound) {
      throw new Refused(SALON.tooManyProposals);
    }
    const set = { roundId: open.id, newInRoundId: open.id };
    const state = moveTopic(tx, ctx, found, 'propose', { by: 'proposer', set });
    record(tx, ctx, { action: 'topic.propose', salonId: salon.id, subject: topicId });
    return { id: topicId, state };
  });
}

/** Takes a topic back before the vote opens, or after it rolled over. @throws {Refused} topicState */
export function withdrawTopic(ctx: Context, slug: string, topicId: string): Promise<TopicRef> {
  return write(ctx, { name: 'topic.withdraw', input: [slug, topicId] }, (tx) => {
    const { salon, topic: found } = allowOnTopic(tx, ctx, 'topic.change', slug, topicId);
    const state = moveTopic(tx, ctx, found, 'withdraw', { by: 'proposer' });
    record(tx, ctx, { action: 'topic.withdraw', salonId: salon.id, subject: topicId });
    if (found.state !== 'draft') {
      const data = { topic: topicId, title: found.title };
      const to = followersOf(tx, topicId);
      notify(tx, ctx, { salonId: salon.id, kind: 'topic.withdrawn', data, to });
    }
    return { id: topicId, state };
  });
}

/** The host leaves a topic off the ballot, while no committee does. @throws {Refused} topicState */
export function declineTopic(
  ctx: Context,
  slug: string,
  topicId: string,
  reason: string,
): Promise<TopicRef> {
  return write(ctx, { name: 'topic.decline', input: [slug, topicId, reason] }, (tx) => {
    const { topic: found } = allowOnTopic(tx, ctx, 'topic.review', slug, topicId);
    return { id: topicId, state: settleDecline(tx, ctx, found, reason, 'host') };
  });
}

/** The reviewer, whoever that is, leaves it off, with a public reason. @throws {Refused} topicState */
export function settleDecline(
  tx: Tx,
  ctx: Context,
  found: Topic,
  reason: string,
  reviewer: 'host' | 'committee',
): TopicState {
  const { id, salonId, title } = found;
  const state = moveTopic(tx, ctx, found, 'decline', { by: 'reviewer', reason });
  record(tx, ctx, { action: 'topic.decline', salonId, subject: id, detail: { reviewer } });
  const data = { topic: id, title, reason };
  notify(tx, ctx, { salonId, kind: 'topic.declined', data, to: followersOf(tx, id) });
  return state;
}
