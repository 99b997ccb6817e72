import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { session, type thread, topic } from '../../db/schema/index.ts';
import type { Library } from '../library/names.ts';
import type { PlaceKind } from './rules.ts';

/** Where a thread stands: `key` as a reader writes it. */
export interface Place {
  readonly kind: PlaceKind;
  readonly key: string;
}

export interface NamedPlace extends Place {
  readonly name: string;
  /** An address of this site. */
  readonly link: string;
}

type Stored = Pick<typeof thread.$inferSelect, 'salonId' | 'placeKind' | 'placeKey'>;

const FOLDERS = { theme: 'themes', case: 'cases', method: 'methods' } as const;

/**
 * What a place is stored as.
 * @returns undefined where there is no such thing in the library or this salon
 */
export function storedPlace(
  reader: Reader,
  library: Library,
  salonId: string,
  { kind, key }: Place,
): Stored | undefined {
  const stored = (placeKey: string): Stored => ({ salonId, placeKind: kind, placeKey });
  if (kind === 'topic') {
    const mine = and(eq(topic.id, key), eq(topic.salonId, salonId));
    const found = reader.select({ state: topic.state }).from(topic).where(mine).get();
    // A draft is its writer's alone.
    return found && found.state !== 'draft' ? stored(key) : undefined;
  }
  if (kind === 'session') {
    const mine = and(eq(session.number, Number(key)), eq(session.salonId, salonId));
    const found = reader.select({ id: session.id }).from(session).where(mine).get();
    return found && stored(found.id);
  }
  return library.find(kind, key) && stored(key);
}

/**
 * How a place is called and where it is; one that has left the library keeps its key as its name.
 * @param known whether the reader belongs to the salon: what it means to discuss is its own
 */
export function namedPlace(
  reader: Reader,
  library: Library,
  slug: string,
  { placeKind: kind, placeKey: key }: Stored,
  known: boolean,
): NamedPlace {
  if (kind === 'topic') {
    const link = `/salon/topics/${key}/?salon=${slug}`;
    if (!known) return { kind, key, name: '沙龙的一个议题', link };
    const found = reader.select({ title: topic.title }).from(topic).where(eq(topic.id, key)).get();
    return { kind, key, name: found?.title ?? key, link };
  }
  if (kind === 'session') {
    const own = eq(session.id, key);
    const number = reader.select({ number: session.number }).from(session).where(own).get()?.number;
    if (number == null) return { kind, key, name: '已取消的沙龙', link: `/salon/?salon=${slug}` };
    const link = `/salon/sessions/${number}/?salon=${slug}`;
    return { kind, key: String(number), name: `第 ${number} 期沙龙`, link };
  }
  return {
    kind,
    key,
    name: library.find(kind, key)?.name ?? key,
    link: `/${FOLDERS[kind]}/${key}/`,
  };
}
