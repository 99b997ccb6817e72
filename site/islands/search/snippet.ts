import { findRanges } from '../../../api/core/fold.ts';
import type { Page } from '../../lib/search/format.ts';

export interface Piece {
  text: string;
  hit: boolean;
}

const BEFORE = 18;
const LENGTH = 74;

/** Parts a text into hits and what stands between them. */
export function marked(text: string, terms: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of findRanges(text, terms)) {
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** The passage of a page that holds most of the terms; the gist where the hit is in title or name. */
export function snippet(page: Page, terms: readonly string[]): Piece[] {
  const head = new Set([page.title, ...page.names]);
  let best = page.gist;
  let most = 0;
  for (const block of page.text) {
    if (head.has(block)) continue;
    const held = terms.filter((term) => findRanges(block, [term]).length > 0).length;
    if (held > most) {
      best = block;
      most = held;
    }
  }
  return marked(excerpt(best, terms), terms);
}

function excerpt(text: string, terms: readonly string[]): string {
  const [[start, end] = [0, 0]] = findRanges(text, terms);
  const from = wholeCharacter(text, Math.max(0, start - BEFORE));
  const to = wholeCharacter(text, Math.max(from + LENGTH, end));
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

/** `at`, or behind it where a rare character's second half stands there. */
const wholeCharacter = (text: string, at: number): number =>
  /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
