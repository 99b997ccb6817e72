import { and, eq, gte, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { actionItem, agendaItem, round, seat, session, turn } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { addDays, dayOf, monthOf } from '../../core/day.ts';
import type { CalendarEvent } from './feed.ts';

/** What a calendar goes back; a subscribed phone keeps what it has. Days. */
const BACK = 366;
const HOURS = 2;
const HOUR_MS = 3600_000;

export interface Asked {
  readonly salon: Salon;
  /** Scheme and host, for links. */
  readonly origin: string;
  readonly now: number;
}

const pageOf = ({ origin, salon: { slug } }: Asked, path: string): string =>
  `${origin}/salon/${path}?salon=${slug}`;

/**
 * A salon's sessions; nothing in them but what its public pages say.
 * @param mine the seat whose holder reads it: its own turns are named
 */
export function sessionEvents(reader: Reader, asked: Asked, mine?: string): CalendarEvent[] {
  const { salon, now } = asked;
  const rows = reader
    .select({ session, chair: seat.community, chairId: seat.id })
    .from(session)
    .leftJoin(turn, and(eq(turn.salonId, session.salonId), eq(turn.month, session.month)))
    .leftJoin(seat, eq(seat.id, turn.seatId))
    .where(
      and(eq(session.salonId, salon.id), gte(session.month, monthOf(now - BACK * 24 * HOUR_MS))),
    )
    .all();
  const topics = topicsOf(
    reader,
    rows.map(({ session: { id } }) => id),
  );
  return rows.map(({ session: one, chair, chairId }) => {
    const chairing = mine !== undefined && chairId === mine;
    const numbered = one.number === null ? '' : `第 ${one.number} 期`;
    const titles = topics.get(one.id) ?? [];
    return {
      id: one.id,
      title: `${numbered}社区治理主题沙龙${chairing ? '（您担任轮值主席）' : ''}`,
      description: [
        ...(chair ? [`轮值主席：${chair}`] : []),
        ...titles.map((title) => `议题：${title}`),
        ...(one.note ? [one.note] : []),
      ].join('\n'),
      location: one.place,
      url: pageOf(asked, one.number === null ? 'sessions/' : `sessions/${one.number}/`),
      start: one.startsAt,
      end: one.startsAt + HOURS * HOUR_MS,
      updated: one.updatedAt,
      cancelled: one.state === 'cancelled',
      ...(mine !== undefined && { alarmMinutes: 60 }),
    };
  });
}

/** Titles of topics on the agendas. */
function topicsOf(reader: Reader, sessionIds: readonly string[]): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  if (sessionIds.length === 0) return titles;
  const rows = reader
    .select({ sessionId: agendaItem.sessionId, title: agendaItem.title })
    .from(agendaItem)
    .where(and(inArray(agendaItem.sessionId, [...sessionIds]), isNotNull(agendaItem.topicId)))
    .orderBy(agendaItem.position)
    .all();
  for (const { sessionId, title } of rows) {
    titles.set(sessionId, [...(titles.get(sessionId) ?? []), title]);
  }
  return titles;
}

/** The days on which votes close, for a secretary. */
export function voteEvents(reader: Reader, asked: Asked): CalendarEvent[] {
  const { salon, now } = asked;
  return reader
    .select()
    .from(round)
    .where(
      and(
        eq(round.salonId, salon.id),
        gte(round.month, monthOf(now)),
        inArray(round.state, ['waiting', 'proposing', 'voting']),
      ),
    )
    .all()
    .map(({ id, month, votingAt, closesAt }) => ({
      id: `${id}-vote`,
      title: `${Number(month.slice(5))}月议题投票截止`,
      description: '截止前可以修改。',
      location: '',
      url: `${pageOf(asked, 'topics/')}&month=${month}`,
      start: closesAt - HOUR_MS,
      end: closesAt,
      updated: votingAt,
      cancelled: false,
      alarmMinutes: 12 * 60,
    }));
}

/** The days by which a seat's action items are to be done. */
export const actionEvents = (reader: Reader, asked: Asked, seatId: string): CalendarEvent[] =>
  reader
    .select()
    .from(actionItem)
    .where(
      and(
        eq(actionItem.seatId, seatId),
        eq(actionItem.published, true),
        ne(actionItem.state, 'done'),
        gte(actionItem.dueOn, addDays(dayOf(asked.now), -BACK)),
      ),
    )
    .all()
    .flatMap(({ id, what, dueOn }) =>
      dueOn === null
        ? []
        : {
            id: `${id}-due`,
            title: `待办截止：${what}`,
            description: '办结后请填写办结反馈。',
            location: '',
            url: pageOf(asked, `actions/${id}/`),
            allDay: dueOn,
            updated: asked.now,
            cancelled: false,
          },
    );
