/** The thread that this page is of. */
export const threadHere = (): string => location.pathname.split('/')[3] ?? '';

/** The post that the address names, if it names one. */
export function postHere(): number | undefined {
  const n = /^#(\d{1,7})$/.exec(location.hash)?.[1];
  return n === undefined || Number(n) === 0 ? undefined : Number(n);
}

export const postElement = (n: number): HTMLElement | null => document.getElementById(String(n));

/** Brings a post under the reader's eyes, and the focus with it. */
export function goTo(n: number): boolean {
  const post = postElement(n);
  post?.scrollIntoView({ block: 'start', behavior: 'instant' });
  post?.focus({ preventScroll: true });
  return post !== null;
}
