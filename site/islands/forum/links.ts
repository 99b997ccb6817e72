import type { PlaceRef, View } from '../../lib/forum.ts';

/** The addresses of the forum's pages. */

export const threadUrl = (thread: string, n?: number): string =>
  `/forum/threads/${thread}/${n === undefined ? '' : `#${n}`}`;

export function forumUrl(salon: string, view: View = 'latest', theme = ''): string {
  const query = new URLSearchParams({
    ...(view !== 'latest' && { view }),
    ...(theme && { theme }),
    salon,
  });
  return `/forum/?${query}`;
}

export const beginUrl = (salon: string, place?: PlaceRef): string =>
  `/forum/new/?${new URLSearchParams({ ...(place && { kind: place.kind, key: place.key }), salon })}`;
