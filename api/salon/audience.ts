import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { guest, membership, seat, support, tenure, topic } from '../../db/schema/index.ts';

/** Whom an event concerns. Each gives people's ids, as of now. */

const ids = (rows: readonly { personId: string | null }[]): string[] =>
  rows.flatMap(({ personId }) => personId ?? []);

export const secretaries = (reader: Reader, salonId: string): string[] =>
  ids(
    reader
      .select({ personId: tenure.personId })
      .from(tenure)
      .innerJoin(seat, eq(seat.id, tenure.seatId))
      .where(and(eq(seat.salonId, salonId), isNull(seat.retiredOn), isNull(tenure.until)))
      .all(),
  );

export const hosts = (reader: Reader, salonId: string): string[] =>
  ids(
    reader
      .select({ personId: membership.personId })
      .from(membership)
      .where(
        and(eq(membership.salonId, salonId), eq(membership.role, 'host'), isNull(membership.until)),
      )
      .all(),
  );

/** Secretaries and hosts. */
export const everyone = (reader: Reader, salonId: string): string[] => [
  ...secretaries(reader, salonId),
  ...hosts(reader, salonId),
];

export function holdersOf(reader: Reader, seatIds: readonly string[]): string[] {
  if (seatIds.length === 0) return [];
  return ids(
    reader
      .select({ personId: tenure.personId })
      .from(tenure)
      .where(and(inArray(tenure.seatId, [...seatIds]), isNull(tenure.until)))
      .all(),
  );
}

/** Whoever proposed or supports a topic: told at each step of its way. */
export function followersOf(reader: Reader, topicId: string): string[] {
  const proposer = reader
    .select({ seatId: topic.seatId })
    .from(topic)
    .where(eq(topic.id, topicId))
    .all();
  const supporters = reader
    .select({ seatId: support.seatId })
    .from(support)
    .where(eq(support.topicId, topicId))
    .all();
  return holdersOf(reader, [...new Set([...proposer, ...supporters].map(({ seatId }) => seatId))]);
}

/** Guests of a session who have an account. */
export const guestsOf = (reader: Reader, sessionId: string): string[] =>
  ids(
    reader
      .select({ personId: guest.personId })
      .from(guest)
      .where(and(eq(guest.sessionId, sessionId), isNull(guest.removedAt)))
      .all(),
  );
