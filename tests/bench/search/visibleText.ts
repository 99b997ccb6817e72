import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INLINE =
  'a|abbr|b|bdi|bdo|cite|code|em|i|kbd|label|mark|q|s|small|span|strong|sub|sup|time|u|wbr';
const UNREAD = /<(script|style|template|svg|noscript)\b[\s\S]*?<\/\1>/gi;
const INLINE_TAG = new RegExp(`</?(?:${INLINE})\\b[^>]*>`, 'gi');
/** Blanks and the quotation marks and book-title marks that wrap words. */
const LOOSE = /[\s\u200b\u201c\u201d\u2018\u2019\u300a\u300b"']/gu;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const BLOCK = '\u0001';

/** Text with blanks and quotation marks left out: “四化”联动 counts as holding 四化联动. */
export const loosen = (text: string) => text.replace(LOOSE, '').toLowerCase();

/** What a reader of a built page sees, loosened; blocks do not run into each other. */
function visibleText(html: string): string {
  const text = html
    .replace(UNREAD, BLOCK)
    .replace(INLINE_TAG, '')
    .replace(/<[^>]*>/g, BLOCK)
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
  return loosen(text);
}

/** Reads built pages by their address, each once. */
export function pageReader(dist: string): (address: string) => string {
  const kept = new Map<string, string>();
  return (address) => {
    const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
    const known = kept.get(path);
    if (known !== undefined) return known;
    const candidates = [path, `${path}index.html`, `${path}/index.html`, `${path}.html`];
    const file = candidates
      .map((candidate) => join(dist, candidate))
      .find((candidate) => candidate.endsWith('.html') && existsSync(candidate));
    const text = file ? visibleText(readFileSync(file, 'utf8')) : '';
    kept.set(path, text);
    return text;
  };
}
