import type { PlaceKind } from '../../../api/forum/contract.ts';
import type { PlaceRef, View } from '../../lib/forum.ts';

/** The addresses of the forum's pages; without a salon they are of the reader's own. */

/** Where a thread stands, and in which salon where only that one has it. */
export interface ThreadPlace extends PlaceRef {
  readonly salon?: string | undefined;
}

/** What of a forum is shown. */
export interface Wanted {
  readonly view: View;
  /** The id of a theme; empty for all. */
  readonly theme: string;
  /** As the API reads it, `kind:key`; empty for all. */
  readonly place: string;
}

const withQuery = (path: string, query: Record<string, string>): string =>
  Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`;

export const threadUrl = (thread: string, n?: number): string =>
  `/forum/threads/${thread}/${n === undefined ? '' : `#${n}`}`;

export const forumUrl = (
  salon?: string,
  { view = 'latest', theme = '', place = '' }: Partial<Wanted> = {},
): string =>
  withQuery('/forum/', {
    ...(view !== 'latest' && { view }),
    ...(theme && { theme }),
    ...(place && { place }),
    ...(salon && { salon }),
  });

export const beginUrl = (salon?: string, place?: PlaceRef): string =>
  withQuery('/forum/new/', {
    ...(place && { kind: place.kind, key: place.key }),
    ...(salon && { salon }),
  });

export const reportsUrl = (salon: string): string => withQuery('/forum/reports/', { salon });

/** As it is written in an address. */
export const placeText = ({ kind, key }: PlaceRef): string => `${kind}:${key}`;

/** What is talked of a page of the library, and may be read by anybody. */
export const discussionFeed = (kind: PlaceKind, id: string, name: string) => ({
  title: `${name} · 讨论`,
  href: `/api/places/${kind}/${id}/forum.atom`,
});
