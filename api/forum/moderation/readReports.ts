import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { person, post, report, thread } from '../../../db/schema/index.ts';
import { allowIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import type { reportList } from '../contract.ts';
import { sanitizePost } from '../writing/sanitize.ts';

/** As many as anybody decides at one sitting; the next ones follow when these are done. */
const MOST = 100;

/** What hosts have to decide on, longest waiting first. Who reported it is theirs alone to know. */
export function listReports(ctx: Context, slug: string): z.infer<typeof reportList> {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'forum.moderate', slug);
  const rows = reader
    .select({ report, post, title: thread.title, reporter: person.name })
    .from(report)
    .innerJoin(post, eq(post.seq, report.postSeq))
    .innerJoin(thread, eq(thread.id, post.threadId))
    .innerJoin(person, eq(person.id, report.reporterId))
    .where(and(eq(report.salonId, salonId), isNull(report.decision)))
    .orderBy(asc(report.at), asc(report.id))
    .limit(MOST)
    .all();
  return {
    reports: rows.map(
      ({ report: { id, reason, at, kept }, post: { n, unit, ...one }, ...rest }) => ({
        id,
        thread: one.threadId,
        n,
        unit,
        html: sanitizePost(kept ?? one.html),
        reason,
        at: new Date(at).toISOString(),
        ...rest,
      }),
    ),
  };
}
