import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../../../../api/accounts/contract.ts';
import type { ApiProblem } from '../../../lib/api.ts';
import { forum, type Post } from '../../../lib/forum.ts';
import { fetchMe } from '../../../lib/session.ts';
import { useLoaded } from '../../kit/load.tsx';
import { asProblem } from '../../kit/problem.tsx';
import { useLive } from '../../kit/useLive.ts';
import { useTry } from '../../kit/useTry.ts';
import { goTo, postElement, postHere, threadHere } from './address.ts';
import {
  firstOf,
  type Held,
  hold,
  join,
  lastOf,
  nextStart,
  PAGE,
  pageStart,
  previousStart,
  showAll,
} from './held.ts';

const fetchFrom = (id: string, from: number) => forum.thread(id, { from, limit: PAGE });

/** The accepted answer stands under the question too, wherever its own place is. */
async function fetchAccepted(id: string, held: Held): Promise<Post | undefined> {
  const { accepted } = held.thread;
  if (accepted === null) return undefined;
  const known = held.rows.find(({ n }) => n === accepted);
  return known ?? (await forum.thread(id, { from: accepted, limit: 1 })).thread.rows[0];
}

export interface Opened {
  readonly id: string;
  readonly me: Me | null;
  readonly held: Held;
  readonly accepted: Post | undefined;
  /** The first post that was unread when the page was opened. */
  readonly unreadFrom: number | undefined;
  /** Where to begin reading. */
  readonly start: number | undefined;
}

/** The page that the address names, or where one had stopped reading. */
export async function openThread(): Promise<Opened> {
  const id = threadHere();
  const named = postHere();
  const [me, first] = await Promise.all([fetchMe(), fetchFrom(id, pageStart(named ?? 1))]);
  const { posts } = first.thread;
  const read = first.mine?.read ?? 0;
  const unreadFrom = read > 0 && read < posts ? read + 1 : undefined;
  const wanted = Math.min(named ?? unreadFrom ?? 1, posts);
  const isThere = first.thread.rows.some(({ n }) => n === wanted);
  const held = hold(isThere ? first : await fetchFrom(id, pageStart(wanted)));
  const start = wanted > 1 ? wanted : undefined;
  return { id, me, held, accepted: await fetchAccepted(id, held), unreadFrom, start };
}

export const useOpened = () => useLoaded(openThread);

/** Runs a change of what stands above the reader without moving what they read. */
function useAnchor() {
  const anchor = useRef<{ n: number; top: number }>();
  useLayoutEffect(() => {
    const at = anchor.current;
    const post = at && postElement(at.n);
    if (!at || !post) return;
    anchor.current = undefined;
    scrollBy({ top: post.getBoundingClientRect().top - at.top, behavior: 'instant' });
    // From now on the browser holds it by itself, where it can.
    document.documentElement.classList.remove('unanchored');
  });
  return (n: number): void => {
    const post = postElement(n);
    if (!post) return;
    document.documentElement.classList.add('unanchored');
    anchor.current = { n, top: post.getBoundingClientRect().top };
  };
}

/** A thread that grows in both directions as it is read, and says what is new without moving. */
export function useThread({ id, me, held: first, accepted: firstAccepted, start }: Opened) {
  const [held, setHeld] = useState(first);
  const [accepted, setAccepted] = useState(firstAccepted);
  /** Why what is shown may be out of date. */
  const [stale, setStale] = useState<ApiProblem>();
  const newest = useRef(held);
  newest.current = held;
  const goal = useRef(start);
  const anchorAt = useAnchor();
  const fetching = useTry();
  // Apart, so that going somewhere need not wait for what comes in by itself.
  const going = useTry();

  const change = (next: Held): void => {
    newest.current = next;
    setHeld(next);
  };
  const takeIn = async (from: number, unasked = false): Promise<void> => {
    const answer = await fetchFrom(id, from);
    // Whatever is shown has another version after it changed.
    if (unasked && answer.thread.version === newest.current.thread.version) return;
    const next = join(newest.current, answer);
    change(next);
    setAccepted(await fetchAccepted(id, next));
  };
  /** Also what others did, to what is near the end and to what was just acted on. */
  const renew = async (n?: number): Promise<void> => {
    const pages = new Set([
      pageStart(n ?? lastOf(newest.current)),
      pageStart(lastOf(newest.current)),
    ]);
    for (const from of pages) await takeIn(from);
  };
  const show = async (n: number): Promise<void> => {
    goal.current = n;
    const { rows, thread } = newest.current;
    if (rows.some((row) => row.n === n)) {
      change({ ...newest.current });
      return;
    }
    const answer = await fetchFrom(id, pageStart(Math.min(n, thread.posts)));
    const next = join(newest.current, answer);
    change(next.rows.some((row) => row.n === n) ? next : hold(answer));
  };

  useLayoutEffect(() => {
    if (goal.current !== undefined && goTo(goal.current)) goal.current = undefined;
  }, [held]);
  useEffect(() => {
    const moved = () => {
      const n = postHere();
      if (n !== undefined) going.attempt(() => show(n));
    };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  const isMember = me?.salons.some(({ slug }) => slug === held.thread.salon);
  useLive(isMember ? held.thread.salon : undefined, () =>
    takeIn(pageStart(lastOf(newest.current)), true).then(
      () => setStale(undefined),
      (error) => setStale(asProblem(error)),
    ),
  );
  return {
    /** Who reads; empty for a visitor. */
    person: me?.id ?? '',
    held,
    accepted,
    stale,
    busy: fetching.busy,
    problem: going.problem ?? fetching.problem,
    renew,
    show: (n: number) => going.attempt(() => show(n)),
    showNew: () =>
      going.attempt(async () => {
        const first = newest.current.upTo + 1;
        change(showAll(newest.current));
        await show(first);
      }),
    /** What I wrote is shown at once, with what others wrote before it. */
    wrote: async (n: number): Promise<void> => {
      await takeIn(pageStart(n));
      change(showAll(newest.current));
      await show(n);
    },
    below: () => {
      const from = nextStart(newest.current);
      if (from !== undefined) fetching.attempt(() => takeIn(from));
    },
    above: () => {
      const from = previousStart(newest.current);
      if (from === undefined) return;
      fetching.attempt(async () => {
        const answer = await fetchFrom(id, from);
        anchorAt(firstOf(newest.current));
        change(join(newest.current, answer));
      });
    },
  };
}
export type Thread = ReturnType<typeof useThread>;
