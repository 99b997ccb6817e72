import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { postMark, post as posts } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { touch, write } from '../../core/write.ts';
import { allowOnPost, type Post } from '../find.ts';
import { FORUM } from '../refusals.ts';
import { bump } from './tally.ts';

/** The address of a post. */
export interface PostPlace {
  readonly thread: string;
  readonly n: number;
}

/** @throws {Refused} postGone */
export function requireShown({ state }: Pick<Post, 'state'>): void {
  if (state !== 'shown') throw new Refused(FORUM.postGone);
}

/**
 * 有用; of the opening post 同问. Each person one, taken back at will.
 * @throws {Refused} as `allowOnPost`, ownMark, postGone
 */
export async function markPost(ctx: Context, { thread: id, n }: PostPlace): Promise<void> {
  await write(ctx, { name: 'post.mark', input: [id, n] }, (tx) => {
    const { salon, post } = allowOnPost(tx, ctx, 'thread.write', id, n);
    const personId = signedIn(ctx);
    if (post.authorId === personId) throw new Refused(FORUM.ownMark);
    requireShown(post);
    const mark = { postSeq: post.seq, personId, at: ctx.clock() };
    const { changes } = tx.insert(postMark).values(mark).onConflictDoNothing().run();
    if (changes > 0) count(tx, salon.id, post, 1);
    return null;
  });
}

/** @throws {Refused} as `allowOnPost` */
export async function unmarkPost(ctx: Context, { thread: id, n }: PostPlace): Promise<void> {
  await write(ctx, { name: 'post.unmark', input: [id, n] }, (tx) => {
    const { salon, post } = allowOnPost(tx, ctx, 'thread.write', id, n);
    const mine = and(eq(postMark.postSeq, post.seq), eq(postMark.personId, signedIn(ctx)));
    const { changes } = tx.delete(postMark).where(mine).run();
    if (changes > 0) count(tx, salon.id, post, -1);
    return null;
  });
}

function count(tx: Tx, salonId: string, { seq, threadId }: Post, more: 1 | -1): void {
  tx.update(posts)
    .set({ marks: sql`${posts.marks} + ${more}` })
    .where(eq(posts.seq, seq))
    .run();
  bump(tx, threadId);
  touch(tx, salonId);
}
