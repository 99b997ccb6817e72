import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { person } from '../../db/schema/index.ts';
import { may, type Standing } from '../access/rules.ts';
import { rolesIn } from '../access/standings.ts';
import { invitedAs } from '../salon/sessions/find.ts';
import type { Thread } from './find.ts';

/**
 * Of these people, those who are of the salon now and may read the thread: whoever has left is told
 * of nothing, not even beside a thread that anybody reads.
 */
export function readersAmong(
  reader: Reader,
  { salonId, placeKind, placeKey }: Pick<Thread, 'salonId' | 'placeKind' | 'placeKey'>,
  people: Iterable<string>,
): string[] {
  return [...new Set(people)].filter((id) => {
    const standings = new Set<Standing>(rolesIn(reader, id, salonId));
    if (placeKind === 'session' && invitedAs(reader, placeKey, id)) standings.add('invited');
    return may(standings, 'thread.read') && hasAccount(reader, id);
  });
}

/** An invitation outlives the account that it was for. */
const hasAccount = (reader: Reader, id: string): boolean =>
  reader
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, id), isNull(person.erasedAt)))
    .get() !== undefined;
