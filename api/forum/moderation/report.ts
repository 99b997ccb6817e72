import { and, eq, isNull } from 'drizzle-orm';
import { report as reports } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { hosts } from '../../salon/audience.ts';
import { allowOnPost } from '../find.ts';
import { FORUM } from '../refusals.ts';
import { type PostPlace, requireShown } from './mark.ts';

/**
 * Asks the hosts to look at a post. They are told with the first report of it that is open.
 * @throws {Refused} as `allowOnPost`, postGone, alreadyReported
 */
export async function reportPost(
  ctx: Context,
  { thread: id, n }: PostPlace,
  reason: string,
): Promise<void> {
  await write(ctx, { name: 'post.report', input: [id, n, reason] }, (tx) => {
    const { salon, thread, post } = allowOnPost(tx, ctx, 'thread.write', id, n);
    const reporterId = signedIn(ctx);
    requireShown(post);
    const open = tx
      .select({ reporterId: reports.reporterId })
      .from(reports)
      .where(and(eq(reports.postSeq, post.seq), isNull(reports.decision)))
      .all();
    if (open.some((one) => one.reporterId === reporterId)) {
      throw new Refused(FORUM.alreadyReported);
    }
    const [salonId, reportId] = [salon.id, newId()];
    const row = { id: reportId, salonId, postSeq: post.seq, reporterId, reason };
    tx.insert(reports)
      .values({ ...row, at: ctx.clock() })
      .run();
    record(tx, ctx, { action: 'forum.report', salonId, subject: reportId });
    if (open.length > 0) return null;
    const data = { thread: thread.id, title: thread.title };
    notify(tx, ctx, { salonId, kind: 'report.made', data, to: hosts(tx, salonId) });
    return null;
  });
}
