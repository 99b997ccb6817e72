import { and, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { post } from '../../../db/schema/index.ts';

/** Whether a post of the thread shows this picture, and nobody took that away. */
export function isShown(reader: Reader, threadId: string, id: string): boolean {
  const showing = and(
    eq(post.threadId, threadId),
    eq(post.state, 'shown'),
    // Its name alone, in words, shows nothing.
    sql`instr(${post.html}, ${`<img src="/api/pictures/${id}"`})`,
  );
  return reader.select({ n: post.n }).from(post).where(showing).get() !== undefined;
}
