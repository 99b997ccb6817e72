import type { Reader } from '../../../db/client.ts';
import { Refused } from '../../core/refused.ts';
import { openBallot } from '../committee/find.ts';
import { SALON } from '../refusals.ts';
import { onRoll } from './find.ts';

/** §3: who was there stays open while a ballot is held. @throws {Refused} ballotOpen */
export function requireNoBallotAt(
  reader: Reader,
  { id, salonId }: { readonly id: string; readonly salonId: string },
): void {
  if (openBallot(reader, salonId)?.sessionId === id) throw new Refused(SALON.ballotOpen);
}

/**
 * §6: from the call to the result a seat that may vote has one holder; while it is not yet fixed
 * which those are, no seat changes hands. @throws {Refused} ballotOpen
 */
export function requireNotVoting(reader: Reader, salonId: string, seatId: string): void {
  const found = openBallot(reader, salonId);
  if (!found) return;
  if (found.state === 'taking' || onRoll(reader, found.id, seatId)) {
    throw new Refused(SALON.ballotOpen);
  }
}
