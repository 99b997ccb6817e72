import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import {
  agendaItem,
  attendance,
  guest,
  minutes,
  reading,
  round,
  seat,
  topic,
} from '../../../db/schema/index.ts';
import { may, type Standing } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import { attachmentsOf } from '../attachments.ts';
import { attendeesOf, isPresent } from './attendance.ts';
import type { guestRow, sessionPage } from './contract.ts';
import { allowInSession, chairOf, guestOf, type Place, type Session, seatOf } from './find.ts';
import { iso, isoOrNull, rowOf } from './row.ts';
import { mayOpen, maySignByHand } from './rules.ts';

export type SessionPage = z.infer<typeof sessionPage>;
type GuestRow = z.infer<typeof guestRow>;

/** Who looks. */
export interface Reading {
  readonly standings: ReadonlySet<Standing>;
  /** The seat or guest that could sign in. */
  readonly partyId: string | undefined;
}

export const topicsOf = (reader: Reader, sessionId: string) =>
  reader
    .select({
      id: topic.id,
      title: topic.title,
      situation: topic.situation,
      proposer: seat.community,
      state: topic.state,
      cases: topic.cases,
    })
    .from(topic)
    .innerJoin(seat, eq(seat.id, topic.seatId))
    .where(eq(topic.sessionId, sessionId))
    .orderBy(asc(topic.createdAt), asc(topic.id))
    .all();

export const agendaOf = (reader: Reader, sessionId: string) =>
  reader
    .select({
      id: agendaItem.id,
      title: agendaItem.title,
      minutes: agendaItem.minutes,
      topicId: agendaItem.topicId,
    })
    .from(agendaItem)
    .where(eq(agendaItem.sessionId, sessionId))
    .orderBy(asc(agendaItem.position))
    .all();

export const readingsOf = (reader: Reader, sessionId: string) =>
  reader
    .select({ kind: reading.kind, entry: reading.entry })
    .from(reading)
    .where(eq(reading.sessionId, sessionId))
    .orderBy(asc(reading.kind), asc(reading.entry))
    .all();

export const guestInWords = (
  { id, unit, name, answer, personId }: typeof guest.$inferSelect,
  present: boolean,
): GuestRow => ({ id, unit, name, answer, present, hasAccount: personId !== null });

const guestsIn = (reader: Reader, sessionId: string): GuestRow[] =>
  reader
    .select({ guest, at: attendance.at })
    .from(guest)
    .leftJoin(
      attendance,
      and(eq(attendance.sessionId, guest.sessionId), eq(attendance.partyId, guest.id)),
    )
    .where(and(eq(guest.sessionId, sessionId), isNull(guest.removedAt)))
    .orderBy(asc(guest.unit), asc(guest.id))
    .all()
    .map((row) => guestInWords(row.guest, row.at !== null));

function minutesState(found: typeof minutes.$inferSelect | undefined): SessionPage['minutes'] {
  if (!found) return 'none';
  if (found.publishedAt !== null) return 'published';
  return found.submittedAt === null ? 'draft' : 'submitted';
}

/** A session as somebody may read it. */
export function pageOf(
  reader: Reader,
  ctx: Context,
  session: Session,
  { standings, partyId }: Reading,
): SessionPage {
  const { id } = session;
  const written = reader.select().from(minutes).where(eq(minutes.sessionId, id)).get();
  const chair = chairOf(reader, session) ?? null;
  const vote = reader
    .select({ month: round.month, state: round.state })
    .from(round)
    .where(eq(round.sessionId, id))
    .get();
  const seats = attendeesOf(reader, ctx, session);
  const guests = guestsIn(reader, id);
  const me = partyId === undefined ? null : isPresent(reader, id, partyId);
  const chairPresent = seats.some(({ seatId, present }) => present && seatId === chair?.seatId);
  const current =
    session.currentItemId === null || session.currentSince === null
      ? null
      : { item: session.currentItemId, since: iso(session.currentSince) };
  return {
    ...rowOf({ session, chair, publishedAt: written?.publishedAt }),
    id,
    updatedAt: iso(session.updatedAt),
    topics: topicsOf(reader, id).map((one) => ({ ...one, cases: [...one.cases] })),
    agenda: agendaOf(reader, id),
    current,
    readings: readingsOf(reader, id),
    attachments: attachmentsOf(reader, { sessionId: id }),
    guests,
    attendance: {
      due: seats.length,
      present: seats.filter(({ present }) => present).length,
      guests: guests.filter(({ present }) => present).length,
      seats,
      me,
    },
    invitation: guests.find((one) => one.id === partyId)?.answer ?? null,
    openedAt: isoOrNull(session.openedAt),
    closedAt: isoOrNull(session.closedAt),
    minutes: minutesState(written),
    round: vote ?? null,
    may: mayHere(ctx, session, standings, {
      chairPresent,
      canSignIn: me === false,
      published: written?.publishedAt != null,
      written: written !== undefined,
    }),
  };
}

interface Facts {
  readonly chairPresent: boolean;
  readonly canSignIn: boolean;
  readonly written: boolean;
  readonly published: boolean;
}

/** By the permission table, and by what the session's state lets anybody do. */
function mayHere(
  ctx: Context,
  { state, startsAt }: Session,
  standings: ReadonlySet<Standing>,
  { chairPresent, canSignIn, written, published }: Facts,
): SessionPage['may'] {
  const [isChair, isHost] = [standings.has('chair'), standings.has('host')];
  const open = state === 'open';
  const ready = state === 'planned' && mayOpen(ctx.clock(), startsAt);
  const unpublished = state === 'closed' && !published;
  return {
    convene: state === 'planned' && may(standings, 'session.convene'),
    prepare: (state === 'planned' || open) && may(standings, 'session.prepare'),
    run: (ready || open) && may(standings, 'session.run'),
    handSignIn: open && maySignByHand({ isChair, isHost, chairPresent }),
    checkIn: open && canSignIn,
    draft: unpublished && may(standings, 'minutes.draft'),
    publish: unpublished && written && may(standings, 'minutes.publish'),
  };
}

/** The page of a session. */
export function readSession(ctx: Context, place: Place): SessionPage {
  const reader = ctx.db.orm;
  const { salon, session, standings } = allowInSession(reader, ctx, 'session.read', place);
  const mine = seatOf(reader, ctx, salon.id) ?? guestOf(reader, ctx, session.id);
  return pageOf(reader, ctx, session, { standings, partyId: mine?.id });
}
