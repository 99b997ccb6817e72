import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { postVersion } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import type { postHistory, postSource } from '../contract.ts';
import { type PostPlace, requireShown } from './change.ts';

/** A post as it was typed, to quote or to change it. @throws {Refused} postGone */
export function sourceOf(ctx: Context, place: PostPlace): z.infer<typeof postSource> {
  const { post } = requireShown(ctx.db.orm, ctx, 'thread.read', place);
  return { source: post.source, edits: post.edits, unit: post.unit };
}

/**
 * What a post said before, the oldest first, each with the time since when.
 * @throws {Refused} postGone
 */
export function historyOf(ctx: Context, place: PostPlace): z.infer<typeof postHistory> {
  const { post } = requireShown(ctx.db.orm, ctx, 'thread.read', place);
  const kept = ctx.db.orm
    .select({ source: postVersion.source, at: postVersion.at })
    .from(postVersion)
    .where(eq(postVersion.postSeq, post.seq))
    .orderBy(asc(postVersion.nth))
    .all();
  const versions = kept.map(({ source }, nth) => ({
    source,
    at: new Date(kept[nth - 1]?.at ?? post.at).toISOString(),
  }));
  return { versions };
}
