import { fold, termsOf } from '../core/fold.ts';

// A character stands in the index as its number, so that the index can neither fold one into
// another nor take any for a gap, whatever Unicode its tables know.
const token = (character: string): string => (character.codePointAt(0) ?? 0).toString(36);
const tokens = (folded: string): string => Array.from(folded, token).join(' ');

/** Stands for no character: numbers end at 10ffff, `nvnz` here. */
const GAP = 'zzzzz';

/** What the index has of a post: a token for each character that counts. */
export const indexedText = (text: string, title?: string): string =>
  title === undefined ? tokens(fold(text)) : `${tokens(fold(title))} ${GAP} ${tokens(fold(text))}`;

/** The same of a query: every term as a run of characters; undefined where there is none. */
export function indexedQuery(query: string): string | undefined {
  const phrases = termsOf(query).map((term) => `"${tokens(term)}"`);
  return phrases.length === 0 ? undefined : phrases.join(' AND ');
}
