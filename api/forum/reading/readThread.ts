import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { prepared, type Reader } from '../../../db/client.ts';
import { post, postMark } from '../../../db/schema/index.ts';
import { MEMBERS, may, type Standing } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { etagOf } from '../../core/http/cache.ts';
import { CORE, Refused } from '../../core/refused.ts';
import type { threadMine } from '../contract.ts';
import { type Allowed, allowToReadThis } from '../find.ts';
import type { ThreadParts, WrittenPart } from './parts.ts';
import type { Part, Reach } from './posts.ts';

const me = sql.placeholder('me');
const id = sql.placeholder('thread');

// Both in one statement, since every page that a member opens asks.
const standOf = prepared((reader) =>
  reader
    .select({
      read: sql<number | null>`(SELECT n FROM thread_reading
        WHERE person_id = ${me} AND thread_id = ${id})`,
      follow: sql<'follow' | 'mute' | null>`(SELECT level FROM follow
        WHERE person_id = ${me} AND thread_id = ${id})`,
    })
    .from(sql`(SELECT 1)`)
    .prepare(),
);
const markedBy = prepared((reader) =>
  reader
    .select({ n: post.n })
    .from(post)
    .innerJoin(postMark, and(eq(postMark.postSeq, post.seq), eq(postMark.personId, me)))
    .where(
      and(
        eq(post.threadId, id),
        gte(post.n, sql.placeholder('from')),
        lt(post.n, sql.placeholder('to')),
      ),
    )
    .orderBy(post.n)
    .prepare(),
);

/** Names are for those who belong to the salon, or come to the session it is about. */
const KNOWN: readonly Standing[] = [...MEMBERS, 'invited'];
const reachOf = ({ standings }: Allowed): Reach =>
  KNOWN.some((one) => standings.has(one)) ? 'members' : 'visitors';

function mineOf(
  reader: Reader,
  personId: string,
  { thread, standings }: Allowed,
  { from, limit }: Part,
  { writers, marked }: WrittenPart,
): z.infer<typeof threadMine> {
  const values = { me: personId, thread: thread.id };
  const stand = standOf(reader).get(values);
  const marks = marked ? markedBy(reader).all({ ...values, from, to: from + limit }) : [];
  const open = thread.lockedAt === null && thread.hiddenAt === null;
  return {
    own: [...(writers.get(personId) ?? [])],
    marked: marks.map(({ n }) => n),
    read: stand?.read ?? 0,
    follow: stand?.follow ?? null,
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
  const found = parts.find(id);
  if (!found) throw new Refused(CORE.notFound);
  const allowed = allowToReadThis(reader, ctx, found);
  const written = parts.read(allowed, part, reachOf(allowed));
  const { json, etag } = written;
  if (!ctx.actor) return { body: `{"thread":${json},"mine":null}`, etag };
  const mine = JSON.stringify(mineOf(reader, ctx.actor.personId, allowed, part, written));
  return { body: `{"thread":${json},"mine":${mine}}`, etag: etagOf(etag + mine) };
}
