import type { Tx } from '../../../db/client.ts';
import { moderation } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { notify } from '../../notices/notify.ts';
import { readersAmong } from '../audience.ts';
import type { Post, Thread } from '../find.ts';
import type { ModerationAction } from '../rules.ts';
import { bump } from './tally.ts';

/** Writes down what a moderator did, with the reason that everybody reads. */
export function logAction(
  tx: Tx,
  ctx: Context,
  { id: threadId }: Thread,
  done: {
    readonly action: ModerationAction;
    readonly reason: string;
    readonly post?: Post | undefined;
  },
): void {
  const { action, reason, post } = done;
  const by = { personId: signedIn(ctx), at: ctx.clock() };
  tx.insert(moderation)
    .values({ threadId, postSeq: post?.seq ?? null, action, reason, ...by })
    .run();
  bump(tx, threadId);
}

/** @param what became of it */
export function tellOfThread(
  tx: Tx,
  ctx: Context,
  thread: Thread,
  what: string,
  reason: string,
): void {
  const { id, title, salonId } = thread;
  const data = { thread: id, title, what, reason };
  const to = readersAmong(tx, thread, [thread.authorId]);
  notify(tx, ctx, { salonId, kind: 'thread.moderated', data, to });
}
