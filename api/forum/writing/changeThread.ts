import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { post } from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { threadChange } from '../contract.ts';
import { allowOnThread, requireOpen } from '../find.ts';
import { showChange } from './change.ts';
import { textOf } from './markdown.ts';
import { indexPost } from './postText.ts';

/** Gives one's own thread another title, or says whether it asks. @throws {Refused} threadLocked */
export async function changeThread(
  ctx: Context,
  id: string,
  { title, asks }: z.infer<typeof threadChange>,
): Promise<void> {
  await write(ctx, { name: 'thread.change', input: [id, title, asks] }, (tx) => {
    const { thread, standings } = allowOnThread(tx, ctx, 'post.change', id);
    if (!may(standings, 'thread.write')) throw new Refused(CORE.forbidden);
    requireOpen(thread);
    if (thread.title === title && thread.asks === asks) return;
    const first = and(eq(post.threadId, id), eq(post.n, 1));
    const opening = tx.select().from(post).where(first).get();
    if (opening?.state === 'shown') indexPost(tx, opening.seq, textOf(opening.html), title);
    showChange(tx, thread, { title, asks });
  });
}
