import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { thread } from '../../../db/schema/index.ts';
import { allowIn, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { cutPage, readCursor } from '../../core/page.ts';
import { CORE, Refused } from '../../core/refused.ts';
import type { Library } from '../../library/names.ts';
import type { threadList, VIEWS } from '../contract.ts';
import { type Place, storedPlace } from '../places.ts';
import { readable } from './readable.ts';
import { newestFirst, rowOf, selectRows } from './rows.ts';
import { unreadOf } from './unread.ts';

type View = (typeof VIEWS)[number];

export interface ListQuery {
  readonly view: View;
  readonly theme?: string | undefined;
  readonly place?: Place | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Pinned threads at most; a host who pins more has pinned nothing. */
const PINNED = 20;

/** A theme with its cases and methods. */
export const placesOfTheme = (library: Library, key: string): Place[] => [
  { kind: 'theme', key },
  ...library
    .all()
    .flatMap(({ kind, id, themes }) =>
      kind !== 'theme' && themes.includes(key) ? [{ kind, key: id }] : [],
    ),
];

/** Wrote in it, follows it or was named in it. */
const takesPart = (me: string): SQL => sql`${thread.id} IN (
  SELECT thread_id FROM post WHERE author_id = ${me}
  UNION ALL SELECT thread_id FROM follow WHERE person_id = ${me} AND level = 'follow'
  UNION ALL SELECT p.thread_id FROM mention m JOIN post p ON p.seq = m.post_seq
    WHERE m.person_id = ${me})`;

// Written out where an index is for these rows alone: of a value that is bound it could not know.
function inView(reader: Reader, ctx: Context, salonId: string, view: View): SQL | undefined {
  switch (view) {
    case 'latest':
      return isNull(thread.pinnedAt);
    case 'unread':
      return unreadOf(reader, ctx, salonId);
    case 'mine':
      return takesPart(signedIn(ctx));
    case 'waiting':
      return sql`${thread.asks} = 1 AND ${thread.replies} = 0 AND ${thread.accepted} IS NULL`;
    case 'solved':
      return isNotNull(thread.accepted);
  }
}

function aboutTheme({ library }: Context, theme: string | undefined): SQL | undefined {
  if (theme === undefined) return undefined;
  const places = placesOfTheme(library, theme).map(({ kind, key }) => `${kind} ${key}`);
  return sql`${thread.placeKind} || ' ' || ${thread.placeKey} IN
    (SELECT value FROM json_each(${JSON.stringify(places)}))`;
}

/** @throws {Refused} notFound where there is no such place */
function about(
  reader: Reader,
  ctx: Context,
  salonId: string,
  { theme, place }: Pick<ListQuery, 'theme' | 'place'>,
): SQL | undefined {
  const ofTheme = aboutTheme(ctx, theme);
  if (!place) return ofTheme;
  const stored = storedPlace(reader, ctx.library, salonId, place);
  if (!stored) throw new Refused(CORE.notFound);
  const here =
    place.kind === 'theme'
      ? aboutTheme(ctx, place.key)
      : // Not by the index of places: the newest are sought among few.
        sql`(+${thread.placeKind}, +${thread.placeKey}) = (${place.kind}, ${stored.placeKey})`;
  return and(ofTheme, here);
}

/** The rows of a list, those taken away apart; one more than asked for. */
export function listQuery(
  reader: Reader,
  ctx: Context,
  salonId: string,
  { view, limit, cursor, ...where }: ListQuery,
) {
  const from = readCursor(cursor);
  return selectRows(reader, ctx)
    .where(
      and(
        eq(thread.salonId, salonId),
        isNull(thread.hiddenAt),
        from && sql`(${thread.lastAt}, ${thread.id}) < (${from.after}, ${from.id})`,
        inView(reader, ctx, salonId, view),
        about(reader, ctx, salonId, where),
        readable(reader, ctx),
      ),
    )
    .orderBy(newestFirst)
    .limit(limit + 1);
}

/** A salon's threads that the reader may read. @throws {Refused} as `allow`; signIn for views of one's own */
export function listThreads(
  ctx: Context,
  slug: string,
  query: ListQuery,
): z.infer<typeof threadList> {
  const reader = ctx.db.orm;
  const salon = allowIn(reader, ctx, 'forum.list', slug);
  const found = listQuery(reader, ctx, salon.id, query).all();
  const page = cutPage(found, query.limit, ({ thread: { lastAt, id } }) => ({
    after: lastAt,
    id,
  }));
  const first = query.view === 'latest' && query.cursor === undefined;
  const pinned = first ? pinnedIn(reader, ctx, salon.id, query) : [];
  return {
    threads: page.rows.map((row) => rowOf(reader, ctx, row)),
    pinned: pinned.map((row) => rowOf(reader, ctx, row)),
    next: page.next,
  };
}

const pinnedIn = (reader: Reader, ctx: Context, salonId: string, where: ListQuery) =>
  selectRows(reader, ctx)
    .where(
      and(
        eq(thread.salonId, salonId),
        isNotNull(thread.pinnedAt),
        isNull(thread.hiddenAt),
        about(reader, ctx, salonId, where),
        readable(reader, ctx),
      ),
    )
    .orderBy(desc(thread.pinnedAt))
    .limit(PINNED)
    .all();
