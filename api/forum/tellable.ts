import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { post } from '../../db/schema/index.ts';
import { readersAmong } from './audience.ts';
import { findThread } from './find.ts';

/** Kinds of notices that lead to what somebody said. */
const SAID: readonly string[] = [
  'post.answered',
  'post.mentioned',
  'post.followed',
  'answer.accepted',
];

interface Told {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Whether someone is still to be told this. A notice may wait for a week: meanwhile a post is taken
 * away, or its thread, or one is no longer let in there.
 */
export function isTellable(reader: Reader, personId: string, { kind, data }: Told): boolean {
  if (!SAID.includes(kind)) return true;
  const id = String(data['thread']);
  const thread = findThread(reader, id)?.thread;
  if (!thread) return true;
  const here = and(eq(post.threadId, id), eq(post.n, Number(data['n'])), eq(post.state, 'shown'));
  const isThere = reader.select({ n: post.n }).from(post).where(here).get() !== undefined;
  return isThere && thread.hiddenAt === null && readersAmong(reader, thread, [personId]).length > 0;
}
