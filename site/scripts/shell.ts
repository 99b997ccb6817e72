import { showAccount } from './account.ts';
import { followChecklists } from './checklists.ts';
import { followDiscussion } from './discussion.ts';
import { addFootnotes } from './footnotes.ts';
import { markHits } from './hits.ts';
import { lazily } from './lazily.ts';
import { followSettings } from './settings.ts';

/** What every page can do beside being read. The search itself is fetched when it is asked for. */

const search = async () => {
  const dialog = await lazily(() => import('../islands/search/dialog.tsx'));
  dialog?.openSearch();
};

document.addEventListener('keydown', (event) => {
  const typing =
    event.target instanceof HTMLElement &&
    event.target.closest('input:not([type=checkbox], [type=radio]), select, textarea');
  const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const ctrlK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
  if (!slash && !ctrlK) return;
  event.preventDefault();
  search();
});

document.addEventListener('click', async (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (target?.closest('[data-open-search]') && plain) {
    event.preventDefault();
    search();
  }
  if (target?.closest('[data-print]')) print();
  if (target?.closest('[data-print-list]')) printList();
  const copy = target?.closest<HTMLButtonElement>(
    '[data-copy], [data-copy-list], [data-copy-link], [data-copy-text]',
  );
  if (copy) say(copy, (await copied(textToCopy(copy))) ? '已复制' : '没能复制，请手动选取');
  const compare = target?.closest<HTMLAnchorElement>('a[data-compare]');
  if (compare && plain) {
    event.preventDefault();
    const chosen = await lazily(() => import('../islands/compare/chosen.ts'));
    if (chosen) location.assign(chosen.addToComparison(compare.dataset['compare'] ?? ''));
  }
});

/** A citation with this page's address, the checklist as lines, or the address alone. */
function textToCopy(button: HTMLElement): string {
  const here = `${location.origin}${location.pathname}`;
  const { copy } = button.dataset;
  if (copy !== undefined) return `${copy}${here}`;
  const { copyText } = button.dataset;
  if (copyText !== undefined) return copyText;
  if ('copyLink' in button.dataset) return location.href;
  const lines = [...document.querySelectorAll<HTMLInputElement>('.checklist li input')].map(
    (box) => `${box.checked ? '☑' : '☐'} ${box.closest('label')?.textContent?.trim() ?? ''}`,
  );
  return [document.querySelector('h1')?.textContent?.trim(), ...lines, here].join('\n');
}

/** The checklist with its conditions on a sheet of its own. */
function printList(): void {
  const root = document.documentElement;
  root.classList.add('list-only');
  addEventListener('afterprint', () => root.classList.remove('list-only'), { once: true });
  print();
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The button itself tells what came of it, then takes its name back. */
function say(button: HTMLButtonElement, message: string): void {
  const name = button.dataset['name'] ?? button.textContent;
  button.dataset['name'] = name;
  button.textContent = message;
  setTimeout(() => {
    button.textContent = name;
  }, 2500);
}

addEventListener('beforeprint', () => {
  addFootnotes();
  for (const fold of document.querySelectorAll('details[data-print-open]'))
    fold.setAttribute('open', '');
});

/** On a narrow screen the rooms are wider than it: the one that one is in is to be seen. */
function showRoom(): void {
  const here = document.querySelector('.rooms [aria-current]');
  const list = here?.closest('ul');
  if (!here || !list) return;
  const beyond = here.getBoundingClientRect().right - list.getBoundingClientRect().right;
  if (beyond > 0) list.scrollLeft += beyond;
}

followSettings();
showRoom();
showAccount();
followChecklists();
followDiscussion();
markHits();
