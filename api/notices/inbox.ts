import { and, count, desc, eq, inArray, isNull, lt, lte } from 'drizzle-orm';
import type { z } from 'zod';
import { inbox, notice, salon } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { cutPage, readCursor } from '../core/page.ts';
import { write } from '../core/write.ts';
import type { noticeList, noticeQuery } from './contract.ts';
import { inWords, kindsOf } from './kinds.ts';

/** How many notices the actor has not read yet. */
export function countUnread(ctx: Context): number {
  const personId = signedIn(ctx);
  const counted = ctx.db.orm
    .select({ unread: count() })
    .from(inbox)
    .where(and(eq(inbox.personId, personId), isNull(inbox.readAt)))
    .get();
  return counted?.unread ?? 0;
}

/** What the actor was told, newest first. */
export function listNotices(
  ctx: Context,
  { limit, cursor, group }: z.infer<typeof noticeQuery>,
): z.infer<typeof noticeList> {
  const personId = signedIn(ctx);
  const from = readCursor(cursor);
  const rows = ctx.db.orm
    .select({ notice, readAt: inbox.readAt, name: salon.name, slug: salon.slug })
    .from(inbox)
    .innerJoin(notice, eq(notice.seq, inbox.noticeSeq))
    .innerJoin(salon, eq(salon.id, notice.salonId))
    .where(
      and(
        eq(inbox.personId, personId),
        from && lt(inbox.noticeSeq, from.after),
        group && inArray(notice.kind, kindsOf(group)),
      ),
    )
    .orderBy(desc(inbox.noticeSeq))
    .limit(limit + 1)
    .all();
  const page = cutPage(rows, limit, ({ notice: { seq } }) => ({ after: seq, id: '' }));
  return {
    notices: page.rows.map(({ notice: { seq, kind, data, at }, readAt, name, slug }) => {
      const { text, path } = inWords(kind, data);
      const link = inSalon(path, slug);
      return {
        seq,
        text,
        link,
        salon: name,
        at: new Date(at).toISOString(),
        read: readAt !== null,
      };
    }),
    unread: countUnread(ctx),
    next: page.next,
  };
}

/** Marks everything up to a notice as read. @returns how many are left */
export async function markRead(ctx: Context, upTo: number): Promise<number> {
  const personId = signedIn(ctx);
  await write(ctx, { name: 'notice.read', input: upTo }, (tx) => {
    tx.update(inbox)
      .set({ readAt: ctx.clock() })
      .where(and(eq(inbox.personId, personId), isNull(inbox.readAt), lte(inbox.noticeSeq, upTo)))
      .run();
    return null;
  });
  return countUnread(ctx);
}

/** The address of something in a salon: the name of the salon stands before the place on the page. */
export function inSalon(path: string, slug: string): string {
  const [address = '', hash] = path.split('#');
  const query = `${address.includes('?') ? '&' : '?'}salon=${slug}`;
  return `${address}${query}${hash === undefined ? '' : `#${hash}`}`;
}
