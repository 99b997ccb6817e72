import type { Post, ThreadAnswer, ThreadMine, ThreadPosts } from '../../../lib/forum.ts';

/** Posts that are fetched at once; pages begin at 1, 51, 101 … */
export const PAGE = 50;

export const pageStart = (n: number): number => n - ((n - 1) % PAGE);

/** What this page holds of a thread: posts in one run, of which the first `upTo` are shown. */
export interface Held {
  readonly thread: ThreadPosts;
  readonly mine: ThreadMine | null;
  /** By number, without a gap. */
  readonly rows: readonly Post[];
  readonly own: ReadonlySet<number>;
  readonly marked: ReadonlySet<number>;
  /** What came later is announced, not put under the reader's eyes. */
  readonly upTo: number;
}

export function hold({ thread, mine }: ThreadAnswer): Held {
  return {
    thread,
    mine,
    rows: thread.rows,
    own: new Set(mine?.own),
    marked: new Set(mine?.marked),
    upTo: thread.posts,
  };
}

function rowsOf(held: readonly Post[], fresh: readonly Post[]): readonly Post[] {
  const byNumber = new Map([...held, ...fresh].map((row) => [row.n, row]));
  return [...byNumber.values()].sort((a, b) => a.n - b.n);
}

/** What the answer says of its own posts counts; of the others, what was known. */
function joined(
  held: ReadonlySet<number>,
  fresh: readonly number[] | undefined,
  answered: readonly Post[],
): ReadonlySet<number> {
  const asked = new Set(answered.map(({ n }) => n));
  return new Set([...[...held].filter((n) => !asked.has(n)), ...(fresh ?? [])]);
}

/** Takes in another page, or one of them anew. One that would leave a gap is not held. */
export function join(held: Held, { thread, mine }: ThreadAnswer): Held {
  const [first, last] = [thread.rows[0]?.n, thread.rows.at(-1)?.n];
  const touches =
    first !== undefined &&
    last !== undefined &&
    first <= lastOf(held) + 1 &&
    last >= firstOf(held) - 1;
  const rows = touches ? thread.rows : [];
  return {
    ...held,
    thread,
    mine,
    rows: rowsOf(held.rows, rows),
    own: joined(held.own, mine?.own, rows),
    marked: joined(held.marked, mine?.marked, rows),
  };
}

export const firstOf = ({ rows }: Held): number => rows[0]?.n ?? 1;
export const lastOf = ({ rows }: Held): number => rows.at(-1)?.n ?? 0;
export const shownOf = ({ rows, upTo }: Held): readonly Post[] => rows.filter(({ n }) => n <= upTo);

/** Replies that came since the reader last looked. */
export const newOnes = ({ thread, upTo }: Held): number => Math.max(0, thread.posts - upTo);
export const showAll = (held: Held): Held => ({ ...held, upTo: held.thread.posts });

/** Where the next page starts below, or undefined at the end of what may be shown. */
export const nextStart = (held: Held): number | undefined =>
  lastOf(held) < held.upTo ? pageStart(lastOf(held) + 1) : undefined;
/** Where the page above starts, or undefined at the top. */
export const previousStart = (held: Held): number | undefined =>
  firstOf(held) > 1 ? pageStart(firstOf(held) - 1) : undefined;
