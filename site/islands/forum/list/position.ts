/** Where one was in a list, kept with the entry of the browser's history that one comes back to. */
export interface Position {
  /** So many pages had been fetched. */
  readonly pages: number;
  /** In pixels. */
  readonly top: number;
}

const isPosition = (value: unknown): value is Position =>
  typeof value === 'object' &&
  value !== null &&
  'pages' in value &&
  typeof value.pages === 'number' &&
  'top' in value &&
  typeof value.top === 'number';

export function readPosition(): Position {
  const state: unknown = history.state;
  const kept =
    typeof state === 'object' && state !== null && 'forum' in state ? state.forum : undefined;
  return isPosition(kept) ? kept : { pages: 1, top: 0 };
}

export const keepPosition = (pages: number): void =>
  history.replaceState({ forum: { pages, top: scrollY } satisfies Position }, '');
