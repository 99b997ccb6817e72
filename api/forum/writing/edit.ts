import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { post, postVersion } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { edited, editInput } from '../contract.ts';
import { FORUM } from '../refusals.ts';
import { marksEdit } from '../rules.ts';
import { type PostPlace, requireOwn, showChange, titleFor } from './change.ts';
import { compose, requireFit, usePictures } from './compose.ts';
import { dropDraft } from './drafts.ts';
import { indexPost } from './postText.ts';
import { tellCalled } from './tell.ts';

/**
 * Changes one's own post; what it said is kept. The same text changes nothing.
 * @throws {Refused} editedMeanwhile, postGone, threadLocked, or as `requireFit`
 */
export function editPost(
  ctx: Context,
  place: PostPlace,
  { source, edits }: z.infer<typeof editInput>,
): Promise<z.infer<typeof edited>> {
  return write(ctx, { name: 'post.edit', input: [place, source, edits] }, (tx) => {
    const { salon, thread, post: before } = requireOwn(tx, ctx, place);
    if (before.edits !== edits) throw new Refused(FORUM.editedMeanwhile);
    dropDraft(tx, ctx, salon.id, `edit ${thread.id} ${place.n}`);
    if (before.source === source) return { n: place.n, edits };
    const written = compose(tx, ctx, salon, source, thread.id);
    requireFit(written);
    const at = ctx.clock();
    const kept = { postSeq: before.seq, nth: edits, source: before.source, at };
    tx.insert(postVersion).values(kept).run();
    const editedAt = marksEdit(before.at, at) ? at : before.editedAt;
    tx.update(post)
      .set({ source, html: written.html, editedAt, edits: edits + 1 })
      .where(eq(post.seq, before.seq))
      .run();
    indexPost(tx, before.seq, written.text, titleFor(before, thread));
    usePictures(tx, written.pictures, thread.id);
    tellCalled(tx, ctx, thread, before, written.people);
    showChange(tx, thread);
    return { n: place.n, edits: edits + 1 };
  });
}
