import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { forumSeen, post, salon, thread, threadReading } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import type { threadRow } from '../contract.ts';
import { namedPlace } from '../places.ts';
import { unreadSince } from '../rules.ts';
import { named } from './readable.ts';

export type ThreadRow = z.infer<typeof threadRow>;

const opening = alias(post, 'opening');

/** The rows of a list, to be narrowed and ordered by who asks. */
export function selectRows(reader: Reader, ctx: Context) {
  const me = ctx.actor?.personId ?? '';
  return reader
    .select({
      thread,
      slug: salon.slug,
      unit: opening.unit,
      same: opening.marks,
      read: threadReading.n,
      before: forumSeen.before,
      known: sql<number>`${named(reader, ctx)}`,
    })
    .from(thread)
    .innerJoin(salon, eq(salon.id, thread.salonId))
    .innerJoin(opening, and(eq(opening.threadId, thread.id), eq(opening.n, 1)))
    .leftJoin(
      threadReading,
      and(eq(threadReading.personId, me), eq(threadReading.threadId, thread.id)),
    )
    .leftJoin(forumSeen, and(eq(forumSeen.personId, me), eq(forumSeen.salonId, thread.salonId)))
    .$dynamic();
}
export type SelectedRow = ReturnType<ReturnType<typeof selectRows>['all']>[number];

export const newestFirst = sql`${thread.lastAt} DESC, ${thread.id} DESC`;

const moment = (at: number): string => new Date(at).toISOString();

export function rowOf(
  reader: Reader,
  { actor, clock, library }: Context,
  { thread: one, slug, unit, same, read, before, known }: SelectedRow,
): ThreadRow {
  const fresh = one.lastAt > unreadSince(clock(), before ?? undefined);
  return {
    id: one.id,
    salon: slug,
    title: one.title,
    place: namedPlace(reader, library, slug, one, known === 1),
    asks: one.asks,
    isPublic: one.isPublic,
    unit,
    at: moment(one.createdAt),
    replies: one.replies,
    lastAt: moment(one.lastAt),
    lastUnit: one.lastUnit,
    same,
    accepted: one.accepted,
    pinned: one.pinnedAt !== null,
    locked: one.lockedAt !== null,
    unread: actor ? (fresh ? Math.max(0, one.posts - (read ?? 0)) : 0) : null,
  };
}
