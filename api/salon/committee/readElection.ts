import { and, asc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { nominee, seat, tenure } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import type { electionView } from './contract.ts';
import { nominationsEnd, sessionFor } from './elections.ts';
import { type Election, membersOf, type SeatName } from './find.ts';
import { takesNames } from './nominate.ts';
import { titleOf } from './words.ts';

/** @param mine the seat of whoever asks, if they have one here */
export function readElection(
  reader: Reader,
  ctx: Context,
  one: Election,
  mine: string | undefined,
): z.infer<typeof electionView> {
  const { id, kind, places, state, calledAt, salonId } = one;
  const nominees = nomineesOf(reader, id);
  const open = takesNames(reader, ctx, one);
  const until = nominationsEnd(reader, one);
  const at = sessionFor(reader, one);
  const seats = activeSeats(reader, salonId);
  const own = nominees.find(({ seatId }) => seatId === mine)?.state;
  return {
    id,
    kind,
    title: titleOf(kind, one.tied.length > 0 ? one.runOffs + 1 : 0),
    places,
    state,
    calledOn: dayOf(calledAt),
    until: until === undefined ? null : new Date(until).toISOString(),
    session: at && at.number !== null ? { number: at.number, day: dayOf(at.startsAt) } : null,
    nominees,
    tied: seats.filter(({ seatId }) => one.tied.includes(seatId)),
    mine: mine
      ? { state: own ?? 'none', mayName: open, mayAnswer: open && own !== undefined }
      : null,
    nameable: mine && open ? nameable(reader, one, seats, nominees) : [],
  };
}

const nomineesOf = (reader: Reader, electionId: string) => {
  const by = alias(seat, 'by_seat');
  return reader
    .select({
      seatId: seat.id,
      community: seat.community,
      by: by.community,
      state: nominee.state,
    })
    .from(nominee)
    .innerJoin(seat, eq(seat.id, nominee.seatId))
    .innerJoin(by, eq(by.id, nominee.bySeatId))
    .where(eq(nominee.electionId, electionId))
    .orderBy(asc(seat.position))
    .all();
};

/** Seats that somebody holds. */
const activeSeats = (reader: Reader, salonId: string): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(seat)
    .innerJoin(tenure, and(eq(tenure.seatId, seat.id), isNull(tenure.until)))
    .where(and(eq(seat.salonId, salonId), isNull(seat.retiredOn)))
    .orderBy(asc(seat.position))
    .all();

function nameable(
  reader: Reader,
  { kind, salonId }: Election,
  seats: readonly SeatName[],
  named: readonly SeatName[],
): SeatName[] {
  const sitting = kind === 'by' ? membersOf(reader, salonId) : [];
  const out = new Set([...named, ...sitting].map(({ seatId }) => seatId));
  return seats.filter(({ seatId }) => !out.has(seatId));
}
