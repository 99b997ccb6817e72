import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Engine } from '../../site/lib/search/engine.ts';
import { GRADE } from '../../site/lib/search/format.ts';
import { readings } from '../../site/lib/search/pinyin.ts';
import { plainFold, seeded } from '../search/corpus.ts';
import { builtPages, elementsOf, findElement, textBlocks } from './builtSite.ts';

/**
 * The search of a built site against the pages themselves: a term finds exactly the pages whose
 * folded text holds it, and by sound those whose names are so read.
 */
export interface Truth {
  readonly url: string;
  readonly blocks: readonly string[];
  readonly folded: readonly string[];
  readonly readings: readonly string[];
}

/** What a site says and how its search answers. */
export interface SearchTruth {
  readonly engine: Engine;
  /** Every page there is, by address. */
  readonly pathnames: readonly string[];
  /** Those that the index should hold. */
  readonly truths: readonly Truth[];
  /** What is wrong with the answers, in words; empty when nothing is. */
  wrong(queries: Iterable<string>): Promise<string[]>;
}

export async function readTruth(dir: string): Promise<SearchTruth> {
  const engine = new Engine(
    async (path) => Uint8Array.from(await readFile(join(dir, 'search', path))).buffer,
  );
  const pages = await builtPages(dir);
  const truths = pages.flatMap(({ url, tree }): Truth[] => {
    const main = findElement(tree, ({ properties }) => 'dataPage' in properties);
    if (!main) return [];
    const blocks = textBlocks(
      main,
      ({ tagName, properties }) =>
        /^(button|input|select|svg|nav)$/.test(tagName) || 'dataNosearch' in properties,
    );
    const named = elementsOf(main).filter(
      ({ tagName, properties }) => tagName === 'h1' || 'dataName' in properties,
    );
    const given = main.properties['dataPinyin'];
    const spoken = named.flatMap((element) => readings(textBlocks(element).join('')));
    return [
      {
        url,
        blocks,
        folded: blocks.map(plainFold),
        readings: [...spoken, ...(typeof given === 'string' ? readings('', given) : [])],
      },
    ];
  });
  return {
    engine,
    pathnames: pages.map(({ url }) => url),
    truths,
    async wrong(queries) {
      const problems: string[] = [];
      for (const query of new Set(queries)) {
        problems.push(...(await wrongAnswer(engine, truths, query)));
      }
      return problems;
    },
  };
}

export const holding = (truths: readonly Truth[], term: string): Truth[] =>
  truths.filter(({ folded }) => folded.some((block) => block.includes(term)));

const sounding = (truths: readonly Truth[], term: string): Truth[] =>
  truths.filter((page) =>
    page.readings.some((reading) => {
      const syllables = reading.split(' ');
      return syllables.some((_, from) => syllables.slice(from).join('').startsWith(term));
    }),
  );

async function wrongAnswer(
  engine: Engine,
  truths: readonly Truth[],
  query: string,
): Promise<string[]> {
  const terms = query.split(/\s+/).map(plainFold).filter(Boolean);
  const texts = terms.map((term) => new Set(holding(truths, term)));
  const sounds = terms.map((term) => new Set(sounding(truths, term)));
  const held = truths.filter((page) => texts.every((set) => set.has(page)));
  const heard = truths.filter(
    (page) =>
      !held.includes(page) && terms.every((_, n) => texts[n]?.has(page) || sounds[n]?.has(page)),
  );
  const hits = await engine.find(query);
  const urlsOf = (sound: boolean) =>
    Promise.all(
      hits
        .filter(({ grade }) => (grade === GRADE.pinyin) === sound)
        .map(async ({ page }) => (await engine.card(page)).url),
    );
  return [
    ...compare(query, '文字', held, await urlsOf(false)),
    ...compare(query, '拼音', heard, await urlsOf(true)),
  ];
}

function compare(query: string, how: string, truth: readonly Truth[], found: string[]): string[] {
  const missing = truth.map(({ url }) => url).filter((url) => !found.includes(url));
  const invented = found.filter((url) => !truth.some((page) => page.url === url));
  const twice = found.filter((url, index) => found.indexOf(url) !== index);
  if (missing.length + invented.length + twice.length === 0) return [];
  const list = (all: string[]) => all.join(' ') || '无';
  return [
    `「${query}」（${how}）漏掉 ${list(missing)}；多出 ${list(invented)}；重复 ${list(twice)}`,
  ];
}

/** Pieces of 2 to 6 characters, drawn evenly over all text; `from` is where to draw. */
export function drawn(count: number, seed: number, from: readonly string[]): string[] {
  const random = seeded(seed);
  const points = [...from.join('\n')];
  const some = new Set<string>();
  while (some.size < count) {
    const start = Math.floor(random() * points.length);
    const piece = points.slice(start, start + 2 + Math.floor(random() * 5)).join('');
    if (piece.length > 1 && !piece.includes('\n')) some.add(piece);
  }
  return [...some];
}
