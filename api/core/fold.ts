/**
 * What counts as the same text. Both the index and a query are folded, so a search for 四化联动
 * finds “四化”联动, and 3小时 finds 3 小时. Folding goes one code point at a time so that a hit can
 * be traced back to where it stands in the original.
 */

/** Marks that wrap words, and white space, are not text. */
const DROPPED = /[\s\u200b\ufeff“”"‘’'「」『』《》〈〉]/gu;

function foldOne(point: string): string {
  return point.normalize('NFKC').toLowerCase().normalize('NFKC').replace(DROPPED, '');
}

const cache = new Map<string, string>();

function foldPoint(point: string): string {
  let folded = cache.get(point);
  if (folded === undefined) {
    folded = foldOne(point);
    cache.set(point, folded);
  }
  return folded;
}

/** What folds to itself and needs no look: most of any Chinese text. */
const OTHER = /[^\u4e00-\u9fffa-z0-9]/gu;

export function fold(text: string): string {
  return text.replace(OTHER, foldPoint);
}

/** The folded text, and for each of its UTF-16 units the offset in `text` that it came from. */
export function foldWithOffsets(text: string): { folded: string; offsets: number[] } {
  let folded = '';
  const offsets: number[] = [];
  let at = 0;
  for (const point of text) {
    const piece = foldPoint(point);
    for (let unit = 0; unit < piece.length; unit += 1) offsets.push(at);
    folded += piece;
    at += point.length;
  }
  offsets.push(at);
  return { folded, offsets };
}

/** A query's terms: parted by white space, each to be found as it stands, all of them on a page. */
export function termsOf(query: string): string[] {
  return [...new Set(query.split(/\s+/u).map(fold).filter(Boolean))];
}

/** Where `terms` stand in `text`, as non-overlapping [from, to) ranges of the original, in order. */
export function findRanges(text: string, terms: readonly string[]): [from: number, to: number][] {
  const { folded, offsets } = foldWithOffsets(text);
  const found: [number, number][] = [];
  for (const term of terms) {
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      const last = offsets[at + term.length - 1] ?? 0;
      found.push([offsets[at] ?? 0, last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1)]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: [number, number][] = [];
  for (const range of found) {
    const last = merged.at(-1);
    if (last && range[0] < last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  }
  return merged;
}
