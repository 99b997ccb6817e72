import { whenNear } from '../lib/near.ts';

/** Fills what Discussion.astro has left free, once the reader comes near. */
export function followDiscussion(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-discussion]')) {
    whenNear(part, async () => {
      const talk = await import('../islands/forum/about/beside.tsx').catch(() => undefined);
      if (talk) talk.showTalk(part);
      else part.textContent = '讨论没有取到，多半是网络断了。请刷新页面再看。';
    });
  }
}
