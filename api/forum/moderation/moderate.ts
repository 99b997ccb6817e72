import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { thread as threads } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { moderationInput } from '../contract.ts';
import { type Allowed, allowOnPost, allowOnThread } from '../find.ts';
import { namedPlace, storedPlace } from '../places.ts';
import { FORUM } from '../refusals.ts';
import { THREAD_ACTS, type ThreadAction } from './acts.ts';
import { settleReports } from './decide.ts';
import { hidePost, showPost } from './hidePost.ts';
import { logAction, tellOfThread } from './log.ts';

type Input = z.infer<typeof moderationInput>;

/**
 * What a host does for order's sake, with a reason that everybody reads. What is so already stays
 * as it is, and nobody is told again.
 * @throws {Refused} as `allowOnThread`; postGone, placeNeeded, placeUnknown; invalid without a post
 */
export async function moderate(ctx: Context, id: string, input: Input): Promise<void> {
  const { action, reason } = input;
  await write(ctx, { name: 'forum.moderate', input: [id, input] }, (tx) => {
    const found = allowOnThread(tx, ctx, 'forum.moderate', id);
    if (action === 'move') moveThread(tx, ctx, found, input);
    else if (action === 'hide' || action === 'show') moderatePost(tx, ctx, id, input);
    else changeThread(tx, ctx, found, action, reason);
    return null;
  });
}

function changeThread(
  tx: Tx,
  ctx: Context,
  { thread, salon }: Allowed,
  name: ThreadAction,
  reason: string,
): void {
  const { audited: action, what, isDone, change } = THREAD_ACTS[name];
  if (isDone(thread)) return;
  tx.update(threads).set(change(ctx.clock())).where(eq(threads.id, thread.id)).run();
  logAction(tx, ctx, thread, { action: name, reason });
  record(tx, ctx, { action, salonId: salon.id, subject: thread.id });
  tellOfThread(tx, ctx, thread, what, reason);
}

/** To another place of the library or of the same salon; its address stays. */
function moveThread(
  tx: Tx,
  ctx: Context,
  { thread, salon }: Allowed,
  { place, reason }: Input,
): void {
  if (!place) throw new Refused(FORUM.placeNeeded);
  const stored = storedPlace(tx, ctx.library, salon.id, place);
  if (!stored) throw new Refused(FORUM.placeUnknown);
  const { placeKind, placeKey } = stored;
  if (thread.placeKind === placeKind && thread.placeKey === placeKey) return;
  tx.update(threads).set({ placeKind, placeKey }).where(eq(threads.id, thread.id)).run();
  logAction(tx, ctx, thread, { action: 'move', reason });
  const detail = { place: placeKind };
  record(tx, ctx, { action: 'forum.move', salonId: salon.id, subject: thread.id, detail });
  const { name } = namedPlace(tx, ctx.library, salon.slug, stored, true);
  tellOfThread(tx, ctx, { ...thread, placeKind, placeKey }, `已移到“${name}”`, reason);
}

function moderatePost(tx: Tx, ctx: Context, id: string, { action, reason, n }: Input): void {
  if (n === undefined) {
    throw new Refused(CORE.invalid, { errors: [{ path: '/n', message: '须说明是哪一楼' }] });
  }
  const { thread, post } = allowOnPost(tx, ctx, 'forum.moderate', id, n);
  if (post.state === 'deleted') throw new Refused(FORUM.postGone);
  if (action === 'show' && post.state === 'hidden') showPost(tx, ctx, thread, post, reason);
  if (action !== 'hide' || post.state !== 'shown') return;
  hidePost(tx, ctx, thread, post, reason);
  settleReports(tx, ctx, thread, post, { decision: 'hidden', reason });
}
