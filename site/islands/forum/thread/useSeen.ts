import { useEffect, useRef } from 'preact/hooks';
import { newRequestKey } from '../../../lib/api.ts';
import { forum } from '../../../lib/forum.ts';

/** In milliseconds: so long is a post in view before it counts as read. */
const LOOK = 1200;

/**
 * Tells the server, quietly, how far has been read: the highest post that stood in view for a while.
 * @param read how far it was when the page was opened; undefined for visitors
 * @param shown changes when there are other posts on the page
 */
export function useSeen(thread: string, read: number | undefined, shown: string): void {
  const told = useRef(read ?? 0);
  const seen = useRef(read ?? 0);
  useEffect(() => {
    if (read === undefined) return;
    const tell = () => {
      if (seen.current <= told.current) return;
      const n = seen.current;
      told.current = n;
      forum.seen(thread, n, newRequestKey()).catch(() => {
        // With the next post, or the next visit.
        told.current = Math.min(told.current, n - 1);
      });
    };
    const inView = new Set<number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      seen.current = Math.max(seen.current, ...inView);
      tell();
    };
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) inView.add(Number(target.id));
        else inView.delete(Number(target.id));
      }
      clearTimeout(timer);
      timer = setTimeout(look, LOOK);
    });
    for (const post of document.querySelectorAll('article.post')) observer.observe(post);
    document.addEventListener('visibilitychange', tell);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('visibilitychange', tell);
    };
  }, [shown]);
}
