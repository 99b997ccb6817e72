import { useEffect, useRef } from 'preact/hooks';
import { watch } from '../../lib/live.ts';
import { tellNews } from '../../lib/unread.ts';

function hear(refresh: () => void): void {
  refresh();
  tellNews();
}

/**
 * Keeps what is shown up to date while the page is looked at.
 * @param salonSlug undefined as long as it is not known, and for whoever is no member
 * @param refresh of `useLoaded`: quiet, so that nobody loses what they read or type
 */
export function useLive(salonSlug: string | undefined, refresh: () => void): void {
  const newest = useRef(refresh);
  newest.current = refresh;
  useEffect(
    () => (salonSlug ? watch(salonSlug, () => hear(newest.current)) : undefined),
    [salonSlug],
  );
}
