import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { thread } from '../../../db/schema/index.ts';
import { type Action, may } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { touch } from '../../core/write.ts';
import { allowOnPost, type Post, requireOpen, type Thread } from '../find.ts';
import { FORUM } from '../refusals.ts';

/** Where a post stands. */
export interface PostPlace {
  readonly thread: string;
  readonly n: number;
}

/** A post that is shown, if the actor may do this with it. @throws {Refused} postGone, or as `allowOnPost` */
export function requireShown(
  reader: Reader,
  ctx: Context,
  action: Action,
  { thread: id, n }: PostPlace,
) {
  const allowed = allowOnPost(reader, ctx, action, id, n);
  if (allowed.post.state !== 'shown') throw new Refused(FORUM.postGone);
  return allowed;
}

/**
 * One's own post, to write it anew; whoever has left the salon writes there no more.
 * @throws {Refused} forbidden, threadLocked, postGone
 */
export function requireOwn(tx: Tx, ctx: Context, place: PostPlace) {
  const allowed = requireShown(tx, ctx, 'post.change', place);
  if (!may(allowed.standings, 'thread.write')) throw new Refused(CORE.forbidden);
  requireOpen(allowed.thread);
  return allowed;
}

/** After a change of what is shown in a thread. */
export function showChange(tx: Tx, row: Thread, changes: Partial<Thread> = {}): void {
  tx.update(thread)
    .set({ ...changes, version: row.version + 1 })
    .where(eq(thread.id, row.id))
    .run();
  touch(tx, row.salonId);
}

/** The title that the search finds a post by: of the thread it opens. */
export const titleFor = ({ n }: Pick<Post, 'n'>, { title }: Pick<Thread, 'title'>) =>
  n === 1 ? title : undefined;
