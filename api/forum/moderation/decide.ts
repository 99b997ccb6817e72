import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { post as posts, report as reports, thread as threads } from '../../../db/schema/index.ts';
import { allowIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { readersAmong } from '../audience.ts';
import type { reportDecision } from '../contract.ts';
import type { Post, Thread } from '../find.ts';
import { FORUM } from '../refusals.ts';
import { dropPictures, picturesIn } from '../writing/dropPictures.ts';
import { hidePost } from './hidePost.ts';

type Decision = z.infer<typeof reportDecision>;

/**
 * A host's decision on a reported post, with its public reason: it holds for all open reports of it.
 * @throws {Refused} as `allowIn`, notFound, reportDecided
 */
export async function decideReport(
  ctx: Context,
  { salon: slug, report: id }: { readonly salon: string; readonly report: string },
  given: Decision,
): Promise<void> {
  await write(ctx, { name: 'report.decide', input: [slug, id, given] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'forum.moderate', slug);
    const found = tx
      .select({ report: reports, post: posts, thread: threads })
      .from(reports)
      .innerJoin(posts, eq(posts.seq, reports.postSeq))
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(reports.id, id), eq(reports.salonId, salonId)))
      .get();
    if (!found) throw new Refused(CORE.notFound);
    const { report, post, thread } = found;
    if (report.decision !== null) throw new Refused(FORUM.reportDecided);
    if (given.decision === 'hidden' && post.state === 'shown') {
      hidePost(tx, ctx, thread, post, given.reason);
    }
    settleReports(tx, ctx, thread, post, given);
    return null;
  });
}

/**
 * Closes the open reports of a post and tells whoever made them. Its author learns of it only where
 * it was hidden: what was kept is no reproach, and who reported it shall not be guessed at.
 */
export function settleReports(
  tx: Tx,
  ctx: Context,
  thread: Thread,
  post: Post,
  { decision, reason }: Decision,
): void {
  const { seq, n } = post;
  const open = and(eq(reports.postSeq, seq), isNull(reports.decision));
  const kept = tx.select({ html: reports.kept }).from(reports).where(open).get()?.html;
  if (kept) dropPictures(tx, post, picturesIn(kept));
  const settled = tx
    .update(reports)
    .set({ decision, decidedAt: ctx.clock(), kept: null })
    .where(open)
    .returning({ id: reports.id, reporterId: reports.reporterId })
    .all();
  const { id, title, salonId } = thread;
  const detail = { decision };
  for (const { id: subject } of settled) {
    record(tx, ctx, { action: 'forum.decide', salonId, subject, detail });
  }
  const reporters = settled.map(({ reporterId }) => reporterId);
  const data = { thread: id, title, n, reason, hidden: decision === 'hidden' };
  const to = readersAmong(tx, thread, reporters);
  notify(tx, ctx, { salonId, kind: 'report.decided', data, to });
}
