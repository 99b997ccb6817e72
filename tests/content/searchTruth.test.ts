import { beforeAll, describe, expect, it } from 'vitest';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import type { Engine } from '../../site/lib/search/engine.ts';
import { BUILD_MS, builtSite } from './builtSite.ts';
import { drawn, holding, readTruth, type SearchTruth, type Truth } from './searchTruth.ts';

/** The search of the built site against its case, method and session pages. */

let truth: SearchTruth;
let truths: readonly Truth[] = [];
let engine: Engine;
let names: string[] = [];

beforeAll(async () => {
  truth = await readTruth(await builtSite());
  ({ truths, engine } = truth);
  const { library } = await loadLibrary('content');
  names = [
    ...library.cases.map(({ method }) => method),
    ...library.methods.flatMap(({ name, aliases }) => [name, ...aliases]),
  ];
}, BUILD_MS);

const expectExact = async (queries: Iterable<string>) =>
  expect(await truth.wrong(queries)).toEqual([]);

const allFolded = () => truths.flatMap(({ folded }) => folded);

describe('what is in the index', () => {
  it('every case, method and session page, and no other', async () => {
    const { kinds } = await engine.directory();
    expect(kinds.case[0]).toBe(0);
    expect(kinds.method[0]).toBe(kinds.case[1]);
    expect(kinds.session[0]).toBe(kinds.method[1]);
    const listed = async ([from, to]: [number, number]) =>
      Promise.all(
        Array.from({ length: to - from }, async (_, n) => (await engine.card(from + n)).url),
      );
    const below = (pattern: RegExp) => truth.pathnames.filter((url) => pattern.test(url));
    const cases = below(/^\/cases\/[^/]+\/$/);
    const methods = below(/^\/methods\/[^/]+\/$/);
    const sessions = below(/^\/sessions\/[^/]+\/[^/]+\/$/);
    expect((await listed(kinds.case)).toSorted()).toEqual(cases.toSorted());
    expect((await listed(kinds.method)).toSorted()).toEqual(methods.toSorted());
    expect((await listed(kinds.session)).toSorted()).toEqual(sessions.toSorted());
    expect(truths.map(({ url }) => url)).toEqual([...cases, ...methods, ...sessions]);
  });

  it('the names stand in it as they do in the library', async () => {
    const all = await engine.names();
    const listed = all.filter(({ url }) => !url.startsWith('/sessions/')).map(({ text }) => text);
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
    expect(terms.every((term) => holding(truths, term).length > 0)).toBe(true);
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
    await expectExact([query]);
  });

  it('finds every name by its initials', async () => {
    await expectExact(
      truths.flatMap((page) => page.readings.map((one) => one.replaceAll(' ', ''))),
    );
  });
});
