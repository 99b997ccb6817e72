import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { akin, closest, distance, suggest } from '../../site/islands/search/suggest.ts';
import type { Name } from '../../site/lib/search/format.ts';
import { readings } from '../../site/lib/search/pinyin.ts';
import { engineOf, page } from './corpus.ts';

const name = (text: string): Name => ({ text, url: `/${text}/`, pinyin: readings(text) });
const NAMES = [
  '微网实格',
  '微格治理',
  '“四化”联动',
  '接诉即办',
  '未诉先办',
  '小巷管家',
  '楼栋长',
].map(name);
const texts = (names: readonly Name[]) => names.map(({ text }) => text);

describe('distance', () => {
  it.each<[string, string, number]>([
    ['', '', 0],
    ['', '网格', 2],
    ['网格', '网格', 0],
    ['微网实格', '威网实格', 1],
    ['微网实格', '微网格', 1],
    ['微网实格', '微网实实格', 1],
    ['接诉即办', '未诉先办', 2],
    ['kitten', 'sitting', 3],
    ['𠮷祥', '吉祥', 1],
  ])('%s to %s is %d', (a, b, steps) => {
    expect(distance(a, b)).toBe(steps);
  });

  it('is a distance, and what one change costs is one', () => {
    const word = fc.array(fc.constantFrom('甲', '乙', '𠮷'), { maxLength: 6 });
    fc.assert(
      fc.property(word, word, word, fc.nat(), (a, b, c, at) => {
        const [x, y, z] = [a, b, c].map((all) => all.join('')) as [string, string, string];
        expect(distance(x, y) === 0).toBe(x === y);
        expect(distance(x, y)).toBe(distance(y, x));
        expect(distance(x, z)).toBeLessThanOrEqual(distance(x, y) + distance(y, z));
        expect(distance(x, y)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance(x, y)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        const place = at % (a.length + 1);
        expect(distance(x, [...a.slice(0, place), '丙', ...a.slice(place)].join(''))).toBe(1);
      }),
    );
  });
});

describe('closest', () => {
  it.each<[string, string[]]>([
    ['威网实格', ['微网实格']],
    ['微网格', ['微网实格']],
    ['四化联洞', ['“四化”联动']],
    ['楼东长', ['楼栋长']],
    ['wwsq', ['微网实格']],
    ['weiwanshige', ['微网实格']],
    ['xxgj', ['小巷管家']],
    ['完全不同', []],
    ['zzzz', []],
  ])('%s', (wanted, names) => {
    expect(texts(closest(NAMES, wanted))).toEqual(names);
  });

  it('two of six characters may be wrong, not three', () => {
    const names = [name('三级网格吹哨')];
    expect(texts(closest(names, '三几网格吹少'))).toEqual(['三级网格吹哨']);
    expect(texts(closest(names, '三几往格吹少'))).toEqual([]);
  });

  it('nearest first, at most five', () => {
    const names = [
      '甲乙丙',
      '甲乙丙丁',
      '甲乙丙丁戊',
      '乙乙丙丁',
      '甲甲丙丁',
      '甲乙乙丁',
      '甲乙丙丙',
    ].map(name);
    const found = closest(names, '甲乙丙丁');
    expect(found).toHaveLength(5);
    expect(found[0]?.text).toBe('甲乙丙丁');
  });
});

describe('suggest', () => {
  const pages = ['微网实格里有党员', '党员进总网格', '总网格或楼栋长', '楼栋长'].map((text) =>
    page({ text: [text] }),
  );
  const engine = engineOf(pages, NAMES);

  it('names that look alike, and the longest parts that do occur', async () => {
    const { names, parts } = await suggest(engine, '威网实格');
    expect(texts(names)).toEqual(['微网实格']);
    expect(parts).toEqual([{ text: '网实格', pages: 1 }]);
  });

  it('reads the query as the search does: “总网格 党委” is one wish', async () => {
    const { parts } = await suggest(engine, '“总网格” 党委');
    expect(parts).toEqual([{ text: '总网格', pages: 2 }]);
  });

  it('parts are at least two characters long and none lies in another', async () => {
    const { parts } = await suggest(engine, '党员或楼栋里');
    expect(parts).toEqual([
      { text: '或楼栋', pages: 1 },
      { text: '党员', pages: 2 },
    ]);
    expect((await suggest(engine, '员长')).parts).toEqual([]);
  });

  it('no part is a scrap of grammar', async () => {
    const talk = engineOf([page({ text: ['党员的家和楼栋长的楼栋'] })]);
    expect((await suggest(talk, '楼栋长的党员')).parts.map(({ text }) => text)).toEqual([
      '楼栋长',
      '党员',
    ]);
    expect((await suggest(talk, '家和他的甲')).parts).toEqual([]);
  });

  it('nothing for what is nothing like anything', async () => {
    expect(await suggest(engine, 'qqqqqq')).toEqual({ names: [], parts: [] });
  });

  it('every part offered is found on as many pages as it says', async () => {
    const wish = fc.array(fc.constantFrom(...'微网实格里有党员进总或楼栋长甲'), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(wish, async (all) => {
        const { parts } = await suggest(engine, all.join(''));
        expect(parts.length).toBeLessThanOrEqual(3);
        for (const { text, pages: count } of parts) {
          expect(pages.filter((one) => one.text[0]?.includes(text)).length).toBe(count);
          expect(count).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('akin', () => {
  const problem = (name: string, ask: string) => ({ name, ask, url: `/problems/${name}/` });
  const problems = [
    problem('没有物业', '老院子没有物业，漏水停电没人管'),
    problem('停车难', '车比车位多，天天为停车吵架'),
    problem('老人无人照看', '空巢、独居老人多，出了事没人知道'),
  ];
  const names = (query: string) => akin(problems, query).map(({ name }) => name);

  it.each<[string, string[]]>([
    ['院子里漏水没人管', ['没有物业']],
    ['停车', ['停车难']],
    ['独居老人没人知道', ['老人无人照看']],
    ['为停车 吵架', ['停车难']],
    ['完全不相干的话', []],
    ['', []],
  ])('%s', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('one pair of characters in a long sentence is not enough', () => {
    expect(names('小区门口老人下棋')).toEqual([]);
  });

  it('most in common first', () => {
    expect(names('独居老人没人知道，家里漏水')).toEqual(['老人无人照看', '没有物业']);
  });
});
