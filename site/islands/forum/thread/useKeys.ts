import { useEffect } from 'preact/hooks';
import { goTo } from './address.ts';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, select, textarea, [role=listbox], dialog') !== null;

/** j and k go from post to post; r writes a reply. */
export function useKeys(reply: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target } = event;
      if (ctrlKey || metaKey || altKey || isTyping(target)) return;
      if (key === 'r') {
        event.preventDefault();
        reply();
      }
      if (key !== 'j' && key !== 'k') return;
      const posts = [...document.querySelectorAll<HTMLElement>('article.post')];
      const next = key === 'j' ? below(posts) : above(posts);
      if (next) goTo(Number(next.id));
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

/** In pixels: so near to the top of the window a post is the one that is read. */
const NEAR = 60;

const below = (posts: readonly HTMLElement[]): HTMLElement | undefined =>
  posts.find((post) => post.getBoundingClientRect().top > NEAR);
const above = (posts: readonly HTMLElement[]): HTMLElement | undefined =>
  posts.findLast((post) => post.getBoundingClientRect().top < -1);
