/** The kind of settlement goes from the finder to the problem's page in the address. */
const KEY = 'settlement';
const settlement = new URLSearchParams(location.search).get(KEY) ?? '';

const chooser = document.querySelector('[data-settlements]:is(fieldset)');
chooser?.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLInputElement) carry(target.value);
});
const chosen = [...(chooser?.querySelectorAll('input') ?? [])].find(
  ({ value }) => value === settlement,
);
if (chosen) {
  chosen.checked = true;
  carry(settlement);
}

function carry(value: string): void {
  const query = value ? `?${KEY}=${encodeURIComponent(value)}` : '';
  history.replaceState(null, '', `${location.pathname}${query}`);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-problem]'))
    link.search = query;
}

if (settlement && !chooser) {
  let own = 0;
  for (const list of document.querySelectorAll('[data-fits]')) own += putFirst(list, settlement);
  const note = document.querySelector<HTMLElement>('[data-chosen]');
  if (note) {
    note.hidden = false;
    note.textContent =
      own > 0
        ? `${settlement}：写明适用的 ${own} 个排在前面，其余不限小区类型或出自别的小区。`
        : `还没有写明适用于${settlement}的，下面的出自别的小区，请对照条件取用。`;
  }
}

/** Moves what names the settlement to the front and says so; returns how many. */
function putFirst(list: Element, wanted: string): number {
  const fitting = [...list.children].filter((item) =>
    (item.getAttribute('data-settlements') ?? '').split(' ').includes(wanted),
  );
  for (const item of fitting) item.classList.add('own');
  list.prepend(...fitting);
  return fitting.length;
}
