import { lazily } from '../../scripts/lazily.ts';
import { comparisonUrl, MOST, readChosen, rememberChosen, remembered } from './chosen.ts';

/**
 * The comparison is made of the case pages' own fields ([data-field]): what a page says and what
 * is compared cannot differ.
 */
const ROWS = [
  ['gist', '一句话'],
  ['flags', '来源状况'],
  ['place', '地点'],
  ['level', '层级'],
  ['settlements', '小区类型'],
  ['period', '时期'],
  ['themes', '主题'],
  ['lead', '主要数字'],
  ['answers', '回应的问题'],
  ['methods', '方法'],
  ['conditions', '需要的条件'],
  ['pitfalls', '容易出的问题'],
  ['source', '来源'],
] as const;

interface Column {
  id: string;
  title: string;
  name: string;
  field: (name: string) => Element | null;
}

const root = document.querySelector<HTMLElement>('[data-comparison]');
const part = <T extends HTMLElement>(name: string) => root?.querySelector<T>(`[data-${name}]`);

async function fetchColumn(id: string): Promise<Column | undefined> {
  const response = await fetch(`/cases/${id}/`);
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`cases/${id}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return {
    id,
    title: page.querySelector('h1')?.textContent?.trim() ?? id,
    name: page.querySelector('[data-name]')?.textContent?.trim() ?? '',
    field: (name) => page.querySelector(name === 'gist' ? '[data-gist]' : `[data-field="${name}"]`),
  };
}

async function show(ids: readonly string[]): Promise<void> {
  rememberChosen(ids);
  const columns = (await Promise.all(ids.map(fetchColumn))).filter((one) => one !== undefined);
  // Others were chosen while these were on their way.
  if (ids.join() !== chosen().join()) return;
  const table = part<HTMLTableElement>('table');
  const empty = part('empty');
  const add = part<HTMLButtonElement>('add');
  if (!table || !empty || !add) return;
  table.hidden = columns.length === 0;
  empty.hidden = columns.length > 0;
  add.disabled = columns.length >= MOST;
  add.textContent = columns.length >= MOST ? `最多比较 ${MOST} 个` : '添加案例';
  table.tHead?.replaceChildren(headRow(columns));
  table.tBodies[0]?.replaceChildren(...ROWS.flatMap(([name, label]) => rows(name, label, columns)));
  const missing = ids.filter((id) => !columns.some((column) => column.id === id));
  complain(missing.length > 0 ? `没有 ${missing.join('、')} 这个案例，已略去。` : '');
}

function headRow(columns: readonly Column[]): HTMLTableRowElement {
  const line = document.createElement('tr');
  for (const { id, title, name } of columns) {
    const cell = document.createElement('th');
    cell.scope = 'col';
    const link = document.createElement('a');
    link.href = `/cases/${id}/`;
    link.textContent = title;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'tool';
    remove.textContent = '移除';
    remove.setAttribute('aria-label', `移除：${title}`);
    remove.addEventListener('click', async () => {
      const place = chosen().indexOf(id);
      await choose(chosen().filter((one) => one !== id));
      focusRemoval(place);
    });
    const known = document.createElement('p');
    known.className = 'card-method';
    known.textContent = name;
    cell.append(known, link, remove);
    line.append(cell);
  }
  return line;
}

/** A field takes two rows, its name above the cases' own words, so that two cases fit a phone. */
function rows(name: string, label: string, columns: readonly Column[]): HTMLTableRowElement[] {
  const above = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'rowgroup';
  head.colSpan = columns.length;
  head.textContent = label;
  above.append(head);
  const below = document.createElement('tr');
  for (const column of columns) {
    const cell = document.createElement('td');
    const field = column.field(name);
    // A list of terms stays whole: its parts may not stand outside it.
    const nodes = field?.matches('dl') ? [field] : (field?.childNodes ?? []);
    cell.append(...[...nodes].map((node) => document.importNode(node, true)));
    if (!cell.textContent?.trim()) cell.textContent = '—';
    below.append(cell);
  }
  return [above, below];
}

const chosen = () => readChosen(location.search);

function choose(ids: readonly string[]): Promise<void> {
  history.pushState(null, '', comparisonUrl(ids));
  return refresh();
}

/** The button that was pressed is gone: the next one takes its place, or the one that adds. */
function focusRemoval(place: number): void {
  const buttons = [...(root?.querySelectorAll<HTMLButtonElement>('thead button') ?? [])];
  (buttons[Math.min(place, buttons.length - 1)] ?? part('add'))?.focus();
}

function complain(message: string): void {
  const error = part('error');
  if (!error) return;
  error.hidden = !message;
  error.textContent = message;
}

function refresh(): Promise<void> {
  return show(chosen()).catch(() => complain('没能取到案例，多半是网络断了。连上后再试一次。'));
}

part('add')?.addEventListener('click', async () => {
  const dialog = await lazily(() => import('../search/dialog.tsx'));
  dialog?.openSearch({
    title: '添加要比较的案例',
    kind: 'case',
    onPick: ({ url }) =>
      choose([...new Set([...chosen(), url.split('/')[2] ?? ''])].slice(0, MOST)),
  });
});
addEventListener('popstate', refresh);
// The menu leads here without saying which: those of this tab are meant.
if (!location.search && remembered().length > 0) {
  history.replaceState(null, '', comparisonUrl(remembered()));
}
refresh();
