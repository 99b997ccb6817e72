/** On paper an address cannot be followed: links out of the text are numbered and listed at the end. */
export function addFootnotes(): void {
  const prose = document.querySelector('.prose');
  if (!prose || prose.querySelector('.footnotes')) return;
  const list = document.createElement('ol');
  const numbers = new Map<string, number>();
  for (const link of prose.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    if (link.hash && link.pathname === location.pathname) continue;
    // Not printed, see print.css.
    if (link.closest('nav, [aria-labelledby="related"], .about')) continue;
    const number = numbers.get(link.href) ?? numbers.size + 1;
    if (!numbers.has(link.href)) {
      numbers.set(link.href, number);
      const item = document.createElement('li');
      item.textContent = decodeURI(link.href);
      list.append(item);
    }
    const mark = document.createElement('sup');
    mark.className = 'footnote-mark';
    mark.textContent = `[${number}]`;
    link.after(mark);
  }
  if (numbers.size === 0) return;
  const notes = document.createElement('section');
  notes.className = 'footnotes';
  const title = document.createElement('h2');
  title.textContent = '文中链接';
  notes.append(title, list);
  prose.append(notes);
}
