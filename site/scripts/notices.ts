import { NAME_CHANGED, rememberedName, rememberName } from '../lib/rememberedName.ts';
import { onNews, onUnread } from '../lib/unread.ts';

const MOST = 99;

/** 通知 3, read out as 通知 3 条未读. */
function show(link: HTMLAnchorElement, unread: number): void {
  const number = document.createElement('b');
  number.textContent = unread > MOST ? `${MOST}+` : String(unread);
  const meaning = document.createElement('span');
  meaning.className = 'visually-hidden';
  meaning.textContent = '条未读';
  link.replaceChildren('通知', ...(unread > 0 ? [number, meaning] : []));
}

/** A header without the number is better than one that says why it is missing. */
async function ask(): Promise<number> {
  try {
    const response = await fetch('/api/me/notices/unread');
    if (response.status === 401) rememberName(null);
    return response.ok ? Number((await response.json()).unread) : 0;
  } catch {
    return 0;
  }
}

/** 通知 in the header with how many are unread, for whoever is signed in as far as we remember. */
export function followNotices(link: HTMLAnchorElement): void {
  const look = async () => {
    if (rememberedName() !== null && !document.hidden) show(link, await ask());
  };
  document.addEventListener('visibilitychange', look);
  addEventListener(NAME_CHANGED, look);
  // From the browser's memory, by its button back.
  addEventListener('pageshow', ({ persisted }) => persisted && look());
  onNews(look);
  onUnread((unread) => show(link, unread));
  look();
}
