import type { z } from 'zod';
import { allowIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import type { names, preview } from '../contract.ts';
import { compose } from './compose.ts';
import { namesIn } from './people.ts';

/** A post as it would be, and the names after an @ that are nobody's. @throws {Refused} tooIntricate */
export function previewPost(ctx: Context, slug: string, source: string): z.infer<typeof preview> {
  const salon = allowIn(ctx.db.orm, ctx, 'post.compose', slug);
  const { html, missing } = compose(ctx.db.orm, ctx, salon, source);
  return { html, missing: [...missing] };
}

/** Whom one can call with @. */
export function readNames(ctx: Context, slug: string): z.infer<typeof names> {
  const salon = allowIn(ctx.db.orm, ctx, 'post.compose', slug);
  return { names: namesIn(ctx.db.orm, salon) };
}
