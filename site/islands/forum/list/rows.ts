import type { ThreadList, ThreadRow } from '../../../lib/forum.ts';

/** What a list shows: pinned threads first, the others by the last word in them. */
export interface Rows {
  readonly pinned: readonly ThreadRow[];
  readonly threads: readonly ThreadRow[];
  readonly next: string | null;
}

/** A page more; a thread that rose meanwhile is not shown twice. */
export function append(rows: Rows, { threads, next }: ThreadList): Rows {
  const held = new Set([...rows.pinned, ...rows.threads].map(({ id }) => id));
  return {
    ...rows,
    threads: [...rows.threads, ...threads.filter(({ id }) => !held.has(id))],
    next,
  };
}

/** What is new in each row, with every row where it stood. */
export function updated(rows: Rows, first: ThreadList): Rows {
  const fresh = new Map([...first.pinned, ...first.threads].map((row) => [row.id, row]));
  const renew = (row: ThreadRow): ThreadRow => fresh.get(row.id) ?? row;
  return { ...rows, pinned: rows.pinned.map(renew), threads: rows.threads.map(renew) };
}

/** Whether the first page would now begin otherwise than what is shown. */
export function hasMoved(rows: Rows, first: ThreadList): boolean {
  const ids = (list: readonly ThreadRow[]): string => list.map(({ id }) => id).join();
  return (
    ids(first.pinned) !== ids(rows.pinned) ||
    ids(first.threads) !== ids(rows.threads.slice(0, first.threads.length))
  );
}
