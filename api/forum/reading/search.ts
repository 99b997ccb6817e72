import { and, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { post, salon, thread } from '../../../db/schema/index.ts';
import { allow } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { fold, termsOf } from '../../core/fold.ts';
import { cutPage, readCursor } from '../../core/page.ts';
import type { searchHits } from '../contract.ts';
import { indexedQuery } from '../tokens.ts';
import { textOf, withoutNames } from '../writing/sanitize.ts';
import { excerptOf } from './excerpt.ts';
import { named, readable } from './readable.ts';

export interface SearchQuery {
  readonly q: string;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * Posts that hold every term of the query, of those that the actor may read. The order of the joins
 * is given: the index is walked from its end, and nothing is sorted.
 */
export function hitsQuery(reader: Reader, ctx: Context, match: string, query: SearchQuery) {
  const from = readCursor(query.cursor);
  return reader
    .select({
      seq: post.seq,
      thread: thread.id,
      salon: salon.slug,
      title: thread.title,
      n: post.n,
      unit: post.unit,
      at: post.at,
      accepted: thread.accepted,
      html: post.html,
      named: sql<number>`${named(reader, ctx)}`,
    })
    .from(sql`post_text`)
    .crossJoin(post)
    .crossJoin(thread)
    .crossJoin(salon)
    .where(
      and(
        sql`post_text MATCH ${match}`,
        from && sql`post_text.rowid < ${from.after}`,
        sql`${post.seq} = post_text.rowid`,
        eq(post.state, 'shown'),
        eq(thread.id, post.threadId),
        isNull(thread.hiddenAt),
        eq(salon.id, thread.salonId),
        readable(reader, ctx),
      ),
    )
    .orderBy(sql`post_text.rowid DESC`)
    .limit(query.limit + 1);
}

type Row = ReturnType<ReturnType<typeof hitsQuery>['all']>[number];
type Hit = z.infer<typeof searchHits>['hits'][number];

/** Posts with all that was asked for, newest first. */
export function searchPosts(ctx: Context, query: SearchQuery): z.infer<typeof searchHits> {
  const reader = ctx.db.orm;
  allow(reader, ctx, 'forum.list');
  const match = indexedQuery(query.q);
  if (match === undefined) return { hits: [], next: null };
  const terms = termsOf(query.q);
  const found = hitsQuery(reader, ctx, match, query).all();
  const page = cutPage(found, query.limit, ({ seq }) => ({ after: seq, id: '' }));
  return { hits: page.rows.flatMap((row) => hitOf(row, terms)), next: page.next };
}

/** None where the terms stand in what the reader is not shown: a search tells no names either. */
function hitOf(
  { seq, html, named, at, accepted, n, title, ...hit }: Row,
  terms: readonly string[],
): Hit[] {
  const shown = named ? html : withoutNames(html);
  const text = textOf(shown);
  if (shown !== html) {
    const found = [fold(text), n === 1 ? fold(title) : ''];
    if (!terms.every((term) => found.some((one) => one.includes(term)))) return [];
  }
  const where = { ...hit, title, n, at: new Date(at).toISOString(), accepted: accepted === n };
  return [{ ...where, excerpt: excerptOf(text, terms) }];
}
