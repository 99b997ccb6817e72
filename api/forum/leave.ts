import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { follow, thread } from '../../db/schema/index.ts';
import { rolesIn } from '../access/standings.ts';

/**
 * After a role or seat of someone ended: whoever is nothing in the salon any more follows none of
 * its threads. What they wrote stays, under the unit they wrote it for.
 */
export function leaveForum(tx: Tx, salonId: string, personId: string): void {
  if (rolesIn(tx, personId, salonId).length > 0) return;
  const here = tx.select({ id: thread.id }).from(thread).where(eq(thread.salonId, salonId));
  tx.delete(follow)
    .where(and(eq(follow.personId, personId), inArray(follow.threadId, here)))
    .run();
}
