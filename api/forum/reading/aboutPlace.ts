import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { post, thread } from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import type { aboutPlace as aboutShape } from '../contract.ts';
import { relationsAt } from '../find.ts';
import { type Place, storedPlace } from '../places.ts';
import { textOf, withoutNames } from '../writing/sanitize.ts';
import { shorten } from './excerpt.ts';
import { placesOfTheme } from './listThreads.ts';
import { readable, salonsWhere } from './readable.ts';
import { newestFirst, rowOf, selectRows } from './rows.ts';

const SHOWN = 10;
const SOLVED = 5;
const GIST = 120;

/** The places of the database that are meant, and whether the actor may write there. */
function settle(
  reader: Reader,
  ctx: Context,
  place: Place,
  slug: string | undefined,
): { where: SQL | undefined; mayWrite: boolean } {
  if (slug === undefined) {
    allow(reader, ctx, 'forum.list');
    const { kind, key } = place;
    if (kind === 'topic' || kind === 'session') throw new Refused(CORE.notFound);
    if (!ctx.library.find(kind, key)) throw new Refused(CORE.notFound);
    return {
      where: at(ctx, place),
      mayWrite: salonsWhere(reader, ctx, 'thread.write').length > 0,
    };
  }
  const salon = findSalon(reader, slug);
  const stored = storedPlace(reader, ctx.library, salon.id, place);
  const relations = stored ? relationsAt(reader, ctx, stored) : [];
  const standings = allow(reader, ctx, 'forum.list', salon, relations);
  if (!stored) throw new Refused(CORE.notFound);
  return {
    where: and(eq(thread.salonId, salon.id), at(ctx, { kind: place.kind, key: stored.placeKey })),
    mayWrite: may(standings, 'thread.write'),
  };
}

/** @param place with its key as the database has it */
function at({ library }: Context, { kind, key }: Place): SQL | undefined {
  if (kind !== 'theme') return and(eq(thread.placeKind, kind), eq(thread.placeKey, key));
  const places = placesOfTheme(library, key).map((one) => sql`(${one.kind}, ${one.key})`);
  return sql`(${thread.placeKind}, ${thread.placeKey}) IN (VALUES ${sql.join(places, sql`, `)})`;
}

/** Threads with an answer that helped, and what it says. */
function solvedAt(reader: Reader, where: SQL | undefined) {
  return reader
    .select({ id: thread.id, title: thread.title, n: post.n, unit: post.unit, html: post.html })
    .from(thread)
    .innerJoin(post, and(eq(post.threadId, thread.id), eq(post.n, thread.accepted)))
    .where(and(where, eq(post.state, 'shown')))
    .orderBy(newestFirst)
    .limit(SOLVED)
    .all()
    .map(({ html, ...rest }) => ({ ...rest, gist: shorten(textOf(withoutNames(html)), GIST) }));
}

/**
 * What is talked of about a case, a method, a theme, a topic or a session.
 * @param slug of one salon; without it what the actor may read of all of them
 * @throws {Refused} as `allow`; notFound where there is no such place
 */
export function aboutPlace(
  ctx: Context,
  place: Place,
  slug: string | undefined,
): z.infer<typeof aboutShape> {
  const reader = ctx.db.orm;
  const { where, mayWrite } = settle(reader, ctx, place, slug);
  const all = and(where, isNull(thread.hiddenAt), readable(reader, ctx));
  const total = reader
    .select({ total: sql<number>`count(*)` })
    .from(thread)
    .where(all)
    .get()?.total;
  const rows = selectRows(reader, ctx).where(all).orderBy(newestFirst).limit(SHOWN).all();
  return {
    threads: rows.map((row) => rowOf(reader, ctx, row)),
    total: total ?? 0,
    solved: solvedAt(reader, all),
    mayWrite,
  };
}
