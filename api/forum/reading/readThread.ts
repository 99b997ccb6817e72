import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { prepared, type Reader } from '../../../db/client.ts';
import { follow, post, postMark, threadReading } from '../../../db/schema/index.ts';
import { MEMBERS, may, type Standing } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { etagOf } from '../../core/http/cache.ts';
import type { threadMine } from '../contract.ts';
import { type Allowed, allowToRead } from '../find.ts';
import type { ThreadParts } from './parts.ts';
import type { Part, Reach } from './posts.ts';

const asked = {
  me: sql.placeholder('me'),
  thread: sql.placeholder('thread'),
  from: sql.placeholder('from'),
  to: sql.placeholder('to'),
};
const onPart = and(eq(post.threadId, asked.thread), gte(post.n, asked.from), lt(post.n, asked.to));

const ownOn = prepared((reader) =>
  reader
    .select({ n: post.n })
    .from(post)
    .where(and(onPart, eq(post.authorId, asked.me)))
    .orderBy(post.n)
    .prepare(),
);
const markedOn = prepared((reader) =>
  reader
    .select({ n: post.n })
    .from(post)
    .innerJoin(postMark, and(eq(postMark.postSeq, post.seq), eq(postMark.personId, asked.me)))
    .where(onPart)
    .orderBy(post.n)
    .prepare(),
);
const readingOfIt = prepared((reader) =>
  reader
    .select({ n: threadReading.n })
    .from(threadReading)
    .where(and(eq(threadReading.personId, asked.me), eq(threadReading.threadId, asked.thread)))
    .prepare(),
);
const followOfIt = prepared((reader) =>
  reader
    .select({ level: follow.level })
    .from(follow)
    .where(and(eq(follow.personId, asked.me), eq(follow.threadId, asked.thread)))
    .prepare(),
);

/** Names are for those who belong to the salon, or come to the session it is about. */
const KNOWN: readonly Standing[] = [...MEMBERS, 'invited'];
const reachOf = ({ standings }: Allowed): Reach =>
  KNOWN.some((one) => standings.has(one)) ? 'members' : 'visitors';

function mineOf(
  reader: Reader,
  me: string,
  { thread, standings }: Allowed,
  { from, limit }: Part,
): z.infer<typeof threadMine> {
  const values = { me, thread: thread.id, from, to: from + limit };
  const open = thread.lockedAt === null && thread.hiddenAt === null;
  return {
    own: ownOn(reader)
      .all(values)
      .map(({ n }) => n),
    marked: markedOn(reader)
      .all(values)
      .map(({ n }) => n),
    read: readingOfIt(reader).get(values)?.n ?? 0,
    follow: followOfIt(reader).get(values)?.level ?? null,
    mayWrite: open && may(standings, 'thread.write'),
    mayAccept: may(standings, 'answer.accept'),
    mayModerate: may(standings, 'forum.moderate'),
  };
}

/**
 * A part of a thread, and what the reader is to it; as text, of which most was written before.
 * @returns JSON of the contract's `threadPage`, and its tag
 * @throws {Refused} as `allowToRead`
 */
export function readThread(
  ctx: Context,
  parts: ThreadParts,
  id: string,
  part: Part,
): { readonly body: string; readonly etag: string } {
  const reader = ctx.db.orm;
  const allowed = allowToRead(reader, ctx, id);
  const { json, etag } = parts.read(allowed, part, reachOf(allowed));
  if (!ctx.actor) return { body: `{"thread":${json},"mine":null}`, etag };
  const mine = JSON.stringify(mineOf(reader, ctx.actor.personId, allowed, part));
  return { body: `{"thread":${json},"mine":${mine}}`, etag: etagOf(etag + mine) };
}
