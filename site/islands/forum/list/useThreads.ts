import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { forum, type ThreadList } from '../../../lib/forum.ts';
import { useLoaded } from '../../kit/load.tsx';
import { useLive } from '../../kit/useLive.ts';
import { useTry } from '../../kit/useTry.ts';
import { loadPlace, type Place } from '../../salon/place.tsx';
import type { Wanted } from '../links.ts';
import { VIEWS } from '../words.ts';
import { keepPosition, readPosition } from './position.ts';
import { append, hasMoved, type Rows, updated } from './rows.ts';

export function wantedHere(): Wanted {
  const query = new URLSearchParams(location.search);
  const view = VIEWS.find((one) => one.view === query.get('view'))?.view ?? 'latest';
  return { view, theme: query.get('theme') ?? '', place: query.get('place') ?? '' };
}

const fetchPage = (
  { slug }: Place,
  { view, theme, place }: Wanted,
  cursor?: string | null,
): Promise<ThreadList> =>
  forum.list(slug, {
    view,
    ...(theme && { theme }),
    ...(place && { place }),
    ...(cursor && { cursor }),
  });

async function fetchRows(place: Place, wanted: Wanted, pages: number): Promise<Rows> {
  let rows: Rows = await fetchPage(place, wanted);
  for (let page = 1; page < pages && rows.next; page += 1) {
    rows = append(rows, await fetchPage(place, wanted, rows.next));
  }
  return rows;
}

const load = async () => {
  const wanted = wantedHere();
  const place = await loadPlace();
  const { pages, top } = readPosition();
  return { place, wanted, rows: await fetchRows(place, wanted, pages), pages, top };
};
export type ListData = Awaited<ReturnType<typeof load>>;

/** The list that the address asks for, as far down as one had come. */
export const useList = () => useLoaded(load);

/**
 * Its rows: more of them on request; what happens meanwhile changes their numbers in place, and
 * their order only when the reader says so.
 */
export function useThreads({ place, wanted, rows: first, pages: fetched, top }: ListData) {
  const [rows, setRows] = useState<Rows>(first);
  const [pages, setPages] = useState(fetched);
  const [moved, setMoved] = useState(false);
  const { busy, problem, attempt } = useTry();
  useLayoutEffect(() => scrollTo({ top, behavior: 'instant' }), []);
  useEffect(() => {
    const leave = () => keepPosition(pages);
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, [pages]);
  useLive(place.isMember ? place.slug : undefined, async () => {
    const newest = await fetchPage(place, wanted).catch(() => undefined);
    if (!newest) return;
    setMoved(hasMoved(rows, newest));
    setRows((held) => updated(held, newest));
  });
  return {
    rows,
    moved,
    busy,
    problem,
    more: () =>
      attempt(async () => {
        const page = await fetchPage(place, wanted, rows.next);
        setRows((held) => append(held, page));
        setPages(pages + 1);
      }),
    showMoved: () =>
      attempt(async () => {
        setRows(await fetchRows(place, wanted, 1));
        setPages(1);
        setMoved(false);
      }),
    readAll: (key: string) =>
      forum.readAll(place.slug, key).then(async () => setRows(await fetchRows(place, wanted, 1))),
  };
}
