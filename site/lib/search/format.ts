/**
 * The index on disk: a truncated suffix trie, cut into small files.
 *
 * Every position of every page's folded text starts a suffix. Suffixes are sorted into a trie by
 * their characters, but branching ends where at most LEAF pages remain: neighbouring small branches
 * share one leaf. So
 * - a query that ends at an inner node has exactly the pages below that node;
 * - where all suffixes go on alike for a while, only the length of that stretch is written, and
 *   one page of those found, read, settles for all whether the query goes the same way;
 * - any other query has at most LEAF candidates, whose texts are fetched to be shown anyway.
 * No hit is missed, none is false, whatever the length.
 *
 * Files below search/<version>/ (all immutable):
 *   d<page>.json    one page: title, address, text (Page)
 *   c<n>.json       CARDS pages as lists show them (Card[])
 *   t<n>.bin        a run of sibling subtrees (see lookUp)
 *   p<n>.bin        the page list of a node that is itself cut into several files
 *   facets.json     facet → value → pages
 *   names.json      method names and themes, for suggestions
 * search/index.json (Directory) alone is checked for freshness.
 */

/** At most so many candidates are read to settle a query that runs past the trie. */
export const LEAF = 8;

/** Where a page holds the text, best last but one: written as two bits beside the page number. */
export const GRADE = { once: 0, often: 1, head: 2, pinyin: 3 } as const;
export type Grade = (typeof GRADE)[keyof typeof GRADE];

/** Page number → grade. */
export type Pages = Map<number, Grade>;

/** What a list shows of a page. */
export interface Card {
  url: string;
  kind: PageKind;
  title: string;
  /** Names under which it is known (工作法, 方法, aliases), searched as the title is. */
  names: string[];
  gist: string;
  /** e.g. 四川省成都市（推断） · 市 */
  meta: string;
  /** State of the source. */
  flags: string[];
}

export interface Page extends Card {
  /** One string for each block of the page's text, title and gist included. */
  text: string[];
  /** Readings of title and names: full and initials, syllables parted by spaces. */
  pinyin: string[];
}

/** So many cards share a file c<n>.json. */
export const CARDS = 24;

/** In the order in which pages are numbered. */
export const KINDS = ['case', 'method', 'session'] as const;
export type PageKind = (typeof KINDS)[number];

/** A node cut into several files. `next` holds the children that are cut in turn. */
export interface Split {
  /** Characters that all suffixes share before the children part. */
  skip: number;
  /** p<list>.bin: the pages below this node. */
  list: number;
  /** First character of each file's run, in code order, and the number of the first file t<n>. */
  runs: string[];
  first: number;
  next: Record<string, Split>;
}

export interface Directory {
  version: string;
  /** Pages are numbered by kind, so a kind is a range [from, to). */
  kinds: Record<PageKind, [from: number, to: number]>;
  root: Split;
}

/** Facet → value → page numbers, ascending. */
export type Facets = Record<string, Record<string, number[]>>;

export interface Name {
  text: string;
  url: string;
  pinyin: string[];
}

/** A growing buffer that can also be cut back. */
export class Writer {
  #bytes = new Uint8Array(1 << 16);
  length = 0;

  varint(value: number): void {
    if (this.length + 5 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  /** A copy of [from, to). */
  slice(from: number, to = this.length): Uint8Array {
    return this.#bytes.slice(from, to);
  }
}

export class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('search index: file ends too early');
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}

/** Writes page << 2 | grade, ascending by page. */
export function writeEntries(writer: Writer, graded: readonly number[]): void {
  let last = 0;
  for (const value of graded) {
    writer.varint((((value >> 2) - last) << 2) | (value & 3));
    last = value >> 2;
  }
}

export function writeList(writer: Writer, graded: readonly number[]): void {
  writer.varint(graded.length);
  writeEntries(writer, graded);
}

function readList(reader: Reader, into: Pages): void {
  readEntries(reader, reader.varint(), into);
}

function readEntries(reader: Reader, count: number, into: Pages): void {
  let page = 0;
  for (let rest = count; rest > 0; rest -= 1) {
    const value = reader.varint();
    page += value >> 2;
    const grade = (value & 3) as Grade;
    const before = into.get(page);
    into.set(page, before === undefined ? grade : mergeGrades(before, grade));
  }
}

/** Two hits in the text make `often`; one in the head outweighs them, pinyin only fills a gap. */
export function mergeGrades(a: Grade, b: Grade): Grade {
  if (a === GRADE.pinyin) return b;
  if (b === GRADE.pinyin) return a;
  return a === GRADE.head || b === GRADE.head ? GRADE.head : GRADE.often;
}

/** What must be read before `pages` is the answer: nothing, any one of them, or each of them. */
export interface Found {
  pages: Pages;
  read: 'none' | 'one' | 'each';
}

/** Reads p<n>.bin. */
export function readPages(bytes: Uint8Array): Pages {
  const pages: Pages = new Map();
  readList(new Reader(bytes), pages);
  return pages;
}

/** A node's header: its kind in the lowest bits, a number above them. */
export const INNER = 0; // children; then the pages on which the text ends here, and the children
export const LEAF_OF_ONE = 1; // pages; then they, all suffixes having one character
export const LEAF_OF_SEVERAL = 2; // pages; the suffixes differ in their character
export const STRETCH = 3; // characters that all suffixes share; then the node behind them

/**
 * Looks `rest` up in t<n>.bin, a run of siblings: (code delta, node)*, where a leaf of several
 * reaches from its code to the next sibling's.
 */
export function lookUp(bytes: Uint8Array, rest: string): Found {
  const reader = new Reader(bytes);
  return findAmong(reader, () => !reader.done, rest, 0);
}

function findAmong(reader: Reader, more: () => boolean, rest: string, depth: number): Found {
  const wanted = rest.charCodeAt(depth);
  let code = 0;
  let shared: Pages = new Map();
  while (more()) {
    code += reader.varint();
    if (code > wanted) break;
    if (code === wanted) return enter(reader, rest, depth + 1);
    const header = reader.varint();
    shared = new Map();
    collect(reader, header, shared);
    if ((header & 3) !== LEAF_OF_SEVERAL) shared = new Map();
  }
  return { pages: shared, read: shared.size > 0 ? 'each' : 'none' };
}

/** Reads the node that the first `depth` characters of `rest` lead to. */
function enter(reader: Reader, rest: string, depth: number): Found {
  const header = reader.varint();
  const kind = header & 3;
  if (kind === STRETCH) {
    if (depth === rest.length) return whole(reader);
    const beyond = depth + (header >> 2);
    const found = beyond >= rest.length ? whole(reader) : enter(reader, rest, beyond);
    return found.read === 'none' && found.pages.size > 0 ? { ...found, read: 'one' } : found;
  }
  const pages: Pages = new Map();
  if (kind !== INNER || depth === rest.length) {
    collect(reader, header, pages);
    const exact = kind === INNER || (kind === LEAF_OF_ONE && depth === rest.length);
    return { pages, read: exact ? 'none' : 'each' };
  }
  readList(reader, new Map());
  let left = header >> 2;
  return findAmong(reader, () => left-- > 0, rest, depth);
}

function whole(reader: Reader): Found {
  const pages: Pages = new Map();
  collect(reader, reader.varint(), pages);
  return { pages, read: 'none' };
}

/** Adds all pages below the node with `header` and leaves the reader behind it. */
function collect(reader: Reader, header: number, into: Pages): void {
  const kind = header & 3;
  if (kind === STRETCH) {
    collect(reader, reader.varint(), into);
  } else if (kind === INNER) {
    readList(reader, into);
    for (let child = header >> 2; child > 0; child -= 1) {
      reader.varint();
      collect(reader, reader.varint(), into);
    }
  } else {
    readEntries(reader, header >> 2, into);
  }
}
