import { and, asc, eq, sql } from 'drizzle-orm';
import { prepared, type Reader, type Tx } from '../../../db/client.ts';
import { attendance, seat } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import type { Session } from './find.ts';
import { isDue } from './rules.ts';

/** Every seat that ever stood at the table, and who signed in: two walks, quicker than one join. */
const seatsOf = prepared((reader) =>
  reader
    .select({
      seatId: seat.id,
      community: seat.community,
      position: seat.position,
      joinedOn: seat.joinedOn,
      retiredOn: seat.retiredOn,
    })
    .from(seat)
    .where(eq(seat.salonId, sql.placeholder('salonId')))
    .orderBy(asc(seat.position))
    .prepare(),
);
const signedIn = prepared((reader) =>
  reader
    .select({
      partyId: attendance.partyId,
      byHand: attendance.byHand,
      reason: attendance.reason,
    })
    .from(attendance)
    .where(eq(attendance.sessionId, sql.placeholder('sessionId')))
    .prepare(),
);

/** The day whose table of seats counts: today, or that of the closing. */
const dayOfTable = ({ closedAt }: Session, ctx: Context): string => dayOf(closedAt ?? ctx.clock());

/** The seats of a session in order, each with whether it signed in. */
export function attendeesOf(reader: Reader, ctx: Context, session: Session) {
  const day = dayOfTable(session, ctx);
  const there = new Map(
    signedIn(reader)
      .all({ sessionId: session.id })
      .map((row) => [row.partyId, row]),
  );
  return seatsOf(reader)
    .all({ salonId: session.salonId })
    .filter((row) => isDue({ ...row, present: there.has(row.seatId) }, day))
    .map(({ seatId, community, position }) => {
      const { byHand = false, reason = '' } = there.get(seatId) ?? {};
      return { seatId, community, position, present: there.has(seatId), byHand, reason };
    });
}

const counted = prepared((reader) =>
  reader
    .select({
      due: sql<number>`count(*)`,
      present: sql<number>`count(${attendance.partyId})`,
    })
    .from(seat)
    .leftJoin(
      attendance,
      and(eq(attendance.sessionId, sql.placeholder('sessionId')), eq(attendance.partyId, seat.id)),
    )
    .where(
      sql`${seat.salonId} = ${sql.placeholder('salonId')} AND (${attendance.partyId} IS NOT NULL
        OR ${seat.joinedOn} <= ${sql.placeholder('day')}
        AND coalesce(${seat.retiredOn} > ${sql.placeholder('day')}, 1))`,
    )
    .prepare(),
);

/** Seats that are due and seats that are there: `attendeesOf`, counted. */
export function countSeats(
  reader: Reader,
  ctx: Context,
  session: Session,
): { readonly due: number; readonly present: number } {
  const asked = { salonId: session.salonId, sessionId: session.id, day: dayOfTable(session, ctx) };
  return counted(reader).get(asked) ?? { due: 0, present: 0 };
}

/** A seat or a guest. */
export type Party = { readonly seatId: string } | { readonly guestId: string };
const idOf = (party: Party): string => ('seatId' in party ? party.seatId : party.guestId);

export const isPresent = (reader: Reader, sessionId: string, partyId: string): boolean =>
  reader
    .select({ at: attendance.at })
    .from(attendance)
    .where(and(eq(attendance.sessionId, sessionId), eq(attendance.partyId, partyId)))
    .get() !== undefined;

/**
 * Signs somebody in, once.
 * @param byHand the reason, where somebody else did it
 * @returns false when they were signed in already
 */
export function signIn(
  tx: Tx,
  ctx: Context,
  session: Session,
  party: Party,
  byHand?: string,
): boolean {
  const hand = byHand === undefined ? {} : { byHand: true, reason: byHand };
  const row = { sessionId: session.id, partyId: idOf(party), ...party, at: ctx.clock(), ...hand };
  return tx.insert(attendance).values(row).onConflictDoNothing().run().changes === 1;
}
