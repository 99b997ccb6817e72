import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import { Engine } from '../../site/lib/search/engine.ts';
import { GRADE } from '../../site/lib/search/format.ts';
import { readings } from '../../site/lib/search/pinyin.ts';
import { plainFold, seeded } from '../search/corpus.ts';
import {
  BUILD_MS,
  builtPages,
  builtSite,
  elementsOf,
  findElement,
  textBlocks,
} from './builtSite.ts';

/**
 * The search of the built site against the pages themselves: a term finds exactly the case and
 * method pages whose folded text holds it, and by sound those whose names are so read.
 */

interface Truth {
  url: string;
  blocks: string[];
  folded: string[];
  readings: string[];
}

let truths: Truth[] = [];
let engine: Engine;
let names: string[] = [];
let pathnames: string[] = [];

beforeAll(async () => {
  const dir = await builtSite();
  engine = new Engine(
    async (path) => Uint8Array.from(await readFile(join(dir, 'search', path))).buffer,
  );
  const pages = await builtPages(dir);
  pathnames = pages.map(({ url }) => url);
  truths = pages.flatMap(({ url, tree }) => {
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
    return {
      url,
      blocks,
      folded: blocks.map(plainFold),
      readings: [...spoken, ...(typeof given === 'string' ? readings('', given) : [])],
    };
  });
  const { library } = await loadLibrary('content');
  names = [
    ...library.cases.map(({ method }) => method),
    ...library.methods.flatMap(({ name, aliases }) => [name, ...aliases]),
  ];
}, BUILD_MS);

const byText = (term: string) =>
  truths.filter(({ folded }) => folded.some((block) => block.includes(term)));

const bySound = (term: string) =>
  truths.filter((page) =>
    page.readings.some((reading) => {
      const syllables = reading.split(' ');
      return syllables.some((_, from) => syllables.slice(from).join('').startsWith(term));
    }),
  );

/** What is wrong with the answer to a query, in words; empty when nothing is. */
async function wrong(query: string): Promise<string[]> {
  const terms = query.split(/\s+/).map(plainFold).filter(Boolean);
  const texts = terms.map((term) => new Set(byText(term)));
  const sounds = terms.map((term) => new Set(bySound(term)));
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

async function expectExact(queries: Iterable<string>) {
  const problems: string[] = [];
  for (const query of new Set(queries)) problems.push(...(await wrong(query)));
  expect(problems).toEqual([]);
}

/** Pieces of 2 to 6 characters, drawn evenly over all text; `from` is where to draw. */
function drawn(count: number, seed: number, from: readonly string[]): string[] {
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

const allFolded = () => truths.flatMap(({ folded }) => folded);

describe('what is in the index', () => {
  it('every case and method page, and no other', async () => {
    const { kinds } = await engine.directory();
    expect(kinds.case[0]).toBe(0);
    expect(kinds.method[0]).toBe(kinds.case[1]);
    const listed = async ([from, to]: [number, number]) =>
      Promise.all(
        Array.from({ length: to - from }, async (_, n) => (await engine.card(from + n)).url),
      );
    const below = (folder: string) =>
      pathnames.filter((url) => new RegExp(`^/${folder}/[^/]+/$`).test(url));
    expect((await listed(kinds.case)).toSorted()).toEqual(below('cases').toSorted());
    expect((await listed(kinds.method)).toSorted()).toEqual(below('methods').toSorted());
    expect(truths.map(({ url }) => url)).toEqual([...below('cases'), ...below('methods')]);
  });

  it('the names stand in it as they do in the library', async () => {
    const listed = (await engine.names()).map(({ text }) => text);
    expect(listed.toSorted()).toEqual(names.toSorted());
  });
});

describe('recall and precision are whole', () => {
  it('for every name of a method or 工作法', async () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
    await expectExact(names);
    for (const name of names)
      expect([name, (await engine.find(name)).length]).not.toEqual([name, 0]);
  });

  it('for 200 pieces of the text of 2 to 6 characters, words cut or not', async () => {
    const terms = drawn(200, 20261122, allFolded());
    expect(terms.every((term) => byText(term).length > 0)).toBe(true);
    await expectExact(terms);
  });

  it('for 80 pieces with digits or Latin letters, and those people type', async () => {
    const mixed = drawn(
      80,
      7,
      allFolded().filter((text) => /[0-9a-z]/.test(text)),
    );
    const typed = [
      '1+5+N',
      '1+2+n',
      '3+1',
      '1+3+X',
      '1+4+18+X',
      '12+1',
      'App',
      'E修就好',
      '2126.8',
    ];
    const spaced = ['3小时', '15分钟', '30—100户', '２００ 余万', '16.0%', '2023 年', 'xx'];
    await expectExact([...mixed, ...typed, ...spaced, '0', '1', 'n', 'x', '+', '%', '—']);
  });

  it('for 80 pieces as they are printed, with their quotes and spaces', async () => {
    const printed = truths.flatMap(({ blocks }) => blocks).filter((text) => /[“”《》 ]/.test(text));
    await expectExact(drawn(80, 11, printed));
  });

  it('for every single character there is, and some there are not', async () => {
    await expectExact([...new Set(allFolded().join('')), '龘', '@', '𠮷', '\uffff']);
  });

  it('for pieces that run from one block into the next, which no page holds so', async () => {
    const joined = truths.flatMap(({ folded }) =>
      folded.slice(1).map((block, n) => (folded[n] ?? '').slice(-2) + block.slice(0, 2)),
    );
    await expectExact(drawn(150, 3, joined).filter((term) => term.length > 2));
  });

  it('for pieces of which the last character is another', async () => {
    const others = drawn(100, 5, allFolded());
    await expectExact(
      others.map((term, n) => term.slice(0, -1) + (others[n + 1] ?? '的').charAt(0)),
    );
  });

  it('for several terms at once', async () => {
    const [one, two] = [drawn(80, 13, allFolded()), drawn(80, 17, allFolded())];
    await expectExact(one.map((term, n) => `${term} ${(two[n] ?? '').slice(0, 2)}`));
  });
});

describe('by sound', () => {
  it.each(['wwsg', 'weiwang', 'WeiWangShiGe', 'wangshige'])('%s finds 微网实格', async (query) => {
    const hits = await engine.find(query);
    const urls = await Promise.all(hits.map(async ({ page }) => (await engine.card(page)).url));
    expect(urls).toContain('/cases/weiwang-shige/');
    expect(await wrong(query)).toEqual([]);
  });

  it('finds every name by its initials', async () => {
    await expectExact(
      truths.flatMap((page) => page.readings.map((one) => one.replaceAll(' ', ''))),
    );
  });
});
