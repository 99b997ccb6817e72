/**
 * What is measured inside a page. Each function is handed to `page.evaluate` as it stands, so it
 * uses nothing from outside itself. Lengths are CSS pixels.
 */

/** Opens every fold: what is inside must fit too. */
export function openFolds(): void {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
}

/** Everything that reaches past the right edge and is not inside a region that scrolls by itself. */
export function overflowing(): string[] {
  const edge = document.documentElement.clientWidth;
  const found: string[] = [];
  if (document.documentElement.scrollWidth > edge) {
    found.push(`page: ${document.documentElement.scrollWidth} > ${edge}`);
  }
  const scrolls = (element: Element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  };
  for (const element of document.querySelectorAll('body *')) {
    const { left, right, width, bottom } = element.getBoundingClientRect();
    if (width <= 1 || bottom + scrollY <= 0 || !element.checkVisibility()) continue;
    if (right <= edge + 0.5 && left >= -0.5) continue;
    // Inside a drawing, only the drawing's own box takes room.
    if (element.parentElement?.closest('svg') || scrolls(element)) continue;
    const text = element.textContent.trim().slice(0, 20);
    found.push(
      `${element.tagName.toLowerCase()} “${text}”: ${left.toFixed(1)} to ${right.toFixed(1)}`,
    );
  }
  return found;
}

/**
 * Controls that a thumb cannot hit: no `least` × `least` area around the middle belongs to them.
 * Links inside running text are exempt, as in WCAG 2.5.8.
 */
export function smallTargets(least: number): string[] {
  const controls = document.querySelectorAll<HTMLElement>(
    'a[href], button, summary, select, input, label:has(input), [role=option]',
  );
  const blockOf = (node: Node): Element | null => {
    let one = node.parentElement;
    while (one && getComputedStyle(one).display.startsWith('inline')) one = one.parentElement;
    return one;
  };
  /** Whether text that is no link, be it only the 、 of an enumeration, shares the lines of this link. */
  const inRunningText = (link: HTMLElement) => {
    const block = blockOf(link);
    if (!block || !getComputedStyle(link).display.startsWith('inline')) return false;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const words = text.textContent?.trim();
      if (words && !text.parentElement?.closest('a') && blockOf(text) === block) return true;
    }
    return false;
  };
  const found: string[] = [];
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (control instanceof HTMLInputElement && control.closest('label')) continue;
    if (control.matches('a') && inRunningText(control)) continue;
    if (control.closest('dialog[open]') === null && document.querySelector('dialog[open]'))
      continue;
    // Above the page until it is focused.
    if (control.getBoundingClientRect().bottom + scrollY <= 0) continue;
    control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, top, width, height } = control.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    // The browser rounds the point; a control that is large enough needs only not be covered.
    const enough = width >= least - 0.01 && height >= least - 0.01;
    const reach = least / 2 - (enough ? 1.5 : 0.5);
    const belongs = (dx: number, dy: number) => {
      const hit = document.elementFromPoint(x + dx, y + dy);
      return hit !== null && control.contains(hit);
    };
    const wide = belongs(-reach, 0) && belongs(reach, 0);
    const high = belongs(0, -reach) && belongs(0, reach);
    if (wide && high) continue;
    const name = control.getAttribute('aria-label') ?? control.textContent.trim();
    const size = `${width.toFixed(1)} × ${height.toFixed(1)}`;
    found.push(`${control.tagName.toLowerCase()} “${name.slice(0, 20)}”: ${size}`);
  }
  return [...new Set(found)];
}

/** Body text that is too small or too tight. Notes, cards and figures are not body text. */
export function smallText(least: number): string[] {
  const body = ':is(.prose p, .prose li):not(.note, .note *, aside *, article *, figure *)';
  const found: string[] = [];
  for (const element of document.querySelectorAll(body)) {
    if (!element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const size = Number.parseFloat(style.fontSize);
    const leading = Number.parseFloat(style.lineHeight) / size;
    if (size >= least - 0.01 && leading >= 1.799) continue;
    found.push(`${size} px / ${leading.toFixed(2)}: ${element.textContent.trim().slice(0, 20)}`);
  }
  return found;
}

/** Lines of body text with more than `most` Han characters, each with its count. */
export function longLines(most: number): string[] {
  const found: string[] = [];
  const range = document.createRange();
  for (const block of document.querySelectorAll('.prose p, .prose li, .prose dd')) {
    if (!block.checkVisibility()) continue;
    const lines = new Map<number, string>();
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
      for (const { 0: character, index } of node.data.matchAll(/\p{Script=Han}/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + character.length);
        const { bottom } = range.getBoundingClientRect();
        const line = Math.round(bottom / 12);
        lines.set(line, (lines.get(line) ?? '') + character);
      }
    }
    for (const line of lines.values())
      if (line.length > most) found.push(`${line.length}: ${line}`);
  }
  return found;
}

/** The outline: headings in order as `2 做法与经过`, and how many of each landmark. */
export function outline(): { headings: string[]; gaps: string[]; landmarks: number[] } {
  const shown = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((one) =>
    one.checkVisibility(),
  );
  const headings = shown.map((one) => `${one.tagName.charAt(1)} ${one.textContent.trim()}`);
  const gaps = headings.filter((heading, index) => {
    const before = Number(headings[index - 1]?.charAt(0) ?? 0);
    return Number(heading.charAt(0)) > before + 1 || heading.length < 3;
  });
  const landmarks = ['body > header', 'main', 'body > footer', 'nav[aria-label="主导航"]'].map(
    (one) => document.querySelectorAll(one).length,
  );
  return { headings, gaps, landmarks };
}
