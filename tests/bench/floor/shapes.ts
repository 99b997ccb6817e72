/** Ways to feed Chinese to Pagefind so that every substring is found, each with its query. */
export type Shape = {
  id: string;
  label: string;
  feed: 'html' | 'record';
  language: string;
  encode(text: string): string;
  /** The query that must find exactly the pages that hold `term` (Han characters only). */
  query(term: string): string;
};

const ZERO_WIDTH_SPACE = '\u200b';

const separate = (text: string) => text.replace(/(\p{Script=Han})/gu, `$1${ZERO_WIDTH_SPACE}`);
const phrase = (term: string) => `"${[...term].join(' ')}"`;

const pairsOf = (run: string) => {
  const characters = [...run];
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
};
/** 四化联动 → 四化 化联 联动 动: the last one alone, so that each character begins one word. */
const overlap = (text: string) =>
  text.replace(/\p{Script=Han}+/gu, (run) => ` ${pairsOf(run).join(' ')} `);
const pairPhrase = (term: string) =>
  [...term].length === 1 ? term : `"${pairsOf(term).slice(0, -1).join(' ')}"`;

export const SHAPES: readonly Shape[] = [
  {
    id: 'html-1',
    label: '逐字，addHTMLFile',
    feed: 'html',
    language: 'zh',
    encode: separate,
    query: phrase,
  },
  {
    id: 'record-1',
    label: '逐字，addCustomRecord',
    feed: 'record',
    language: 'zh',
    encode: separate,
    query: phrase,
  },
  {
    id: 'record-2',
    label: '重叠双字，addCustomRecord',
    feed: 'record',
    language: 'en',
    encode: overlap,
    query: pairPhrase,
  },
];
