import { createHash } from 'node:crypto';

/**
 * Lots (salon-rules §4): nobody can choose them, and everybody can draw them again from the
 * bulletin.
 */

/**
 * The lot of a seat, hex: SHA-256 of the ballot's id in UTF-8, the 32 bytes of the bulletin's hash
 * and the seat's id in UTF-8, one after the other.
 * @param bulletinHash of the last bulletin: SHA-256, hex
 * @throws RangeError when it is no such hash, since part of one would draw other lots
 */
export function lotOf(ballotId: string, bulletinHash: string, seatId: string): string {
  if (!/^[0-9a-f]{64}$/i.test(bulletinHash)) throw new RangeError('not a SHA-256 in hex');
  return createHash('sha256')
    .update(ballotId, 'utf8')
    .update(bulletinHash, 'hex')
    .update(seatId, 'utf8')
    .digest('hex');
}

/** Those who win the places: the lowest lots, in their order. */
export const drawLots = (
  ballotId: string,
  bulletinHash: string,
  tied: readonly string[],
  places: number,
): string[] =>
  tied
    .map((seat) => ({ seat, lot: lotOf(ballotId, bulletinHash, seat) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, places)
    .map(({ seat }) => seat);
