import { type Reader, statement } from '../../db/client.ts';
import type { Thread } from './find.ts';

type Place = Pick<Thread, 'salonId' | 'placeKind' | 'placeKey'>;

/**
 * Of whoever is listed, those who are of the salon @salon now and may read the thread, as the line
 * thread.read has it: whoever has left is told of nothing, not even beside a thread that anybody
 * reads. One statement however many they are. An invitation outlives the account that it was for.
 * @param listed a query with one column, person_id
 */
export const readersListed = (listed: string) =>
  statement<{ readonly id: string }>(`
    SELECT DISTINCT person.id FROM (${listed}) AS listed JOIN person ON person.id = listed.person_id
    WHERE erased_at IS NULL AND (
      EXISTS (SELECT 1 FROM tenure JOIN seat ON seat.id = tenure.seat_id
        WHERE tenure.person_id = person.id AND until IS NULL AND salon_id = @salon)
      OR EXISTS (SELECT 1 FROM membership WHERE membership.person_id = person.id
        AND salon_id = @salon AND until IS NULL AND role <> 'guest')
      OR EXISTS (SELECT 1 FROM guest WHERE guest.person_id = person.id
        AND session_id = @session AND removed_at IS NULL))`);

/** What `readersListed` asks of a place. */
export const inPlace = ({ salonId, placeKind, placeKey }: Place) => ({
  salon: salonId,
  session: placeKind === 'session' ? placeKey : '',
});

/** People by their ids, as a list to ask about: @people, a JSON array. */
export const THESE = 'SELECT value AS person_id FROM json_each(@people)';

const among = readersListed(THESE);

/** Of these people, those who may read the thread. */
export const readersAmong = (reader: Reader, place: Place, people: Iterable<string>): string[] =>
  among(reader)
    .all({ ...inPlace(place), people: JSON.stringify([...people]) })
    .map(({ id }) => id);
