import { findRanges } from '../../core/fold.ts';

/** In one line; after a Chinese stop the space that a line break leaves would show as a hole. */
const flat = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/(?<=[，。；：！？、”’）》]) /gu, '')
    .trim();

/** The beginning of a text, in one line, of so many characters at most. */
export function shorten(text: string, most: number): string {
  const characters = [...flat(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}

const BEFORE = 30;
const MOST = 120;

/** A part of the text round the first place where a term stands; its beginning where none does. */
export function excerptOf(text: string, terms: readonly string[]): string {
  const [from = 0] = findRanges(text, terms)[0] ?? [];
  const before = [...flat(text.slice(0, from))];
  if (before.length <= BEFORE) return shorten(text, MOST);
  const start = from - before.slice(-BEFORE).join('').length;
  return `…${shorten(text.slice(Math.max(0, start)), MOST)}`;
}
