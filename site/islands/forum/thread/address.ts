/** The thread that this page is of. */
export const threadHere = (): string => location.pathname.split('/')[3] ?? '';

/** Posts on a page of the thread as it is read without a script. */
const SERVED = 20;

/** The post that the address names, or the first one of the page it names. */
export function postHere(): number | undefined {
  const n = Number(/^#(\d{1,7})$/.exec(location.hash)?.[1] ?? 0);
  const page = Number(/[?&]page=(\d{1,5})\b/.exec(location.search)?.[1] ?? 1);
  return n || (page > 1 ? (page - 1) * SERVED + 1 : undefined);
}

export const postElement = (n: number): HTMLElement | null => document.getElementById(String(n));

/** Brings a post under the reader's eyes, and the focus with it. */
export function goTo(n: number): boolean {
  const post = postElement(n);
  post?.scrollIntoView({ block: 'start', behavior: 'instant' });
  post?.focus({ preventScroll: true });
  return post !== null;
}
