import { and, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { mention, picture, post, postMark, postVersion } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { allowOnPost, type Post, type Thread } from '../find.ts';
import { keepForReports } from '../moderation/keep.ts';
import { FORUM } from '../refusals.ts';
import { type PostPlace, showChange } from './change.ts';
import { dropDraft } from './drafts.ts';
import { PICTURES } from './links.ts';
import { unindexPost } from './postText.ts';

/** Instead of the title of a thread that its author took away before anybody replied. */
const NO_TITLE = '作者撤下的讨论';

/** Pictures that no other post of the thread shows; their files go when next swept. */
function dropPictures(tx: Tx, { seq, threadId, source }: Post): void {
  const versions = tx
    .select({ source: postVersion.source })
    .from(postVersion)
    .where(eq(postVersion.postSeq, seq))
    .all();
  const texts = [source, ...versions.map((one) => one.source)].join('\n');
  const ids = new Set(Array.from(texts.matchAll(PICTURES), ([, id = '']) => id));
  for (const id of ids) {
    const elsewhere = and(
      eq(post.threadId, threadId),
      ne(post.seq, seq),
      sql`instr(${post.html}, ${id})`,
    );
    if (tx.select({ n: post.n }).from(post).where(elsewhere).get()) continue;
    tx.delete(picture)
      .where(and(eq(picture.id, id), eq(picture.threadId, threadId)))
      .run();
  }
}

/** What was written goes at once, from everywhere; that there was something stays. */
function wipe(tx: Tx, row: Post, editedAt: number): void {
  keepForReports(tx, row);
  dropPictures(tx, row);
  unindexPost(tx, row.seq);
  for (const table of [postVersion, postMark, mention]) {
    tx.delete(table).where(eq(table.postSeq, row.seq)).run();
  }
  const trace = { state: 'deleted', source: '', html: '', marks: 0, editedAt } as const;
  tx.update(post).set(trace).where(eq(post.seq, row.seq)).run();
}

/** What the thread is without it; one without replies goes as a whole. */
function remains(thread: Thread, n: number, now: number): Partial<Thread> {
  if (n > 1) {
    const accepted = thread.accepted === n ? null : thread.accepted;
    return { replies: thread.replies - 1, accepted };
  }
  return thread.replies > 0 ? {} : { hiddenAt: now, title: NO_TITLE };
}

/**
 * Deletes one's own post. Saying it twice changes nothing.
 * @throws {Refused} postGone, for one that a moderator has hidden
 */
export async function removePost(ctx: Context, place: PostPlace): Promise<void> {
  await write(ctx, { name: 'post.remove', input: place }, (tx) => {
    const found = allowOnPost(tx, ctx, 'post.change', place.thread, place.n);
    const { salon, thread, post: row } = found;
    if (row.state === 'deleted') return;
    if (row.state === 'hidden') throw new Refused(FORUM.postGone);
    wipe(tx, row, ctx.clock());
    dropDraft(tx, ctx, salon.id, `edit ${thread.id} ${place.n}`);
    showChange(tx, thread, remains(thread, place.n, ctx.clock()));
  });
}
