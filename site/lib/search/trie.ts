import { fold } from '../../../api/core/fold.ts';
import {
  GRADE,
  type Grade,
  INNER,
  LEAF,
  LEAF_OF_ONE,
  LEAF_OF_SEVERAL,
  mergeGrades,
  type Page,
  type Split,
  STRETCH,
  Writer,
  writeEntries,
  writeList,
} from './format.ts';

/** Builds the trie of format.ts. Pure: pages in, files as bytes out. */

/** A file holds about so many bytes before compression: one round trip on a phone. */
const FILE_BYTES = 24 * 1024;
const END = 0;

interface Corpus {
  /** All folded texts, each block ended by END. */
  text: Uint16Array;
  /** For each position page << 2 | grade, grade being once, head or pinyin. */
  owner: Int32Array;
  /** The positions at which a suffix starts. */
  starts: Int32Array;
}

export interface Trie {
  root: Split;
  /** t<n>.bin and p<n>.bin in order of n. */
  runs: Uint8Array[];
  lists: Uint8Array[];
}

/** A child or neighbouring small children: the suffixes [from, to), with characters from `code` on. */
interface Branch {
  code: number;
  from: number;
  to: number;
  kind: typeof INNER | typeof LEAF_OF_ONE | typeof LEAF_OF_SEVERAL;
}

/** Where the bytes of a branch's node stand in the output, or that it became files of its own. */
interface Written {
  code: number;
  at: number;
  end: number;
  split: Split | undefined;
}

/** `fileBytes` is about how large a file may grow before it is cut. */
export function buildTrie(pages: readonly Page[], fileBytes = FILE_BYTES): Trie {
  return new Builder(layOut(pages), pages.length, fileBytes).build();
}

interface Piece {
  text: string;
  grade: Grade;
  /** Offsets at which a suffix may start; every one when left out. */
  starts?: number[];
}

function piecesOf(page: Page): Piece[] {
  const head = new Set([page.title, ...page.names, page.gist]);
  return [
    ...[...head].map((text) => ({ text: fold(text), grade: GRADE.head })),
    ...page.text
      .filter((text) => !head.has(text))
      .map((text) => ({ text: fold(text), grade: GRADE.once })),
    ...page.pinyin.map(pinyinPiece),
  ].filter((piece) => piece.text.length > 0);
}

/** A reading is entered at its syllables only: `an` must not find 网格党员. */
function pinyinPiece(reading: string): Piece {
  const starts: number[] = [];
  let text = '';
  for (const syllable of reading.split(' ')) {
    starts.push(text.length);
    text += syllable;
  }
  return { text, grade: GRADE.pinyin, starts };
}

function layOut(pages: readonly Page[]): Corpus {
  const pieces = pages.map(piecesOf);
  let size = 0;
  let count = 0;
  for (const piece of pieces.flat()) {
    size += piece.text.length + 1;
    count += piece.starts?.length ?? piece.text.length;
  }
  const text = new Uint16Array(size);
  const owner = new Int32Array(size);
  const starts = new Int32Array(count);
  let at = 0;
  let next = 0;
  pieces.forEach((own, page) => {
    for (const piece of own) {
      for (let unit = 0; unit < piece.text.length; unit += 1) {
        text[at + unit] = piece.text.charCodeAt(unit);
        owner[at + unit] = (page << 2) | piece.grade;
        if (!piece.starts) starts[next++] = at + unit;
      }
      for (const start of piece.starts ?? []) starts[next++] = at + start;
      at += piece.text.length + 1;
    }
  });
  return { text, owner, starts };
}

class Builder {
  readonly #text: Uint16Array;
  readonly #owner: Int32Array;
  readonly #starts: Int32Array;
  readonly #scratch: Int32Array;
  readonly #counts = new Int32Array(1 << 16);
  readonly #seen: Int32Array;
  readonly #fileBytes: number;
  #round = 0;
  readonly #out = new Writer();
  readonly #runs: Uint8Array[] = [];
  readonly #lists: Uint8Array[] = [];

  constructor({ text, owner, starts }: Corpus, pages: number, fileBytes: number) {
    this.#text = text;
    this.#owner = owner;
    this.#starts = starts;
    this.#scratch = new Int32Array(starts.length);
    this.#seen = new Int32Array(pages);
    this.#fileBytes = fileBytes;
  }

  build(): Trie {
    const to = this.#starts.length;
    const { branches } = this.#branches(0, to, 0);
    const root = this.#split(0, to, 0, this.#children(branches, 0));
    return { root, runs: this.#runs, lists: this.#lists };
  }

  /** Writes the node of a branch at `depth`; returns a split instead if it is too large for a file. */
  #node({ from, to, kind }: Branch, depth: number): Split | undefined {
    const out = this.#out;
    if (kind !== INNER) {
      const pages = this.#graded(from, to);
      out.varint((pages.length << 2) | kind);
      writeEntries(out, pages);
      return undefined;
    }
    let skip = 0;
    let { ended, branches } = this.#branches(from, to, depth);
    while (branches.length === 1 && branches[0]?.kind === INNER && ended.length === 0) {
      skip += 1;
      ({ ended, branches } = this.#branches(from, to, depth + skip));
    }
    const begin = out.length;
    if (skip > 0) out.varint((skip << 2) | STRETCH);
    out.varint((branches.length << 2) | INNER);
    writeList(out, ended);
    const written = this.#children(branches, depth + skip);
    if (out.length - begin <= this.#fileBytes && !written.some((child) => child.split))
      return undefined;
    const split = this.#split(from, to, skip, written);
    out.length = begin;
    return split;
  }

  #children(branches: readonly Branch[], depth: number): Written[] {
    let last = 0;
    return branches.map((branch) => {
      this.#out.varint(branch.code - last);
      last = branch.code;
      const at = this.#out.length;
      const split = this.#node(branch, depth + 1);
      return { code: branch.code, at, end: this.#out.length, split };
    });
  }

  /** Moves a node's children from the output into files of their own. */
  #split(from: number, to: number, skip: number, children: readonly Written[]): Split {
    const pages = new Writer();
    writeList(pages, this.#graded(from, to));
    const list = this.#lists.push(pages.slice(0)) - 1;
    const split: Split = { skip, list, runs: [], first: this.#runs.length, next: {} };
    let run: Written[] = [];
    let size = 0;
    const close = () => {
      if (run[0]) split.runs.push(String.fromCharCode(run[0].code));
      if (run[0]) this.#runs.push(this.#run(run));
      run = [];
      size = 0;
    };
    for (const child of children) {
      if (child.split) {
        split.next[String.fromCharCode(child.code)] = child.split;
        continue;
      }
      size += child.end - child.at;
      if (size > this.#fileBytes) {
        close();
        size = child.end - child.at;
      }
      run.push(child);
    }
    close();
    return split;
  }

  #run(children: readonly Written[]): Uint8Array {
    const bytes: number[] = [];
    const codes = new Writer();
    let last = 0;
    for (const { code, at, end } of children) {
      codes.length = 0;
      codes.varint(code - last);
      last = code;
      bytes.push(...codes.slice(0), ...this.#out.slice(at, end));
    }
    return Uint8Array.from(bytes);
  }

  /** Sorts the suffixes of [from, to) by their character at `depth`; small neighbours are joined. */
  #branches(from: number, to: number, depth: number): { ended: number[]; branches: Branch[] } {
    const branches: Branch[] = [];
    let ended: number[] = [];
    for (const [code, start, end] of this.#partition(from, to, depth)) {
      const last = branches.at(-1);
      if (code === END) {
        ended = this.#graded(start, end);
      } else if (!this.#few(start, end)) {
        branches.push({ code, from: start, to: end, kind: INNER });
      } else if (last && last.kind !== INNER && this.#few(last.from, end)) {
        last.to = end;
        last.kind = LEAF_OF_SEVERAL;
      } else {
        branches.push({ code, from: start, to: end, kind: LEAF_OF_ONE });
      }
    }
    return { ended, branches };
  }

  #partition(from: number, to: number, depth: number): [code: number, from: number, to: number][] {
    const text = this.#text;
    const starts = this.#starts;
    const counts = this.#counts;
    const codes: number[] = [];
    for (let index = from; index < to; index += 1) {
      const code = text[(starts[index] as number) + depth] as number;
      if (counts[code] === 0) codes.push(code);
      counts[code] = (counts[code] as number) + 1;
    }
    codes.sort((a, b) => a - b);
    const bounds: [number, number, number][] = [];
    let at = from;
    for (const code of codes) {
      const end = at + (counts[code] as number);
      bounds.push([code, at, end]);
      counts[code] = at;
      at = end;
    }
    if (codes.length > 1) {
      for (let index = from; index < to; index += 1) {
        const start = starts[index] as number;
        const code = text[start + depth] as number;
        const place = counts[code] as number;
        this.#scratch[place] = start;
        counts[code] = place + 1;
      }
      starts.set(this.#scratch.subarray(from, to), from);
    }
    for (const code of codes) counts[code] = 0;
    return bounds;
  }

  /** Whether the suffixes [from, to) lie on at most LEAF pages. */
  #few(from: number, to: number): boolean {
    if (to - from <= LEAF) return true;
    this.#round += 1;
    let pages = 0;
    for (let index = from; index < to; index += 1) {
      const page = (this.#owner[this.#starts[index] as number] as number) >> 2;
      if (this.#seen[page] === this.#round) continue;
      this.#seen[page] = this.#round;
      pages += 1;
      if (pages > LEAF) return false;
    }
    return true;
  }

  /** The pages of [from, to) as page << 2 | grade, ascending. */
  #graded(from: number, to: number): number[] {
    const owners = this.#scratch.subarray(from, to);
    for (let index = from; index < to; index += 1) {
      owners[index - from] = this.#owner[this.#starts[index] as number] as number;
    }
    sortInPlace(owners);
    const graded: number[] = [];
    for (const owner of owners) {
      const last = graded.at(-1);
      if (last === undefined || last >> 2 !== owner >> 2) graded.push(owner);
      else
        graded[graded.length - 1] =
          (last & ~3) | mergeGrades((last & 3) as Grade, (owner & 3) as Grade);
    }
    return graded;
  }
}

/** Most ranges hold a handful of numbers, for which insertion beats the built-in sort many times. */
function sortInPlace(values: Int32Array): void {
  if (values.length > 24) {
    values.sort();
    return;
  }
  for (let index = 1; index < values.length; index += 1) {
    const value = values[index] as number;
    let at = index;
    for (; at > 0 && (values[at - 1] as number) > value; at -= 1) {
      values[at] = values[at - 1] as number;
    }
    values[at] = value;
  }
}
