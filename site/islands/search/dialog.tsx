import { render } from 'preact';
import type { Page, PageKind } from '../../lib/search/format.ts';
import { SearchBox } from './SearchBox.tsx';

interface Options {
  title?: string;
  kind?: PageKind;
  onPick?: (page: Page) => void;
}

/** Opens the search over the page; Esc or a tap outside closes it and gives the focus back. */
export function openSearch({ title = '搜索', kind, onPick }: Options = {}): void {
  if (document.querySelector('dialog.search-dialog')) return;
  const dialog = document.createElement('dialog');
  dialog.className = 'search-dialog';
  dialog.setAttribute('aria-label', title);
  document.body.append(dialog);
  const close = () => dialog.close();
  const pick =
    onPick &&
    ((page: Page) => {
      close();
      onPick(page);
    });
  render(
    <div class="search-sheet">
      <div class="search-head">
        <p>{title}</p>
        <button type="button" class="tool" onClick={close}>
          关闭
        </button>
      </div>
      <SearchBox {...(kind ? { kind } : {})} onPick={pick} />
    </div>,
    dialog,
  );
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  // The first Esc would only empty the field.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) close();
  });
  dialog.addEventListener('close', () => {
    render(null, dialog);
    dialog.remove();
  });
  dialog.showModal();
}
