import { and, eq, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../db/client.ts';
import { post, salon as salons, thread } from '../../db/schema/index.ts';
import type { Action, Relation, Standing } from '../access/rules.ts';
import { allow, type Salon } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { CORE, Refused } from '../core/refused.ts';
import { guestOf } from '../salon/sessions/find.ts';
import { FORUM } from './refusals.ts';

export type Thread = typeof thread.$inferSelect;
export type Post = typeof post.$inferSelect;

const threadById = prepared((reader) =>
  reader
    .select({ thread, salon: salons })
    .from(thread)
    .innerJoin(salons, eq(salons.id, thread.salonId))
    .where(eq(thread.id, sql.placeholder('id')))
    .prepare(),
);

const postByNumber = prepared((reader) =>
  reader
    .select()
    .from(post)
    .where(and(eq(post.threadId, sql.placeholder('thread')), eq(post.n, sql.placeholder('n'))))
    .prepare(),
);

/** What the actor is to the place of a thread: a guest writes beside the session they come to. */
export function relationsAt(
  reader: Reader,
  ctx: Context,
  { placeKind, placeKey }: Pick<Thread, 'placeKind' | 'placeKey'>,
): Relation[] {
  return placeKind === 'session' && guestOf(reader, ctx, placeKey) ? ['invited'] : [];
}

export interface Allowed {
  readonly salon: Salon;
  readonly thread: Thread;
  /** All that the actor is there. */
  readonly standings: ReadonlySet<Standing>;
}

function allowAt(
  reader: Reader,
  ctx: Context,
  action: Action,
  { thread: row, salon }: Pick<Allowed, 'thread' | 'salon'>,
  authorId: string,
): Allowed {
  const relations = relationsAt(reader, ctx, row);
  if (authorId === ctx.actor?.personId) relations.push('author');
  const standings = allow(reader, ctx, action, salon, relations);
  if (row.hiddenAt !== null && !standings.has('host')) throw new Refused(FORUM.threadGone);
  return { salon, thread: row, standings };
}

/** Without asking who may read it. */
export const findThread = (
  reader: Reader,
  id: string,
): Pick<Allowed, 'thread' | 'salon'> | undefined => threadById(reader).get({ id });

function requireThread(reader: Reader, id: string): Pick<Allowed, 'thread' | 'salon'> {
  const found = findThread(reader, id);
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/**
 * A thread, if the actor may do this there; the author is whoever began it. To whoever may not read
 * it, it does not exist; one that was taken away is there for moderators only.
 * @throws {Refused} as `allow`, notFound, threadGone
 */
export function allowOnThread(reader: Reader, ctx: Context, action: Action, id: string): Allowed {
  const found = requireThread(reader, id);
  return allowAt(reader, ctx, action, found, found.thread.authorId);
}

/**
 * A post, if the actor may do this with it; the author is whoever wrote it.
 * @throws {Refused} as `allow`, notFound, threadGone
 */
export function allowOnPost(
  reader: Reader,
  ctx: Context,
  action: Action,
  id: string,
  n: number,
): Allowed & { readonly post: Post } {
  const found = requireThread(reader, id);
  const row = postByNumber(reader).get({ thread: id, n });
  // Whether there is such a post, only those learn who may read the thread.
  const allowed = allowAt(reader, ctx, action, found, row?.authorId ?? '');
  if (!row) throw new Refused(CORE.notFound);
  return { ...allowed, post: row };
}

/** Which line of the table lets someone read this thread. */
export const readingOf = ({ isPublic }: Pick<Thread, 'isPublic'>): Action =>
  isPublic ? 'thread.readPublic' : 'thread.read';

/** A thread, if the actor may read it. @throws {Refused} as `allow`, notFound, threadGone */
export function allowToRead(reader: Reader, ctx: Context, id: string): Allowed {
  const found = requireThread(reader, id);
  return allowAt(reader, ctx, readingOf(found.thread), found, found.thread.authorId);
}

/** Members may write where the thread is neither locked nor gone. @throws {Refused} threadLocked, threadGone */
export function requireOpen({ lockedAt, hiddenAt }: Thread): void {
  if (hiddenAt !== null) throw new Refused(FORUM.threadGone);
  if (lockedAt !== null) throw new Refused(FORUM.threadLocked);
}
