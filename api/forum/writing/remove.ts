import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { mention, post, postMark, postVersion } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { allowOnPost, type Post, type Thread } from '../find.ts';
import { keepForReports } from '../moderation/keep.ts';
import { tally } from '../moderation/tally.ts';
import { FORUM } from '../refusals.ts';
import { type PostPlace, showChange } from './change.ts';
import { dropDraft } from './drafts.ts';
import { dropPictures, picturesIn } from './dropPictures.ts';
import { unindexPost } from './postText.ts';

/** Instead of the title of a thread that its author took away before anybody replied. */
const NO_TITLE = '作者撤下的讨论';

/** Of all that the post said, but for what moderators still have to see. */
function picturesToDrop(tx: Tx, { seq, source, html }: Post, kept: boolean): string[] {
  const versions = tx
    .select({ source: postVersion.source })
    .from(postVersion)
    .where(eq(postVersion.postSeq, seq))
    .all();
  const texts = [source, ...versions.map((one) => one.source)].join('\n');
  const still = picturesIn(kept ? html : '');
  return [...picturesIn(texts)].filter((id) => !still.has(id));
}

/** What was written goes at once, from everywhere; that there was something stays. */
function wipe(tx: Tx, row: Post, editedAt: number): void {
  const kept = keepForReports(tx, row);
  dropPictures(tx, row, picturesToDrop(tx, row, kept));
  unindexPost(tx, row.seq);
  for (const table of [postVersion, postMark, mention]) {
    tx.delete(table).where(eq(table.postSeq, row.seq)).run();
  }
  const trace = { state: 'deleted', source: '', html: '', marks: 0, editedAt } as const;
  tx.update(post).set(trace).where(eq(post.seq, row.seq)).run();
}

/** What the thread is without it; one without replies goes as a whole. */
function remains(thread: Thread, n: number, now: number): Partial<Thread> {
  if (n > 1) return thread.accepted === n ? { accepted: null } : {};
  return thread.replies > 0 ? {} : { hiddenAt: now, title: NO_TITLE };
}

/** What people were told of a thread names it no more. */
function retitleNotices(tx: Tx, threadId: string, title: string): void {
  tx.run(sql`UPDATE notice SET data = json_set(data, '$.title', ${title})
    WHERE json_extract(data, '$.thread') = ${threadId}`);
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
    tally(tx, thread.id);
    dropDraft(tx, ctx, salon.id, `edit ${thread.id} ${place.n}`);
    const changes = remains(thread, place.n, ctx.clock());
    if (changes.title !== undefined) retitleNotices(tx, thread.id, changes.title);
    showChange(tx, thread, changes);
  });
}
