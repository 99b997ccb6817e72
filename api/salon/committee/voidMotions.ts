import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { motion, motionSignature } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';

/** What open motions stand on, and what is gone or decided. */
type Ground =
  | { readonly roundId: string }
  | { readonly topicId: string }
  | { readonly termId: string }
  | { readonly memberSeatId: string };

function matching(ground: Ground) {
  if ('roundId' in ground) return eq(motion.roundId, ground.roundId);
  if ('topicId' in ground) return eq(motion.topicId, ground.topicId);
  if ('termId' in ground) return eq(motion.termId, ground.termId);
  return eq(motion.bySeatId, ground.memberSeatId);
}

/** Open motions on it come to nothing; a member who left has signed nothing that is open. */
export function voidMotions(tx: Tx, ctx: Context, ground: Ground): void {
  const isOpen = eq(motion.state, 'open');
  tx.update(motion)
    .set({ state: 'void', settledAt: ctx.clock() })
    .where(and(matching(ground), isOpen))
    .run();
  if (!('memberSeatId' in ground)) return;
  const open = tx.select({ id: motion.id }).from(motion).where(isOpen);
  tx.delete(motionSignature)
    .where(
      and(eq(motionSignature.seatId, ground.memberSeatId), inArray(motionSignature.motionId, open)),
    )
    .run();
}
