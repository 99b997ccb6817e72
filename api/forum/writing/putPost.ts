import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { follow, post, thread, threadReading } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { touch } from '../../core/write.ts';
import type { Thread } from '../find.ts';
import { usePictures, type Written } from './compose.ts';
import { dropDraft } from './drafts.ts';
import { indexPost } from './postText.ts';
import { tellCalled, tellReply } from './tell.ts';

interface Given {
  readonly unit: string;
  readonly source: string;
  readonly written: Written;
  readonly replyTo?: number | undefined;
  /** Place of the draft that this was. */
  readonly draft: string;
}

/** The actor has read the thread up to their own post, and hears of what comes. */
function takePart(tx: Tx, personId: string, threadId: string, n: number): void {
  tx.insert(threadReading)
    .values({ personId, threadId, n })
    .onConflictDoUpdate({
      target: [threadReading.personId, threadReading.threadId],
      set: { n: sql`max(${threadReading.n}, ${n})` },
    })
    .run();
  tx.insert(follow).values({ personId, threadId, level: 'follow' }).onConflictDoNothing().run();
}

/**
 * Puts a post at the end of a thread, with all that goes with it: counts, search, pictures, who has
 * read and who is told.
 * @returns its number
 */
export function putPost(tx: Tx, ctx: Context, row: Thread, given: Given): number {
  const { unit, source, written, replyTo = null, draft } = given;
  const personId = signedIn(ctx);
  const at = ctx.clock();
  const n = row.posts + 1;
  const values = { threadId: row.id, n, authorId: personId, unit, source, html: written.html };
  const said = tx
    .insert(post)
    .values({ ...values, replyTo, at })
    .returning({ seq: post.seq, n: post.n, unit: post.unit, replyTo: post.replyTo })
    .get();
  const counted = { posts: n, replies: row.replies + (n > 1 ? 1 : 0), version: row.version + 1 };
  // Where the clock was set back the order of the threads holds.
  const last = { lastAt: Math.max(at, row.lastAt), lastUnit: unit };
  tx.update(thread)
    .set({ ...counted, ...last })
    .where(eq(thread.id, row.id))
    .run();
  indexPost(tx, said.seq, written.text, n === 1 ? row.title : undefined);
  usePictures(tx, written.pictures, row.id);
  takePart(tx, personId, row.id, n);
  dropDraft(tx, ctx, row.salonId, draft);
  const told = tellCalled(tx, ctx, row, said, written.people);
  if (n > 1) tellReply(tx, ctx, row, said, told);
  touch(tx, row.salonId);
  return n;
}
