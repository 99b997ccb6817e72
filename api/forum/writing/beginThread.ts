import type { z } from 'zod';
import { thread } from '../../../db/schema/index.ts';
import { allow, findSalon, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { threadInput } from '../contract.ts';
import { relationsAt } from '../find.ts';
import { storedPlace } from '../places.ts';
import { FORUM } from '../refusals.ts';
import { compose, requireFit } from './compose.ts';
import { putPost } from './putPost.ts';
import { unitOf } from './unit.ts';

/**
 * Begins a thread with its first post.
 * @returns its id
 * @throws {Refused} placeUnknown, or as `requireFit`
 */
export function beginThread(
  ctx: Context,
  slug: string,
  input: z.infer<typeof threadInput>,
): Promise<{ thread: string }> {
  return write(ctx, { name: 'thread.begin', input: [slug, input] }, (tx) => {
    const salon = findSalon(tx, slug);
    const place = storedPlace(tx, ctx.library, salon.id, input.place);
    const relations = place ? relationsAt(tx, ctx, place) : [];
    const standings = allow(tx, ctx, 'thread.write', salon, relations);
    if (!place) throw new Refused(FORUM.placeUnknown);
    const written = compose(tx, ctx, salon, input.source);
    requireFit(written);
    const unit = unitOf(tx, ctx, salon, place, standings);
    const at = ctx.clock();
    const { title, asks, isPublic, source } = input;
    const row = tx
      .insert(thread)
      .values({
        id: newId(),
        ...place,
        ...{ title, asks, isPublic },
        authorId: signedIn(ctx),
        createdAt: at,
        lastAt: at,
        lastUnit: unit,
      })
      .returning()
      .get();
    putPost(tx, ctx, row, { unit, source, written, draft: 'new' });
    return { thread: row.id };
  });
}
