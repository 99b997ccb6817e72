import { and, asc, desc, eq, gte, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { moderation, person, post } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import type { Library } from '../../library/names.ts';
import type { postRow, threadPosts } from '../contract.ts';
import type { Thread } from '../find.ts';
import { namedPlace } from '../places.ts';
import { withoutNames } from '../writing/sanitize.ts';
import { clean } from './clean.ts';

export type ThreadPosts = z.infer<typeof threadPosts>;
export type PostRow = z.infer<typeof postRow>;

export interface Part {
  /** The first number. */
  readonly from: number;
  readonly limit: number;
}
/** Who is shown: visitors see units, members names too. */
export type Reach = 'visitors' | 'members';

const seenBy = (reach: Reach, html: string): string =>
  reach === 'members' ? html : withoutNames(html);

const moment = (at: number): string => new Date(at).toISOString();

/** Why and when each post that is hidden was. */
function hidingsOf(reader: Reader, threadId: string) {
  const rows = reader
    .select({ seq: moderation.postSeq, reason: moderation.reason, at: moderation.at })
    .from(moderation)
    .where(and(eq(moderation.threadId, threadId), eq(moderation.action, 'hide')))
    .orderBy(asc(moderation.seq))
    .all();
  return new Map(rows.flatMap(({ seq, ...why }) => (seq === null ? [] : [[seq, why] as const])));
}

function lastOfWhole(reader: Reader, threadId: string): ThreadPosts['moderation'] {
  const last = reader
    .select({ action: moderation.action, reason: moderation.reason, at: moderation.at })
    .from(moderation)
    .where(and(eq(moderation.threadId, threadId), isNull(moderation.postSeq)))
    .orderBy(desc(moderation.seq))
    .limit(1)
    .get();
  return last ? { ...last, at: moment(last.at) } : null;
}

const selectPosts = (reader: Reader, threadId: string, { from, limit }: Part) =>
  reader
    .select({ post, name: person.name })
    .from(post)
    .innerJoin(person, eq(person.id, post.authorId))
    .where(and(eq(post.threadId, threadId), gte(post.n, from)))
    .orderBy(asc(post.n))
    .limit(limit)
    .all();
type Selected = ReturnType<typeof selectPosts>;

function rowsOf(reader: Reader, threadId: string, found: Selected, reach: Reach): PostRow[] {
  const hidden = found.some(({ post: { state } }) => state === 'hidden');
  const hidings = hidden ? hidingsOf(reader, threadId) : undefined;
  return found.map(({ post: one, name }) => {
    const hiding = one.state === 'hidden' ? hidings?.get(one.seq) : undefined;
    // What was deleted was changed for the last time.
    const goneAt = one.state === 'deleted' ? one.editedAt : (hiding?.at ?? null);
    return {
      n: one.n,
      unit: one.unit,
      name: reach === 'members' ? name : null,
      state: one.state,
      html: one.state === 'shown' ? seenBy(reach, clean(one.html)) : '',
      reason: hiding?.reason ?? null,
      goneAt: goneAt === null ? null : moment(goneAt),
      replyTo: one.replyTo,
      at: moment(one.at),
      editedAt: one.state === 'deleted' || one.editedAt === null ? null : moment(one.editedAt),
      marks: one.marks,
    };
  });
}

export interface ReadPart {
  readonly shown: ThreadPosts;
  /** Of each who wrote there, the numbers of their posts. */
  readonly writers: ReadonlyMap<string, readonly number[]>;
  /** Whether anybody marked one of the posts. */
  readonly marked: boolean;
}

/** A part of a thread as everybody of one reach is shown it. Whether they may is asked before. */
export function postsOf(
  reader: Reader,
  library: Library,
  { thread, salon }: { readonly thread: Thread; readonly salon: Salon },
  part: Part,
  reach: Reach,
): ReadPart {
  const found = selectPosts(reader, thread.id, part);
  const shown = {
    id: thread.id,
    salon: salon.slug,
    salonName: salon.name,
    title: thread.title,
    place: namedPlace(reader, library, salon.slug, thread, reach === 'members'),
    asks: thread.asks,
    isPublic: thread.isPublic,
    posts: thread.posts,
    replies: thread.replies,
    accepted: thread.accepted,
    pinned: thread.pinnedAt !== null,
    locked: thread.lockedAt !== null,
    moderation: lastOfWhole(reader, thread.id),
    version: thread.version,
    rows: rowsOf(reader, thread.id, found, reach),
  };
  const writers = new Map<string, number[]>();
  for (const { post: one } of found) {
    writers.set(one.authorId, [...(writers.get(one.authorId) ?? []), one.n]);
  }
  return { shown, writers, marked: found.some(({ post: { marks } }) => marks > 0) };
}
