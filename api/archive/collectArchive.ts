import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import {
  actionItem,
  agendaItem,
  attachment,
  attendance,
  correction,
  file,
  guest,
  minutes,
  reading,
  roundTopic,
  salon,
  seat,
  session,
  topic,
  turn,
} from '../../db/schema/index.ts';
import { dayOf, timeOf } from '../core/day.ts';
import type { Archive, ArchivedSession, ArchivedTopic } from './shapes.ts';

type Published = {
  readonly session: typeof session.$inferSelect;
  readonly minutes: typeof minutes.$inferSelect;
  readonly slug: string;
};

/** Rows of one kind by the session they belong to. */
type BySession<T> = (sessionId: string) => readonly T[];

function grouped<T extends { readonly sessionId: string | null }>(
  rows: readonly T[],
): BySession<T> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    if (row.sessionId === null) continue;
    const group = groups.get(row.sessionId);
    if (group) group.push(row);
    else groups.set(row.sessionId, [row]);
  }
  return (id) => groups.get(id) ?? [];
}

/**
 * Everything about sessions that is public: those whose minutes are published, with communities and
 * units and no person's name. One query a kind, whatever the number of sessions.
 * @param today 'YYYY-MM-DD', for what is overdue
 * @param withDemo whether the demo's salon is among them
 */
export function collectArchive(
  reader: Reader,
  today: string,
  { withDemo }: { readonly withDemo: boolean },
): Archive {
  const salons = reader
    .select()
    .from(salon)
    .orderBy(asc(salon.name))
    .all()
    .filter(({ isDemo }) => withDemo || !isDemo);
  const shown = new Set(salons.map(({ slug }) => slug));
  const published = reader
    .select({ session, minutes, slug: salon.slug })
    .from(minutes)
    .innerJoin(session, eq(session.id, minutes.sessionId))
    .innerJoin(salon, eq(salon.id, session.salonId))
    .where(isNotNull(minutes.publishedAt))
    .orderBy(asc(salon.name), asc(session.month))
    .all()
    .filter(({ slug }) => shown.has(slug));
  const parts = readParts(reader);
  return {
    version: 1,
    salons: salons.map(({ slug, name, county, hostUnit, isDemo }) => ({
      slug,
      name,
      county,
      hostUnit,
      isDemo,
    })),
    sessions: published.map((one) => archived(one, parts, today)),
  };
}

type Parts = ReturnType<typeof readParts>;

function readParts(reader: Reader) {
  return {
    chairs: grouped(
      reader
        .select({ sessionId: session.id, community: seat.community })
        .from(session)
        .innerJoin(turn, and(eq(turn.salonId, session.salonId), eq(turn.month, session.month)))
        .innerJoin(seat, eq(seat.id, turn.seatId))
        .all(),
    ),
    topics: grouped(
      reader
        .select({
          sessionId: topic.sessionId,
          topic,
          proposer: seat.community,
          votes: roundTopic.votes,
          rank: roundTopic.rank,
          reason: roundTopic.reason,
        })
        .from(topic)
        .innerJoin(seat, eq(seat.id, topic.seatId))
        .leftJoin(
          roundTopic,
          and(eq(roundTopic.topicId, topic.id), eq(roundTopic.outcome, 'confirmed')),
        )
        .where(isNotNull(topic.sessionId))
        .orderBy(asc(roundTopic.rank), asc(topic.createdAt))
        .all(),
    ),
    agenda: grouped(reader.select().from(agendaItem).orderBy(asc(agendaItem.position)).all()),
    attended: grouped(
      reader
        .select({ sessionId: attendance.sessionId, seatId: seat.id, community: seat.community })
        .from(attendance)
        .innerJoin(seat, eq(seat.id, attendance.seatId))
        .orderBy(asc(seat.position))
        .all(),
    ),
    guests: grouped(
      reader
        .select({ sessionId: attendance.sessionId, unit: guest.unit })
        .from(attendance)
        .innerJoin(guest, eq(guest.id, attendance.guestId))
        .all(),
    ),
    readings: grouped(reader.select().from(reading).all()),
    files: grouped(
      reader
        .select({
          sessionId: attachment.sessionId,
          name: attachment.name,
          kind: file.kind,
          size: file.size,
        })
        .from(attachment)
        .innerJoin(file, eq(file.hash, attachment.hash))
        .where(isNotNull(attachment.sessionId))
        .orderBy(asc(attachment.at))
        .all(),
    ),
    actions: grouped(
      reader
        .select()
        .from(actionItem)
        .where(eq(actionItem.published, true))
        .orderBy(asc(actionItem.position))
        .all(),
    ),
    corrections: grouped(reader.select().from(correction).orderBy(asc(correction.at)).all()),
    seats: seatsBySalon(reader),
  };
}

type Seat = typeof seat.$inferSelect;

function seatsBySalon(reader: Reader): ReadonlyMap<string, readonly Seat[]> {
  const seats = new Map<string, Seat[]>();
  for (const one of reader.select().from(seat).orderBy(asc(seat.position)).all()) {
    const others = seats.get(one.salonId);
    if (others) others.push(one);
    else seats.set(one.salonId, [one]);
  }
  return seats;
}

/** Whether a seat had its place at the table on that day. */
const wasActive = ({ joinedOn, retiredOn }: Seat, day: string): boolean =>
  joinedOn <= day && (retiredOn === null || retiredOn > day);

function archived(
  { session: one, minutes: written, slug }: Published,
  parts: Parts,
  today: string,
): ArchivedSession {
  const { id } = one;
  const date = dayOf(one.startsAt);
  const attended = parts.attended(id);
  const came = new Set(attended.map(({ seatId }) => seatId));
  const due = (parts.seats.get(one.salonId) ?? []).filter((place) => wasActive(place, date));
  const readings = parts.readings(id);
  const entries = (wanted: 'case' | 'method'): string[] =>
    readings.filter(({ kind }) => kind === wanted).map(({ entry }) => entry);
  return {
    salon: slug,
    number: one.number ?? 0,
    month: one.month,
    date,
    time: timeOf(one.startsAt),
    note: one.note,
    place: one.place,
    chair: parts.chairs(id)[0]?.community ?? null,
    topics: parts.topics(id).map(archivedTopic),
    agenda: parts.agenda(id).map(({ title, minutes: length }) => ({ title, minutes: length })),
    attendance: {
      due: due.length,
      present: attended.map(({ community }) => community),
      absent: due.filter((place) => !came.has(place.id)).map(({ community }) => community),
      guests: [...new Set(parts.guests(id).map(({ unit }) => unit))],
    },
    materials: {
      cases: entries('case'),
      methods: entries('method'),
      files: parts.files(id).map(({ name, kind, size }) => ({ name, kind, size })),
    },
    summary: written.summary,
    conclusions: inLines(written.conclusions),
    actions: parts.actions(id).map((item) => archivedAction(item, today)),
    corrections: parts.corrections(id).map(({ at, text }) => ({ on: dayOf(at), text })),
    publishedOn: dayOf(written.publishedAt ?? 0),
  };
}

/** One conclusion a line; where several matters were dealt with, each line says of which it is. */
function inLines(conclusions: Published['minutes']['conclusions']): string[] {
  const several = conclusions.length > 1;
  return conclusions.flatMap(({ heading, text }) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => (several && heading ? `${heading}：${line}` : line)),
  );
}

type TopicRow = ReturnType<Parts['topics']>[number];

const archivedTopic = ({ topic: one, proposer, votes, rank, reason }: TopicRow): ArchivedTopic => ({
  id: one.id,
  title: one.title,
  situation: one.situation,
  tried: one.tried,
  proposer,
  votes,
  rank,
  reason: reason ?? '',
  cases: [...one.cases],
});

const WORDS = { todo: '待办', doing: '办理中', done: '已办结' } as const;

function archivedAction(item: typeof actionItem.$inferSelect, today: string) {
  const overdue = item.state !== 'done' && item.dueOn !== null && item.dueOn < today;
  return {
    id: item.id,
    what: item.what,
    unit: item.unit,
    dueOn: item.dueOn,
    state: overdue ? ('逾期' as const) : WORDS[item.state],
    result: item.result,
    doneOn: item.doneAt === null ? null : dayOf(item.doneAt),
  };
}
