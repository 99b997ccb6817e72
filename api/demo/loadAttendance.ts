import type { Tx } from '../../db/client.ts';
import { attendance, guest } from '../../db/schema/index.ts';
import { newId } from '../core/id.ts';
import { type DemoPlace, required } from './place.ts';

/** Who was asked to a session of the demo, and who came. */

export function insertGuests(
  tx: Tx,
  place: DemoPlace,
  sessionId: string,
  logins: readonly string[],
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const login of logins) {
    const { personId, unit, name } = required(place.members.get(login), login);
    const id = newId();
    tx.insert(guest).values({ id, sessionId, unit, name, personId, answer: 'accepted' }).run();
    ids.set(login, id);
  }
  return ids;
}

export function signIn(
  tx: Tx,
  sessionId: string,
  party: { readonly seatId?: string; readonly guestId?: string },
  at: number,
  byHand?: string,
): void {
  const partyId = party.seatId ?? party.guestId ?? '';
  tx.insert(attendance)
    .values({
      sessionId,
      partyId,
      ...party,
      at,
      byHand: byHand !== undefined,
      reason: byHand ?? '',
    })
    .run();
}
