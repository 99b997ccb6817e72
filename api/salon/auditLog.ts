import { and, desc, eq, lt } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { audit, person, seat } from '../../db/schema/index.ts';
import { allowIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { cutPage, readCursor } from '../core/page.ts';
import { ACTION_TITLES, detailInWords } from './auditWords.ts';

/** What the id names: a person or a community's seat; nothing for anything else. */
function subjectName(reader: Reader, id: string): string {
  const who = reader.select({ name: person.name }).from(person).where(eq(person.id, id)).get();
  if (who) return who.name;
  const place = reader.select({ name: seat.community }).from(seat).where(eq(seat.id, id)).get();
  return place?.name ?? '';
}

/** A salon's log, newest first; for its host. */
export function listAudit(
  ctx: Context,
  slug: string,
  query: { limit: number; cursor?: string | undefined },
) {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'audit.read', slug);
  const from = readCursor(query.cursor);
  const found = reader
    .select({ row: audit, actor: person.name })
    .from(audit)
    .leftJoin(person, eq(person.id, audit.actorId))
    .where(and(eq(audit.salonId, salonId), from ? lt(audit.seq, from.after) : undefined))
    .orderBy(desc(audit.seq))
    .limit(query.limit + 1)
    .all();
  const page = cutPage(found, query.limit, ({ row }) => ({ after: row.seq, id: '' }));
  const rows = page.rows.map(({ row, actor }) => ({
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    actor,
    action: row.action,
    title: ACTION_TITLES[row.action] ?? row.action,
    subject: subjectName(reader, row.subject),
    details: Object.entries(JSON.parse(row.detail)).map(([key, value]) =>
      detailInWords(key, value, (id) => subjectName(reader, id)),
    ),
  }));
  return { rows, next: page.next };
}
