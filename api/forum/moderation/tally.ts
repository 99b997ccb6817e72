import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { thread } from '../../../db/schema/index.ts';

/** The opening post dates a thread even where it is gone. */
const counting = sql`FROM post WHERE thread_id = ${thread.id} AND (state = 'shown' OR n = 1)`;

/** Counts a thread anew after one of its posts went out of sight or came back into it. */
export function tally(tx: Tx, threadId: string): void {
  tx.update(thread)
    .set({
      replies: sql`(SELECT count(*) FROM post
        WHERE thread_id = ${thread.id} AND state = 'shown' AND n > 1)`,
      // Not of the last one: the clock may have been set back before it was written.
      lastAt: sql`(SELECT max(at) ${counting})`,
      lastUnit: sql`(SELECT unit ${counting} ORDER BY n DESC LIMIT 1)`,
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
