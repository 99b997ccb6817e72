import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Extract } from './extract.ts';
import {
  CARDS,
  type Card,
  type Directory,
  type Facets,
  KINDS,
  type Name,
  type Page,
  type PageKind,
} from './format.ts';
import { readings } from './pinyin.ts';
import { buildTrie } from './trie.ts';

/** A page of the site as the index sees it. */
export interface Source extends Extract {
  url: string;
}

/**
 * Writes search/ below `siteDir`: index.json and search/<version>/* (see format.ts). Sources come in
 * the order in which equal hits are listed. Returns how much was written.
 */
export function writeIndex(
  siteDir: string,
  sources: readonly Source[],
): { pages: number; files: number; bytes: number } {
  const ordered = KINDS.flatMap((kind) => sources.filter((source) => source.kind === kind));
  const pages = ordered.map(toPage);
  const trie = buildTrie(pages);
  const files = new Map<string, string | Uint8Array>([
    ...trie.runs.map((bytes, n): [string, Uint8Array] => [`t${n}.bin`, bytes]),
    ...trie.lists.map((bytes, n): [string, Uint8Array] => [`p${n}.bin`, bytes]),
    ...pages.map((page, n): [string, string] => [`d${n}.json`, JSON.stringify(page)]),
    ...blocks(ordered.map(toCard)).map((cards, n): [string, string] => [
      `c${n}.json`,
      JSON.stringify(cards),
    ]),
    ['facets.json', JSON.stringify(facetsOf(ordered))],
    ['names.json', JSON.stringify(namesOf(ordered))],
  ]);
  const hash = createHash('sha256').update(JSON.stringify(trie.root));
  for (const content of files.values()) hash.update(content);
  const version = hash.digest('hex').slice(0, 12);
  const directory: Directory = { version, kinds: kindRanges(ordered), root: trie.root };
  const dir = join(siteDir, 'search');
  mkdirSync(join(dir, version), { recursive: true });
  let bytes = 0;
  for (const [name, content] of files) {
    writeFileSync(join(dir, version, name), content);
    bytes += content.length;
  }
  writeFileSync(join(dir, 'index.json'), JSON.stringify(directory));
  return { pages: pages.length, files: files.size + 1, bytes };
}

function toCard({ url, kind, title, names, gist, meta, facets }: Source): Card {
  return { url, kind, title, names, gist, meta, flags: facets['completeness'] ?? [] };
}

function toPage(source: Source): Page {
  const { title, names, text, pinyin } = source;
  const read = [
    ...new Set([
      ...readings(names[0] ?? title, pinyin),
      ...[title, ...names.slice(1)].flatMap((name) => readings(name)),
    ]),
  ];
  return { ...toCard(source), text, pinyin: read };
}

const blocks = (cards: readonly Card[]): Card[][] =>
  Array.from({ length: Math.ceil(cards.length / CARDS) }, (_, n) =>
    cards.slice(n * CARDS, (n + 1) * CARDS),
  );

function facetsOf(sources: readonly Source[]): Facets {
  const facets: Facets = {};
  sources.forEach((source, page) => {
    for (const [facet, values] of Object.entries(source.facets)) {
      facets[facet] ??= {};
      for (const value of values) {
        facets[facet][value] ??= [];
        facets[facet][value].push(page);
      }
    }
  });
  return facets;
}

/** Names that stand for something to be found; titles of cases are sentences and no use as a hint. */
function namesOf(sources: readonly Source[]): Name[] {
  return sources.flatMap(({ url, names, pinyin }) =>
    names.map((text, n) => ({ text, url, pinyin: readings(text, n === 0 ? pinyin : undefined) })),
  );
}

function kindRanges(sources: readonly Source[]): Record<PageKind, [number, number]> {
  let at = 0;
  const ranges = KINDS.map((kind): [PageKind, [number, number]] => {
    const from = at;
    at += sources.filter((source) => source.kind === kind).length;
    return [kind, [from, at]];
  });
  return Object.fromEntries(ranges) as Record<PageKind, [number, number]>;
}
