import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { post as posts } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { notify } from '../../notices/notify.ts';
import { readersAmong } from '../audience.ts';
import type { Post, Thread } from '../find.ts';
import { indexPost, unindexPost } from '../writing/postText.ts';
import { textOf } from '../writing/sanitize.ts';
import { setAccepted } from './accept.ts';
import { logAction } from './log.ts';
import { tally } from './tally.ts';

/** Takes a shown post out of sight; what is hidden has not helped either. */
export function hidePost(tx: Tx, ctx: Context, thread: Thread, post: Post, reason: string): void {
  const { id: threadId, salonId, title } = thread;
  const { n } = post;
  setState(tx, post, 'hidden');
  unindexPost(tx, post.seq);
  if (thread.accepted === n) setAccepted(tx, threadId, null);
  logAction(tx, ctx, thread, { action: 'hide', reason, post });
  record(tx, ctx, { action: 'forum.hide', salonId, subject: threadId, detail: { n } });
  const to = readersAmong(tx, thread, [post.authorId]);
  const data = { thread: threadId, title, n, reason };
  notify(tx, ctx, { salonId, kind: 'post.hidden', data, to });
}

/** Brings a hidden post back; whether it helped is for the asker to say again. */
export function showPost(tx: Tx, ctx: Context, thread: Thread, post: Post, reason: string): void {
  const { id: threadId, salonId, title } = thread;
  const { n } = post;
  setState(tx, post, 'shown');
  indexPost(tx, post.seq, textOf(post.html), n === 1 ? title : undefined);
  logAction(tx, ctx, thread, { action: 'show', reason, post });
  record(tx, ctx, { action: 'forum.show', salonId, subject: threadId, detail: { n } });
  const to = readersAmong(tx, thread, [post.authorId]);
  const data = { thread: threadId, title, n, reason };
  notify(tx, ctx, { salonId, kind: 'post.shown', data, to });
}

function setState(tx: Tx, { seq, threadId }: Post, state: 'shown' | 'hidden'): void {
  tx.update(posts).set({ state }).where(eq(posts.seq, seq)).run();
  tally(tx, threadId);
}
