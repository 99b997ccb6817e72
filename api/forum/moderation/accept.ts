import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { post as posts, thread as threads } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { readersAmong } from '../audience.ts';
import { type Allowed, allowOnPost, allowOnThread, type Post } from '../find.ts';
import { FORUM } from '../refusals.ts';
import { type PostPlace, requireShown } from './mark.ts';
import { bump } from './tally.ts';

/**
 * 采纳: the reply that helped; another one takes its place. Its author is told once, however often
 * it is taken back and given again.
 * @throws {Refused} as `allowOnPost`, ownAnswer, postGone
 */
export async function acceptAnswer(ctx: Context, { thread: id, n }: PostPlace): Promise<void> {
  await write(ctx, { name: 'answer.accept', input: [id, n] }, (tx) => {
    const found = allowAccept(tx, ctx, id);
    const { post } = allowOnPost(tx, ctx, 'thread.write', id, n);
    if (n === 1) throw new Refused(FORUM.ownAnswer);
    requireShown(post);
    if (found.thread.accepted === n) return null;
    setAccepted(tx, id, n);
    const detail = { n };
    record(tx, ctx, { action: 'forum.accept', salonId: found.salon.id, subject: id, detail });
    tell(tx, ctx, found, post);
    return null;
  });
}

/** @throws {Refused} as `allowOnThread` */
export async function unacceptAnswer(ctx: Context, id: string): Promise<void> {
  await write(ctx, { name: 'answer.unaccept', input: id }, (tx) => {
    const { salon, thread } = allowAccept(tx, ctx, id);
    if (thread.accepted === null) return null;
    setAccepted(tx, id, null);
    record(tx, ctx, { action: 'forum.unaccept', salonId: salon.id, subject: id });
    return null;
  });
}

/** Whoever began it and has left the salon since has no say in it any more. */
function allowAccept(tx: Tx, ctx: Context, id: string): Allowed {
  allowOnThread(tx, ctx, 'thread.write', id);
  return allowOnThread(tx, ctx, 'answer.accept', id);
}

export function setAccepted(tx: Tx, id: string, accepted: number | null): void {
  tx.update(threads).set({ accepted }).where(eq(threads.id, id)).run();
  bump(tx, id);
}

function tell(tx: Tx, ctx: Context, { salon, thread }: Allowed, { n, authorId }: Post): void {
  const asked = and(eq(posts.threadId, thread.id), eq(posts.n, 1));
  const asker = tx.select({ unit: posts.unit }).from(posts).where(asked).get();
  const byAsker = ctx.actor?.personId === thread.authorId;
  const unit = byAsker && asker ? asker.unit : salon.hostUnit;
  notify(tx, ctx, {
    salonId: salon.id,
    kind: 'answer.accepted',
    data: { thread: thread.id, title: thread.title, n, unit },
    to: readersAmong(tx, thread, [authorId]),
    once: `answer.accepted ${thread.id} ${n}`,
  });
}
