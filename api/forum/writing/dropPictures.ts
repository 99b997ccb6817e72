import { and, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { picture, post } from '../../../db/schema/index.ts';
import type { Post } from '../find.ts';
import { PICTURES } from './links.ts';

/** Ids of the pictures that a text shows, be it Markdown or HTML. */
export const picturesIn = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(PICTURES), ([, id = '']) => id));

/** Pictures that no other post of the thread shows; their files go when next swept. */
export function dropPictures(
  tx: Tx,
  { seq, threadId }: Pick<Post, 'seq' | 'threadId'>,
  ids: Iterable<string>,
): void {
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
