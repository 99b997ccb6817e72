import type { z } from 'zod';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { replied, replyInput } from '../contract.ts';
import { allowOnThread, requireOpen } from '../find.ts';
import { compose, requireFit } from './compose.ts';
import { putPost } from './putPost.ts';
import { unitOf } from './unit.ts';

/**
 * Replies in a thread, to one of its posts or to all of it.
 * @throws {Refused} threadLocked, threadGone, or as `requireFit`
 */
export function reply(
  ctx: Context,
  id: string,
  { source, replyTo }: z.infer<typeof replyInput>,
): Promise<z.infer<typeof replied>> {
  return write(ctx, { name: 'post.reply', input: [id, source, replyTo] }, (tx) => {
    const { salon, thread, standings } = allowOnThread(tx, ctx, 'thread.write', id);
    requireOpen(thread);
    if (replyTo !== undefined && replyTo > thread.posts) {
      const errors = [{ path: '/replyTo', message: '没有这一楼' }];
      throw new Refused(CORE.invalid, { errors });
    }
    const written = compose(tx, ctx, salon, source, id);
    requireFit(written);
    const unit = unitOf(tx, ctx, salon, thread, standings);
    const given = { unit, source, written, replyTo, draft: `reply ${id}` };
    return { thread: id, n: putPost(tx, ctx, thread, given) };
  });
}
