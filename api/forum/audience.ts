import { type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import type { Thread } from './find.ts';

type Place = Pick<Thread, 'salonId' | 'placeKind' | 'placeKey'>;

/** People by their ids, as a list to ask about. */
export const listOf = (people: Iterable<string>): SQL =>
  sql`SELECT value AS person_id FROM json_each(${JSON.stringify([...people])})`;

/**
 * Of whoever is listed, those who are of the salon now and may read the thread, as the line
 * thread.read has it: whoever has left is told of nothing, not even beside a thread that anybody
 * reads. One statement however many they are.
 * @param listed a query with one column, person_id
 */
export function readersListed(
  reader: Reader,
  { salonId, placeKind, placeKey }: Place,
  listed: SQL,
): string[] {
  const member = sql`SELECT 1 FROM membership WHERE membership.person_id = person.id
    AND salon_id = ${salonId} AND until IS NULL AND role <> 'guest'`;
  const holder = sql`SELECT 1 FROM tenure JOIN seat ON seat.id = tenure.seat_id
    WHERE tenure.person_id = person.id AND until IS NULL AND salon_id = ${salonId}`;
  // An invitation outlives the account that it was for.
  const invited = sql`SELECT 1 FROM guest WHERE guest.person_id = person.id
    AND session_id = ${placeKind === 'session' ? placeKey : ''} AND removed_at IS NULL`;
  const found = reader.all<{ id: string }>(sql`
    SELECT DISTINCT person.id FROM (${listed}) AS listed JOIN person ON person.id = listed.person_id
    WHERE erased_at IS NULL AND (EXISTS (${holder}) OR EXISTS (${member}) OR EXISTS (${invited}))`);
  return found.map(({ id }) => id);
}

/** The same of these people. */
export const readersAmong = (reader: Reader, place: Place, people: Iterable<string>): string[] =>
  readersListed(reader, place, listOf(people));
