import { NAME_CHANGED, rememberedName } from '../lib/rememberedName.ts';

/** The link in the header: 登录, or the way to one's own account; asks no server. */
function show(link: HTMLAnchorElement): void {
  const name = rememberedName();
  link.href = name === null ? '/signin/' : '/account/';
  link.textContent = name === null ? '登录' : '我的';
  link.title = name ?? '';
  document.documentElement.classList.toggle('known', name !== null);
}

/** The notices are fetched for someone who has signed in here; a visitor does without the script. */
async function showNotices(): Promise<void> {
  const link = document.querySelector<HTMLAnchorElement>('[data-notices]');
  if (!link || rememberedName() === null) return;
  removeEventListener(NAME_CHANGED, showNotices);
  const notices = await import('./notices.ts').catch(() => undefined);
  notices?.followNotices(link);
}

export function showAccount(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-account]');
  if (!link) return;
  show(link);
  addEventListener(NAME_CHANGED, () => show(link));
  addEventListener(NAME_CHANGED, showNotices);
  showNotices();
}
