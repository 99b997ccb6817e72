import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { forumSeen, thread } from '../../../db/schema/index.ts';
import { allowIn, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { write } from '../../core/write.ts';
import type { unread as unreadShape } from '../contract.ts';
import { UNREAD_MOST, unreadSince } from '../rules.ts';
import { readable } from './readable.ts';

type Unread = z.infer<typeof unreadShape>;

/** Of a salon's threads, those with posts that someone has not read and wants to hear of. */
export function unreadOf(reader: Reader, ctx: Context, salonId: string): SQL | undefined {
  const me = signedIn(ctx);
  const own = and(eq(forumSeen.personId, me), eq(forumSeen.salonId, salonId));
  const seen = reader.select({ before: forumSeen.before }).from(forumSeen).where(own).get();
  return and(
    // The index ends the search where everything older is read by rule.
    gt(thread.lastAt, unreadSince(ctx.clock(), seen?.before)),
    sql`${thread.posts} > coalesce((SELECT n FROM thread_reading
      WHERE person_id = ${me} AND thread_id = ${thread.id}), 0)`,
    sql`NOT EXISTS (SELECT 1 FROM follow
      WHERE person_id = ${me} AND thread_id = ${thread.id} AND level = 'mute')`,
  );
}

export function unreadQuery(reader: Reader, ctx: Context, salonId: string) {
  return reader
    .select({ one: sql`1` })
    .from(thread)
    .where(
      and(
        eq(thread.salonId, salonId),
        isNull(thread.hiddenAt),
        unreadOf(reader, ctx, salonId),
        readable(reader, ctx),
      ),
    )
    .limit(UNREAD_MOST + 1);
}

function counted(reader: Reader, ctx: Context, salonId: string): Unread {
  const found = unreadQuery(reader, ctx, salonId).all().length;
  return { threads: Math.min(found, UNREAD_MOST), more: found > UNREAD_MOST };
}

/** @throws {Refused} as `allow` */
export function countUnread(ctx: Context, slug: string): Unread {
  const reader = ctx.db.orm;
  const salon = allowIn(reader, ctx, 'forum.keepUp', slug);
  return counted(reader, ctx, salon.id);
}

/** Everything in the salon counts as read. @throws {Refused} as `allow` */
export function readAll(ctx: Context, slug: string): Promise<Unread> {
  return write(ctx, { name: 'forum.readAll', input: slug }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'forum.keepUp', slug);
    const before = ctx.clock();
    tx.insert(forumSeen)
      .values({ personId: signedIn(ctx), salonId, before })
      .onConflictDoUpdate({ target: [forumSeen.personId, forumSeen.salonId], set: { before } })
      .run();
    return counted(tx, ctx, salonId);
  });
}
