import { Engine, type Fetch } from '../../site/lib/search/engine.ts';
import {
  type Directory,
  GRADE,
  type Grade,
  type Name,
  type Page,
} from '../../site/lib/search/format.ts';
import { buildTrie, type Trie } from '../../site/lib/search/trie.ts';

/** Small libraries held in memory, and what a search of them should find, found the slow way. */

export const page = (part: Partial<Page> = {}): Page => ({
  url: '/methods/x/',
  kind: 'method',
  title: '',
  names: [],
  gist: '',
  meta: '',
  flags: [],
  text: [],
  pinyin: [],
  ...part,
});

/** As site/lib/search/write.ts lays the files out. */
export function filesOf(pages: readonly Page[], trie: Trie, names: readonly Name[] = []) {
  const directory: Directory = {
    version: 'v',
    kinds: { case: [0, 0], method: [0, pages.length], session: [pages.length, pages.length] },
    root: trie.root,
  };
  return new Map<string, Uint8Array>([
    ['index.json', json(directory)],
    ['v/names.json', json(names)],
    ...trie.runs.map((bytes, n): [string, Uint8Array] => [`v/t${n}.bin`, bytes]),
    ...trie.lists.map((bytes, n): [string, Uint8Array] => [`v/p${n}.bin`, bytes]),
    ...pages.map((one, n): [string, Uint8Array] => [`v/d${n}.json`, json(one)]),
  ]);
}

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export function fetchFrom(files: ReadonlyMap<string, Uint8Array>): Fetch {
  return async (path) => {
    const bytes = files.get(path);
    if (!bytes) throw new Error(`no file ${path}`);
    return Uint8Array.from(bytes).buffer;
  };
}

export function engineOf(pages: readonly Page[], names: readonly Name[] = []): Engine {
  return new Engine(fetchFrom(filesOf(pages, buildTrie(pages), names)));
}

/** Cut into files of about so many bytes. */
export function engineInPieces(pages: readonly Page[], fileBytes: number): Engine {
  return new Engine(fetchFrom(filesOf(pages, buildTrie(pages, fileBytes))));
}

const folded = new Map<string, string>();

/** Folding said another way: marks around words and white space are no text, nor is width or case. */
export function plainFold(text: string): string {
  let plain = folded.get(text);
  if (plain === undefined) {
    plain = text
      .replace(/./gsu, (point) => point.normalize('NFKC').toLowerCase())
      .replace(/[\s\u200b\ufeff“”"‘’'「」『』《》〈〉]/gu, '');
    folded.set(text, plain);
  }
  return plain;
}

/** Page number → grade, by looking through every page. */
export function bruteForce(pages: readonly Page[], term: string): Map<number, Grade> {
  const found = new Map<number, Grade>();
  pages.forEach((one, number) => {
    const grade = gradeBySight(one, term);
    if (grade !== undefined) found.set(number, grade);
  });
  return found;
}

function gradeBySight(one: Page, term: string): Grade | undefined {
  const head = [one.title, ...one.names, one.gist];
  if (head.some((text) => plainFold(text).includes(term))) return GRADE.head;
  const times = one.text
    .filter((text) => !head.includes(text))
    .map((text) => occurrences(plainFold(text), term))
    .reduce((sum, count) => sum + count, 0);
  if (times > 0) return times > 1 ? GRADE.often : GRADE.once;
  const sounds = one.pinyin.some((reading) => {
    const syllables = reading.split(' ');
    return syllables.some((_, from) => syllables.slice(from).join('').startsWith(term));
  });
  return sounds ? GRADE.pinyin : undefined;
}

function occurrences(text: string, term: string): number {
  let count = 0;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) count += 1;
  return count;
}

/** All substrings of a text up to `longest` units long. */
export function substrings(text: string, longest: number): string[] {
  const all: string[] = [];
  for (let from = 0; from < text.length; from += 1) {
    for (let to = from + 1; to <= Math.min(text.length, from + longest); to += 1) {
      all.push(text.slice(from, to));
    }
  }
  return all;
}

/** A generator of numbers in [0, 1) that gives the same row for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
