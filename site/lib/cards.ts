import type { CaseEntry } from '../../api/library/contract.ts';
import { caseUrl } from './cases.ts';
import type { Card } from './search/format.ts';
import { placeInWords } from './words.ts';

/** What a list shows of a case. */
export function cardOf(entry: CaseEntry): Card {
  const { text, inferred } = placeInWords(entry.place);
  return {
    url: caseUrl(entry.id),
    kind: 'case',
    title: entry.title,
    names: [entry.method],
    gist: entry.gist,
    meta: `${text}${inferred ? '（推断）' : ''} · ${entry.level}`,
    flags: entry.source.flags,
  };
}
