import { asc, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { motion, motionSignature, round, seat, topic } from '../../../db/schema/index.ts';
import { may, type Standing } from '../../access/rules.ts';
import type { motionRow } from './motionRow.ts';
import type { Motion } from './motions.ts';

type Row = z.infer<typeof motionRow>;
const iso = (ms: number): string => new Date(ms).toISOString();

/** Who asks: their seat, if it is a member's, and whether motions decide now. */
export interface Signer {
  readonly seatId: string | undefined;
  readonly decides: boolean;
}

/** @param standings all that the actor is here */
export const signerOf = (
  standings: ReadonlySet<Standing>,
  seatId: string | undefined,
  by: 'host' | 'committee',
): Signer => ({
  seatId: may(standings, 'motion.sign') ? seatId : undefined,
  decides: by === 'committee',
});

/** What was moved on a round or a topic, newest first; for others than members what passed. */
export const motionsOn = (
  reader: Reader,
  about: { readonly roundId: string } | { readonly topicId: string },
  signer: Signer,
): Row[] =>
  motionsWhere(
    reader,
    'roundId' in about ? eq(motion.roundId, about.roundId) : eq(motion.topicId, about.topicId),
    signer,
  );

/** Motions in words; those that are open first. */
export function motionsWhere(reader: Reader, which: SQL | undefined, signer: Signer): Row[] {
  const rows = reader
    .select({ motion, month: round.month, topic: { id: topic.id, title: topic.title }, seat })
    .from(motion)
    .innerJoin(seat, eq(seat.id, motion.bySeatId))
    .leftJoin(round, eq(round.id, motion.roundId))
    .leftJoin(topic, eq(topic.id, motion.topicId))
    .where(which)
    .orderBy(desc(motion.movedAt), asc(motion.id))
    .all();
  return rows
    .filter(({ motion: { state } }) => signer.seatId !== undefined || state === 'passed')
    .map(({ motion: one, month, topic: about, seat: by }) => {
      const signed = signersOf(reader, one.id);
      const mine = signed.some(({ seatId }) => seatId === signer.seatId);
      const open = one.state === 'open' && signer.seatId !== undefined;
      return {
        id: one.id,
        month,
        topic: about,
        confirm: topicsNamed(reader, one),
        reason: 'reason' in one.decision ? one.decision.reason : one.decision.note,
        by: { seatId: by.id, community: by.community },
        signed,
        state: one.state,
        movedAt: iso(one.movedAt),
        settledAt: one.settledAt === null ? null : iso(one.settledAt),
        maySign: open && signer.decides && !mine,
        mayWithdraw: open && one.bySeatId === signer.seatId,
      };
    })
    .sort((a, b) => Number(b.state === 'open') - Number(a.state === 'open'));
}

export const signersOf = (reader: Reader, motionId: string) =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(motionSignature)
    .innerJoin(seat, eq(seat.id, motionSignature.seatId))
    .where(eq(motionSignature.motionId, motionId))
    .orderBy(asc(motionSignature.at), asc(seat.position))
    .all();

function topicsNamed(reader: Reader, { decision }: Motion) {
  if (!('confirm' in decision) || decision.confirm.length === 0) return [];
  return reader
    .select({ id: topic.id, title: topic.title })
    .from(topic)
    .where(inArray(topic.id, [...decision.confirm]))
    .orderBy(asc(topic.id))
    .all();
}
