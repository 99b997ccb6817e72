import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { minutes, seat, session, topic, turn } from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { cutPage, readCursor } from '../../core/page.ts';
import type { sessionList } from './contract.ts';
import { rowOf } from './row.ts';
import { monthNumber, monthOfNumber } from './rules.ts';

function titlesBySession(reader: Reader, sessions: readonly string[]): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  const rows = reader
    .select({ sessionId: topic.sessionId, title: topic.title })
    .from(topic)
    .where(inArray(topic.sessionId, [...sessions]))
    .orderBy(asc(topic.createdAt), asc(topic.id))
    .all();
  for (const { sessionId, title } of rows) {
    if (sessionId !== null) titles.set(sessionId, [...(titles.get(sessionId) ?? []), title]);
  }
  return titles;
}

/** The salon's sessions, newest month first, cancelled ones among them. */
export function listSessions(
  ctx: Context,
  slug: string,
  query: { limit: number; cursor?: string | undefined },
): z.infer<typeof sessionList> {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  const standings = allow(reader, ctx, 'session.list', salon);
  const from = readCursor(query.cursor);
  const found = reader
    .select({ session, seatId: seat.id, community: seat.community, published: minutes.publishedAt })
    .from(session)
    .leftJoin(turn, and(eq(turn.salonId, session.salonId), eq(turn.month, session.month)))
    .leftJoin(seat, eq(seat.id, turn.seatId))
    .leftJoin(minutes, eq(minutes.sessionId, session.id))
    .where(
      and(
        eq(session.salonId, salon.id),
        from ? lt(session.month, monthOfNumber(from.after)) : undefined,
      ),
    )
    .orderBy(desc(session.month))
    .limit(query.limit + 1)
    .all();
  const page = cutPage(found, query.limit, ({ session: { month, id } }) => ({
    after: monthNumber(month),
    id,
  }));
  const titles = titlesBySession(
    reader,
    page.rows.map(({ session: { id } }) => id),
  );
  return {
    sessions: page.rows.map(({ session: one, seatId, community, published }) => ({
      ...rowOf({
        session: one,
        chair: seatId === null || community === null ? null : { seatId, community },
        publishedAt: published,
      }),
      topics: titles.get(one.id) ?? [],
    })),
    // From the second month on the calendar does it.
    mayConvene: may(standings, 'session.convene') && !from && found.length === 0,
    next: page.next,
  };
}
