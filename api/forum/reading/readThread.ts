import { type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { prepared, type Reader } from '../../../db/client.ts';
import { MEMBERS, may, type Standing } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { etagOf } from '../../core/http/cache.ts';
import { CORE, Refused } from '../../core/refused.ts';
import type { threadMine } from '../contract.ts';
import { type Allowed, allowToReadThis } from '../find.ts';
import type { ThreadParts } from './parts.ts';
import type { Part, Reach } from './posts.ts';

const me = sql.placeholder('me');
const id = sql.placeholder('thread');
const onPart = sql`thread_id = ${id} AND n >= ${sql.placeholder('from')} AND n < ${sql.placeholder('to')}`;
const isMarked = sql`EXISTS (SELECT 1 FROM post_mark WHERE post_seq = seq AND person_id = ${me})`;

/** All of it in one statement, since every page that a member opens asks. */
const whatIsMine = prepared((reader) =>
  reader
    .select({
      own: numbers(sql`${onPart} AND author_id = ${me}`),
      marked: numbers(sql`${onPart} AND ${isMarked}`),
      read: sql<number>`coalesce((SELECT n FROM thread_reading
        WHERE person_id = ${me} AND thread_id = ${id}), 0)`,
      follow: sql<'follow' | 'mute' | null>`(SELECT level FROM follow
        WHERE person_id = ${me} AND thread_id = ${id})`,
    })
    .from(sql`(SELECT 1)`)
    .prepare(),
);

/** Of posts, as JSON, in order. */
const numbers = (where: SQL) =>
  sql<string>`(SELECT json_group_array(n) FROM (SELECT n FROM post WHERE ${where} ORDER BY n))`;

/** Names are for those who belong to the salon, or come to the session it is about. */
const KNOWN: readonly Standing[] = [...MEMBERS, 'invited'];
const reachOf = ({ standings }: Allowed): Reach =>
  KNOWN.some((one) => standings.has(one)) ? 'members' : 'visitors';

/** @returns JSON of the contract's `threadMine` */
function mineOf(
  reader: Reader,
  personId: string,
  { thread, standings }: Allowed,
  { from, limit }: Part,
): string {
  const values = { me: personId, thread: thread.id, from, to: from + limit };
  const found = whatIsMine(reader).get(values);
  const open = thread.lockedAt === null && thread.hiddenAt === null;
  const rest: Omit<z.infer<typeof threadMine>, 'own' | 'marked'> = {
    read: found?.read ?? 0,
    follow: found?.follow ?? null,
    mayWrite: open && may(standings, 'thread.write'),
    mayAccept: may(standings, 'answer.accept'),
    mayModerate: may(standings, 'forum.moderate'),
  };
  const { own = '[]', marked = '[]' } = found ?? {};
  return `{"own":${own},"marked":${marked},${JSON.stringify(rest).slice(1)}`;
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
  const { json, etag } = parts.read(allowed, part, reachOf(allowed));
  if (!ctx.actor) return { body: `{"thread":${json},"mine":null}`, etag };
  const mine = mineOf(reader, ctx.actor.personId, allowed, part);
  return { body: `{"thread":${json},"mine":${mine}}`, etag: etagOf(etag + mine) };
}
