/** So far from being seen, something is fetched: there before the reader is. */
const MARGIN = '600px';

/** Calls `then` once, when a part of the page has come near what is seen. @returns what stops it */
export function whenNear(part: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: MARGIN },
  );
  observer.observe(part);
  return () => observer.disconnect();
}
