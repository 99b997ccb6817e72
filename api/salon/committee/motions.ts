import { and, count, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { motion, motionSignature, round, topic } from '../../../db/schema/index.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import { requireDecidable, settleRound } from '../topics/decide.ts';
import { settleDecline } from '../topics/drafts.ts';
import { isPrivate, requireRound } from '../topics/find.ts';
import type { motionInput } from './contract.ts';
import { type Member, membersOf, relationsToCommittee, reviewerOf, termOf } from './find.ts';

export type Motion = typeof motion.$inferSelect;
type MotionRef = Pick<Motion, 'id' | 'state'>;

/** How many members a decision takes (salon-rules §2). */
const SIGNATURES = 2;

/** A motion is signed by whoever moves it. @throws {Refused} as `settleRound`, hostReviews, topicState, motionOpen */
export function moveMotion(
  ctx: Context,
  slug: string,
  input: z.infer<typeof motionInput>,
): Promise<MotionRef> {
  return write(ctx, { name: 'motion.move', input: [slug, input] }, (tx) => {
    const { salon, member, members } = allowMember(tx, ctx, slug);
    requireCommittee(tx, salon);
    const { about, decision, told } = groundOf(tx, salon, input);
    const known = openMotionBy(tx, member, about);
    if (known) {
      if (JSON.stringify(known.decision) !== JSON.stringify(decision)) {
        throw new Refused(SALON.motionOpen);
      }
      return { id: known.id, state: known.state };
    }
    const id = newId();
    const termId = termOf(tx, salon.id)?.id ?? '';
    const movedAt = ctx.clock();
    const row = { id, salonId: salon.id, termId, ...about, decision, bySeatId: member.seatId };
    tx.insert(motion)
      .values({ ...row, state: 'open', movedAt })
      .run();
    tx.insert(motionSignature).values({ motionId: id, seatId: member.seatId, at: movedAt }).run();
    record(tx, ctx, { action: 'motion.move', salonId: salon.id, subject: id });
    const data = { community: member.community, ...told };
    const to = holdersOf(tx, seatsOf(members));
    notify(tx, ctx, { salonId: salon.id, kind: 'motion.moved', data, to });
    return { id, state: 'open' };
  });
}

const seatsOf = (members: readonly Member[]): string[] => members.map(({ seatId }) => seatId);

/** What it is about, if it can be decided so now. */
function groundOf(tx: Tx, { id: salonId }: Salon, input: z.infer<typeof motionInput>) {
  if ('month' in input) {
    const found = requireRound(tx, salonId, input.month);
    requireDecidable(tx, found, input.decision);
    const { confirm, note, reasons } = input.decision;
    const told = { month: found.month };
    return { about: { roundId: found.id }, decision: { confirm, note, reasons }, told };
  }
  const found = requireProposed(tx, salonId, input.topicId);
  const told = { topic: found.id, title: found.title };
  return { about: { topicId: found.id }, decision: { reason: input.reason }, told };
}

/** @throws {Refused} notFound, topicState */
function requireProposed(tx: Tx, salonId: string, topicId: string) {
  const found = tx
    .select()
    .from(topic)
    .where(and(eq(topic.id, topicId), eq(topic.salonId, salonId)))
    .get();
  if (!found || isPrivate(found)) throw new Refused(CORE.notFound);
  if (found.state !== 'proposed') throw new Refused(SALON.topicState);
  return found;
}

const openMotionBy = (
  tx: Tx,
  { seatId }: Member,
  about: { readonly roundId: string } | { readonly topicId: string },
): Motion | undefined =>
  tx
    .select()
    .from(motion)
    .where(
      and(
        'roundId' in about ? eq(motion.roundId, about.roundId) : eq(motion.topicId, about.topicId),
        eq(motion.bySeatId, seatId),
        eq(motion.state, 'open'),
      ),
    )
    .get();

/**
 * With the second signature the decision is taken. Signing twice is signing once.
 * @throws {Refused} motionSettled, hostReviews, as `settleRound`, topicState
 */
export function signMotion(ctx: Context, slug: string, motionId: string): Promise<MotionRef> {
  return write(ctx, { name: 'motion.sign', input: [slug, motionId] }, (tx) => {
    const { salon, member } = allowMember(tx, ctx, slug);
    const found = requireMotion(tx, salon, motionId);
    const mine = { motionId, seatId: member.seatId };
    const before = tx
      .select()
      .from(motionSignature)
      .where(and(eq(motionSignature.motionId, motionId), eq(motionSignature.seatId, mine.seatId)))
      .get();
    if (before && found.state !== 'void' && found.state !== 'withdrawn') return refOf(found);
    requireOpen(found);
    requireCommittee(tx, salon);
    tx.insert(motionSignature)
      .values({ ...mine, at: ctx.clock() })
      .run();
    record(tx, ctx, { action: 'motion.sign', salonId: salon.id, subject: motionId });
    if (signaturesOf(tx, motionId) >= SIGNATURES) pass(tx, ctx, found);
    return refOf(requireMotion(tx, salon, motionId));
  });
}

const refOf = ({ id, state }: Motion): MotionRef => ({ id, state });

const signaturesOf = (tx: Tx, motionId: string): number =>
  tx
    .select({ signed: count() })
    .from(motionSignature)
    .where(eq(motionSignature.motionId, motionId))
    .get()?.signed ?? 0;

/** It is decided as moved; what else was moved on the same thing comes to nothing with it. */
function pass(tx: Tx, ctx: Context, found: Motion): void {
  const { id, salonId, roundId, topicId, decision } = found;
  settle(tx, ctx, found, 'passed');
  record(tx, ctx, { action: 'motion.pass', salonId, subject: id });
  if ('reason' in decision) {
    const about = requireProposed(tx, salonId, topicId ?? '');
    settleDecline(tx, ctx, about, decision.reason, 'committee');
    return;
  }
  const about = tx
    .select()
    .from(round)
    .where(eq(round.id, roundId ?? ''))
    .get();
  if (!about) throw new Error(`Motion ${id} has no round`);
  const { confirm, note, reasons } = decision;
  settleRound(tx, ctx, about, { confirm: [...confirm], note, reasons }, 'committee');
}

function settle(tx: Tx, ctx: Context, { id }: Motion, state: 'passed' | 'withdrawn'): void {
  tx.update(motion).set({ state, settledAt: ctx.clock() }).where(eq(motion.id, id)).run();
}

/** Taken back by whoever moved it; twice is once. @throws {Refused} forbidden, motionSettled */
export function withdrawMotion(ctx: Context, slug: string, motionId: string): Promise<MotionRef> {
  return write(ctx, { name: 'motion.withdraw', input: [slug, motionId] }, (tx) => {
    const { salon, member } = allowMember(tx, ctx, slug);
    const found = requireMotion(tx, salon, motionId);
    if (found.bySeatId !== member.seatId) throw new Refused(CORE.forbidden);
    if (found.state === 'withdrawn') return refOf(found);
    requireOpen(found);
    settle(tx, ctx, found, 'withdrawn');
    record(tx, ctx, { action: 'motion.withdraw', salonId: salon.id, subject: motionId });
    return { id: motionId, state: 'withdrawn' };
  });
}

/** The acting member, if they are one. @throws {Refused} as `allow` */
function allowMember(tx: Tx, ctx: Context, slug: string) {
  const salon = findSalon(tx, slug);
  allow(tx, ctx, 'motion.sign', salon, relationsToCommittee(tx, ctx, salon));
  const members = membersOf(tx, salon.id);
  const mine = seatOf(tx, ctx, salon.id)?.id;
  const member = members.find(({ seatId }) => seatId === mine);
  if (!member) throw new Refused(CORE.forbidden);
  return { salon, member, members };
}

/** @throws {Refused} hostReviews, saying why */
function requireCommittee(tx: Tx, salon: Salon): void {
  const { by, note } = reviewerOf(tx, salon);
  if (by === 'host') throw new Refused(SALON.hostReviews, { detail: `${note}。` });
}

/** @throws {Refused} notFound */
function requireMotion(tx: Tx, { id: salonId }: Salon, motionId: string): Motion {
  const found = tx
    .select()
    .from(motion)
    .where(and(eq(motion.id, motionId), eq(motion.salonId, salonId)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** @throws {Refused} motionSettled */
function requireOpen({ state }: Motion): void {
  if (state !== 'open') throw new Refused(SALON.motionSettled);
}
