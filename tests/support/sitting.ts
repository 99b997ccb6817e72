import { eq } from 'drizzle-orm';
import { dayOf, monthOf } from '../../api/core/day.ts';
import { newId } from '../../api/core/id.ts';
import type { Tx } from '../../db/client.ts';
import {
  attendance,
  committeeMember,
  committeeTerm,
  election,
  round,
  salon,
  session,
  turn,
} from '../../db/schema/index.ts';

const HALF_A_YEAR = 190 * 24 * 3600_000;

/**
 * The pilot is long over, the last three seats have been the committee for more than half a year,
 * and a session is open to which everybody came; the first seat chairs it.
 */
export function seatCommitteeAndMeet(
  tx: Tx,
  salonId: string,
  seats: readonly string[],
  now: number,
): void {
  tx.update(salon)
    .set({ settings: JSON.stringify({ pilotSessions: 0 }) })
    .where(eq(salon.id, salonId))
    .run();
  const [electionId, termId, sessionId] = [newId(), newId(), newId()];
  const beganAt = now - HALF_A_YEAR;
  const elected = seats.slice(-3);
  const held = { kind: 'first', places: 3, state: 'decided' } as const;
  tx.insert(election)
    .values({ id: electionId, salonId, ...held, calledAt: beganAt, elected, settledAt: beganAt })
    .run();
  tx.insert(committeeTerm)
    .values({ id: termId, salonId, electionId, beganOn: dayOf(beganAt), beganAt })
    .run();
  for (const seatId of elected) {
    tx.insert(committeeMember).values({ id: newId(), termId, electionId, seatId, beganAt }).run();
  }
  const month = monthOf(now);
  tx.insert(turn)
    .values({ salonId, month, seatId: seats[0] ?? '' })
    .run();
  const opened = { number: 1, startsAt: now, openedAt: now, state: 'open' } as const;
  tx.insert(session)
    .values({ id: sessionId, salonId, month, ...opened, updatedAt: now })
    .run();
  const times = { opensAt: now - 3, votingAt: now - 2, closesAt: now - 1, decidedAt: now };
  const ended = { state: 'decided', decidedBy: 'committee' } as const;
  tx.insert(round)
    .values({ id: newId(), salonId, sessionId, month, ...times, ...ended })
    .run();
  for (const seatId of seats) {
    tx.insert(attendance).values({ sessionId, partyId: seatId, seatId, at: now }).run();
  }
}
