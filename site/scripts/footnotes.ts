/** Not printed, see print.css. */
const UNPRINTED = 'nav, [aria-labelledby="related"], .about';

/**
 * On paper an address cannot be followed: links out of the text are numbered and listed at the end.
 * Made anew for each print, since a thread may have grown.
 */
export function addFootnotes(): void {
  for (const old of document.querySelectorAll('.addresses, .address-mark')) old.remove();
  const prose = document.querySelector('[data-sheet]') ?? document.querySelector('.prose');
  if (!prose) return;
  const list = document.createElement('ol');
  const numbers = new Map<string, number>();
  for (const link of prose.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (link.hash && link.pathname === location.pathname) continue;
    if (link.closest(UNPRINTED)) continue;
    const number = numbers.get(link.href) ?? numbers.size + 1;
    if (!numbers.has(link.href)) {
      numbers.set(link.href, number);
      const item = document.createElement('li');
      item.textContent = readable(link.href);
      list.append(item);
    }
    const mark = document.createElement('sup');
    mark.className = 'address-mark';
    mark.textContent = `[${number}]`;
    link.after(mark);
  }
  if (numbers.size === 0) return;
  const notes = document.createElement('section');
  notes.className = 'addresses';
  const title = document.createElement('h2');
  title.textContent = '文中链接';
  notes.append(title, list);
  prose.append(notes);
}

/** With its Chinese in characters; what someone typed may be no proper address. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
