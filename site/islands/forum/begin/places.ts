import { fold } from '../../../../api/core/fold.ts';
import { api, ask } from '../../../lib/api.ts';
import type { PlaceName, PlaceRef } from '../../../lib/forum.ts';

const FOLDERS = { theme: 'themes', case: 'cases', method: 'methods' } as const;

interface Named {
  readonly kind: keyof typeof FOLDERS;
  readonly id: string;
  readonly name: string;
}

/** What the build wrote of the library. */
async function fetchLibrary(): Promise<PlaceName[]> {
  const entries: Named[] = await ask(fetch('/names.json'));
  return entries.map(({ kind, id, name }) => ({
    kind,
    key: id,
    name,
    link: `/${FOLDERS[kind]}/${id}/`,
  }));
}

/** What may not be asked for is not offered. */
const orNone = <T>(list: Promise<T[]>): Promise<T[]> => list.catch(() => []);

async function fetchTopics(salon: string): Promise<PlaceName[]> {
  const query = { limit: '100', of: 'all' } as const;
  const { topics } = await ask(api.salons[':salon'].topics.$get({ param: { salon }, query }));
  return topics
    .filter(({ state }) => state !== 'draft')
    .map(({ id, title }) => ({
      kind: 'topic',
      key: id,
      name: title,
      link: `/salon/topics/${id}/?salon=${salon}`,
    }));
}

async function fetchSessions(salon: string): Promise<PlaceName[]> {
  const query = { limit: '24' };
  const { sessions } = await ask(api.salons[':salon'].sessions.$get({ param: { salon }, query }));
  return sessions.flatMap(({ number, state }) =>
    number === null || state === 'cancelled'
      ? []
      : [
          {
            kind: 'session' as const,
            key: String(number),
            name: `第 ${number} 期沙龙`,
            link: `/salon/sessions/${number}/?salon=${salon}`,
          },
        ],
  );
}

/** Everything in the library and in this salon that a thread could be about. */
export async function fetchPlaces(salon: string): Promise<readonly PlaceName[]> {
  const [library, topics, sessions] = await Promise.all([
    fetchLibrary(),
    orNone(fetchTopics(salon)),
    orNone(fetchSessions(salon)),
  ]);
  return [...sessions, ...topics, ...library];
}

/** The place that an address names. */
export const placeNamed = (
  places: readonly PlaceName[],
  { kind, key }: { readonly kind: string | null; readonly key: string | null },
): PlaceName | undefined => places.find((one) => one.kind === kind && one.key === key);

/** The library is public, and so is talk about it unless its author wants otherwise. */
export const isOfLibrary = ({ kind }: PlaceRef): boolean => Object.hasOwn(FOLDERS, kind);

const SHOWN = 12;

/** Those called so come before those that hold it; themes and cases before methods. */
export function findPlaces(places: readonly PlaceName[], query: string): PlaceName[] {
  const wanted = fold(query);
  const order = ['session', 'topic', 'theme', 'case', 'method'];
  return places
    .flatMap((place) => {
      const at = fold(place.name).indexOf(wanted);
      return at < 0 ? [] : [{ place, rank: Math.sign(at) * 10 + order.indexOf(place.kind) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ place }) => place);
}
