import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { withoutUnseen } from '../../core/text.ts';
import { FORUM } from '../refusals.ts';
import { createParser } from './parser.ts';
import { sanitizePost, textOf } from './sanitize.ts';
import type { Around, Env } from './words.ts';

export { sanitizePost, textOf, withoutNames } from './sanitize.ts';
export type { Around, Size } from './words.ts';

export interface Rendered {
  readonly html: string;
  /** Its words, a line for each block. */
  readonly text: string;
  /** Ids of the people it calls. */
  readonly people: readonly string[];
  /** The names they are called by. */
  readonly called: readonly string[];
  /** Ids of the pictures it shows. */
  readonly pictures: readonly string[];
  /** What stands after an @ and is nobody's name. */
  readonly missing: readonly string[];
}

/** A short text may ask for a long page: cells that are filled up, addresses that are repeated. */
const LONGEST_HTML = 400_000;

const parser = createParser();

/**
 * A post's HTML from its Markdown: parsed without raw HTML, then sanitized.
 * @param source as `prose` lets it through
 * @throws {Refused} tooIntricate
 */
export function renderPost(source: string, around: Around): Rendered {
  const found: Env['found'] = {
    called: new Map(),
    missing: new Set(),
    pictures: new Set(),
    entries: new Set(),
  };
  // Footnotes of two posts on one page have names of their own.
  const env = { around, found, docId: newId().slice(0, 8) };
  const made = withoutUnseen(parser.render(source, env));
  if (made.length > LONGEST_HTML) throw new Refused(FORUM.tooIntricate);
  const html = sanitizePost(made).trim();
  return {
    html,
    text: textOf(html),
    people: [...new Set([...found.called.values()].flat())],
    called: [...found.called.keys()],
    pictures: [...found.pictures],
    missing: [...found.missing],
  };
}
