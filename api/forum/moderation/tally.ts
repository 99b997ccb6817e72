import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { thread } from '../../../db/schema/index.ts';

const last = (column: 'at' | 'unit') => sql`(SELECT ${sql.raw(column)} FROM post
  WHERE thread_id = ${thread.id} AND (state = 'shown' OR n = 1) ORDER BY n DESC LIMIT 1)`;

/** Counts a thread anew after one of its posts went out of sight or came back into it. */
export function tally(tx: Tx, threadId: string): void {
  tx.update(thread)
    .set({
      replies: sql`(SELECT count(*) FROM post
        WHERE thread_id = ${thread.id} AND state = 'shown' AND n > 1)`,
      lastAt: sql`${last('at')}`,
      lastUnit: sql`${last('unit')}`,
    })
    .where(eq(thread.id, threadId))
    .run();
}

/** What is shown of it has changed: copies made before are stale. */
export function bump(tx: Tx, threadId: string): void {
  tx.update(thread)
    .set({ version: sql`${thread.version} + 1` })
    .where(eq(thread.id, threadId))
    .run();
}
