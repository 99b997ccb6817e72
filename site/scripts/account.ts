import { rememberedName } from '../lib/rememberedName.ts';

/** The link in the header: 登录, or the way to one's own account; asks no server. */
export function showAccount(): void {
  const link = document.querySelector<HTMLAnchorElement>('[data-account]');
  const name = rememberedName();
  if (!link || name === null) return;
  link.href = '/account/';
  link.textContent = '我的';
  link.title = name;
}
