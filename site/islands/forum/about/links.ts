/** The addresses of the forum's pages. */
import type { PlaceKind } from '../../../../api/forum/contract.ts';

/** Where a thread stands, and in which salon where only that one has it. */
export interface ThreadPlace {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly salon?: string | undefined;
}

export const FORUM_URL = '/forum/';

/** @param n the post that is meant; the whole thread without it */
export const threadUrl = (id: string, n?: number): string =>
  `/forum/threads/${id}/${n === undefined ? '' : `#${n}`}`;

export function newThreadUrl({ kind, id, salon }: ThreadPlace): string {
  const query = new URLSearchParams({ kind, key: id, ...(salon && { salon }) });
  return `/forum/new/?${query}`;
}

/** What is talked of a page of the library, and may be read by anybody. */
export const discussionFeed = (kind: PlaceKind, id: string, name: string) => ({
  title: `${name} · 讨论`,
  href: `/api/places/${kind}/${id}/forum.atom`,
});

export const reportsUrl = (salon: string): string => `/forum/reports/?salon=${salon}`;
