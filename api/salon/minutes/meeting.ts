import { and, asc, eq, gt, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import {
  agendaItem,
  attendance,
  guest,
  person,
  seat,
  tenure,
  topic,
} from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { dayOf } from '../../core/day.ts';
import { chairOf, type Numbered, type Session } from '../sessions/find.ts';
import { isDue } from '../sessions/rules.ts';
import type { Meeting, Party } from './rules.ts';

/** Who held a seat at a moment. */
const heldAt = (moment: number) =>
  and(
    eq(tenure.seatId, seat.id),
    lte(tenure.since, moment),
    or(isNull(tenure.until), gt(tenure.until, moment)),
  );

/** Seats that were due on the day of the session; one that came was due in any case. */
function seatsOf(reader: Reader, { id, salonId, startsAt, closedAt }: Session) {
  const moment = closedAt ?? startsAt;
  const day = dayOf(moment);
  return reader
    .select({ seat, holder: person.name, came: attendance.at })
    .from(seat)
    .leftJoin(attendance, and(eq(attendance.sessionId, id), eq(attendance.partyId, seat.id)))
    .leftJoin(tenure, heldAt(moment))
    .leftJoin(person, eq(person.id, tenure.personId))
    .where(eq(seat.salonId, salonId))
    .orderBy(asc(seat.position))
    .all()
    .map((row) => ({ ...row, present: row.came !== null }))
    .filter(({ seat: one, present }) => isDue({ ...one, present }, day))
    .map(({ seat: { id: seatId, community }, holder, present }) => ({
      seatId,
      community,
      holder: holder ?? '',
      present,
    }));
}

const guestsAt = (reader: Reader, sessionId: string) =>
  reader
    .select({ unit: guest.unit, name: guest.name })
    .from(attendance)
    .innerJoin(guest, eq(guest.id, attendance.guestId))
    .where(and(eq(attendance.sessionId, sessionId), isNotNull(attendance.guestId)))
    .orderBy(asc(attendance.at), asc(guest.id))
    .all();

/** Topics of the session: in the order of the agenda, then those that it left out. */
function topicsOf(reader: Reader, sessionId: string): { id: string; title: string }[] {
  const shape = { id: topic.id, title: topic.title };
  const listed = reader
    .select(shape)
    .from(agendaItem)
    .innerJoin(topic, eq(topic.id, agendaItem.topicId))
    .where(eq(agendaItem.sessionId, sessionId))
    .orderBy(asc(agendaItem.position))
    .all();
  const scheduled = reader
    .select(shape)
    .from(topic)
    .where(eq(topic.sessionId, sessionId))
    .orderBy(asc(topic.createdAt), asc(topic.id))
    .all();
  return [...new Map([...listed, ...scheduled].map((one) => [one.id, one])).values()];
}

/** The facts that a session's minutes rest on. */
export function readMeeting(reader: Reader, { name, hostUnit }: Salon, session: Numbered): Meeting {
  const seats = seatsOf(reader, session);
  const chaired = chairOf(reader, session);
  const known = seats.find(({ seatId }) => seatId === chaired?.seatId);
  const chair: Party | undefined = known ?? (chaired && { ...chaired, holder: '' });
  const { number, startsAt, place, id } = session;
  return {
    salon: { name, hostUnit },
    number,
    startsAt,
    place,
    chair,
    seats,
    guests: guestsAt(reader, id),
    topics: topicsOf(reader, id),
  };
}
