import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { report } from '../../../db/schema/index.ts';
import type { Post } from '../find.ts';

/**
 * Before its author deletes a post: what is reported stays before the moderators' eyes, and nobody
 * else's, until they have decided; else deleting would be a way to offend and get away with it.
 * @returns whether it is reported
 */
export function keepForReports(tx: Tx, { seq, html }: Pick<Post, 'seq' | 'html'>): boolean {
  const { changes } = tx
    .update(report)
    .set({ kept: html })
    .where(and(eq(report.postSeq, seq), isNull(report.decision)))
    .run();
  return changes > 0;
}
