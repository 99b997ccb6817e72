import { fold, termsOf } from '../../../api/core/fold.ts';
import {
  CARDS,
  type Card,
  type Directory,
  type Facets,
  type Found,
  GRADE,
  type Grade,
  lookUp,
  type Name,
  type Page,
  type Pages,
  readPages,
  type Split,
} from './format.ts';

/** Reads a file of the index, e.g. `index.json` or `1a2b3c/t12.bin`. Rejects when it cannot. */
export type Fetch = (path: string) => Promise<ArrayBuffer>;

/** Finds pages by substring, exactly. No DOM: the browser and the tests bring their own `Fetch`. */
export class Engine {
  readonly #fetch: Fetch;
  readonly #files = new Map<string, Promise<ArrayBuffer>>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  directory(): Promise<Directory> {
    return this.#json<Directory>('index.json');
  }

  async facets(): Promise<Facets> {
    return this.#json<Facets>(`${(await this.directory()).version}/facets.json`);
  }

  async names(): Promise<Name[]> {
    return this.#json<Name[]>(`${(await this.directory()).version}/names.json`);
  }

  async card(number: number): Promise<Card> {
    const { version } = await this.directory();
    const cards = await this.#json<Card[]>(`${version}/c${Math.floor(number / CARDS)}.json`);
    const card = cards[number % CARDS];
    if (!card) throw new RangeError(`search index: no card ${number}`);
    return card;
  }

  async page(number: number): Promise<Page> {
    return this.#json<Page>(`${(await this.directory()).version}/d${number}.json`);
  }

  /** All pages that hold every term of `query`, graded by the weakest of its terms, best first. */
  async find(query: string): Promise<{ page: number; grade: Grade }[]> {
    const terms = termsOf(query);
    if (terms.length === 0) return [];
    const each = await Promise.all(terms.map((term) => this.#term(term)));
    const [first, ...others] = each;
    const all: { page: number; grade: Grade }[] = [];
    for (const [page, grade] of first ?? []) {
      const grades = [grade, ...others.map((pages) => pages.get(page))];
      if (grades.includes(undefined)) continue;
      const weakest = grades.reduce((a, b) => (RANK[b ?? 0] < RANK[a ?? 0] ? b : a));
      all.push({ page, grade: weakest ?? grade });
    }
    return all.sort((a, b) => RANK[b.grade] - RANK[a.grade] || a.page - b.page);
  }

  /** How many pages hold a term, as far as the index tells without a page being read. */
  async count(term: string): Promise<number | undefined> {
    const { pages, read } = await this.#candidates(fold(term));
    return read === 'none' ? pages.size : undefined;
  }

  async #term(term: string): Promise<Pages> {
    const { pages, read } = await this.#candidates(term);
    if (read === 'each') return this.#settle(term, pages);
    const [any] = pages.keys();
    if (read === 'none' || any === undefined) return pages;
    return gradeOf(term, await this.page(any)) === undefined ? new Map() : pages;
  }

  async #candidates(term: string): Promise<Found> {
    const { version, root } = await this.directory();
    let node: Split = root;
    let skipped = false;
    for (let depth = 0; ; ) {
      if (depth + node.skip >= term.length) {
        const pages = readPages(await this.#bytes(`${version}/p${node.list}.bin`));
        return { pages, read: skipped || depth < term.length ? 'one' : 'none' };
      }
      skipped ||= node.skip > 0;
      depth += node.skip;
      const character = term.charAt(depth);
      const next = node.next[character];
      if (!next) {
        const run = node.runs.findLastIndex((first) => first <= character);
        if (run < 0) return { pages: new Map(), read: 'none' };
        const bytes = await this.#bytes(`${version}/t${node.first + run}.bin`);
        const found = lookUp(bytes, term.slice(depth));
        return skipped && found.read === 'none' ? { ...found, read: 'one' } : found;
      }
      node = next;
      depth += 1;
    }
  }

  /** Reads the few candidates and keeps those that hold the whole term. */
  async #settle(term: string, candidates: Pages): Promise<Pages> {
    const settled: Pages = new Map();
    await Promise.all(
      [...candidates.keys()].map(async (number) => {
        const grade = gradeOf(term, await this.page(number));
        if (grade !== undefined) settled.set(number, grade);
      }),
    );
    return settled;
  }

  async #bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await this.#file(path));
  }

  async #json<T>(path: string): Promise<T> {
    const bytes = await this.#file(path);
    try {
      return JSON.parse(new TextDecoder().decode(bytes)) as T;
    } catch (error) {
      this.#forget(path);
      throw error;
    }
  }

  /** Each file once; a failure is forgotten so that the next search tries again. */
  #file(path: string): Promise<ArrayBuffer> {
    let file = this.#files.get(path);
    if (!file) {
      file = this.#fetch(path);
      this.#files.set(path, file);
      file.catch(() => this.#forget(path));
    }
    return file;
  }

  /** With the directory: a file may be gone because the site was built anew meanwhile. */
  #forget(path: string): void {
    this.#files.delete(path);
    this.#files.delete('index.json');
  }
}

const RANK: Record<Grade, number> = {
  [GRADE.head]: 3,
  [GRADE.often]: 2,
  [GRADE.once]: 1,
  [GRADE.pinyin]: 0,
};

/** The grade the trie would have given; undefined when the page does not hold the term. */
export function gradeOf(term: string, page: Page): Grade | undefined {
  const head = new Set([page.title, ...page.names, page.gist]);
  if ([...head].some((text) => fold(text).includes(term))) return GRADE.head;
  let times = 0;
  for (const text of page.text) {
    if (head.has(text)) continue;
    const folded = fold(text);
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) times += 1;
  }
  if (times > 0) return times > 1 ? GRADE.often : GRADE.once;
  return page.pinyin.some((reading) => readingHolds(reading, term)) ? GRADE.pinyin : undefined;
}

function readingHolds(reading: string, term: string): boolean {
  const syllables = reading.split(' ');
  return syllables.some((_, start) => syllables.slice(start).join('').startsWith(term));
}
