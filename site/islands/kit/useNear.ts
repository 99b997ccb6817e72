import { type MutableRef, useEffect, useRef, useState } from 'preact/hooks';

/** So far from being seen, something is fetched: there before the reader is. */
const MARGIN = '400px';

/** Whether a part of the page has come near what is seen; then it stays so. */
export function useNear<E extends Element>(): [part: MutableRef<E | null>, near: boolean] {
  const part = useRef<E | null>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!part.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        setNear(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(part.current);
    return () => observer.disconnect();
  }, []);
  return [part, near];
}
