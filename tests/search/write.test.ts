import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../site/lib/search/engine.ts';
import { CARDS } from '../../site/lib/search/format.ts';
import { type Source, writeIndex } from '../../site/lib/search/write.ts';

const source = (part: Partial<Source>): Source => ({
  url: '/methods/x/',
  kind: 'method',
  title: '题',
  names: [],
  gist: '',
  meta: '',
  text: [],
  facets: {},
  pinyin: undefined,
  ...part,
});

/** Methods and cases mixed, more than one file of cards. */
const sources: Source[] = [
  source({
    url: '/methods/jiexiangzhang-zhi/',
    title: '街巷长制',
    names: ['街巷长制', '小巷长'],
    pinyin: 'jie xiang zhang zhi',
    text: ['街巷长制', '每条街巷一名街巷长'],
    facets: { theme: ['网格'] },
  }),
  source({
    url: '/cases/weiwang-shige/',
    kind: 'case',
    title: '把城市织成微网格',
    names: ['微网实格'],
    gist: '再分一层',
    meta: '四川省成都市（推断） · 市',
    text: ['微网实格', '把城市织成微网格', '再分一层'],
    facets: { theme: ['网格', '党建'], completeness: ['完整', '地名推断'] },
  }),
  ...Array.from({ length: CARDS + 3 }, (_, n) =>
    source({ url: `/methods/m${n}/`, title: `方法${n}`, names: [`方法${n}`], text: [`第${n}段`] }),
  ),
];

let dir = '';
let engine: Engine;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'index-'));
  writeIndex(dir, sources);
  engine = new Engine(
    async (path) => Uint8Array.from(await readFile(join(dir, 'search', path))).buffer,
  );
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const urls = async (query: string) =>
  Promise.all((await engine.find(query)).map(async ({ page }) => (await engine.card(page)).url));

describe('the index on disk', () => {
  it('numbers cases first, each kind in its order', async () => {
    const { kinds } = await engine.directory();
    expect(kinds).toEqual({
      case: [0, 1],
      method: [1, sources.length],
      session: [sources.length, sources.length],
    });
    expect((await engine.card(0)).url).toBe('/cases/weiwang-shige/');
    expect((await engine.card(1)).url).toBe('/methods/jiexiangzhang-zhi/');
    expect((await engine.card(CARDS)).url).toBe(`/methods/m${CARDS - 2}/`);
    expect((await engine.card(sources.length - 1)).url).toBe(`/methods/m${CARDS + 2}/`);
    await expect(engine.card(sources.length)).rejects.toThrow(RangeError);
  });

  it('keeps of each page what a list shows, and its text', async () => {
    const card = {
      url: '/cases/weiwang-shige/',
      kind: 'case',
      title: '把城市织成微网格',
      names: ['微网实格'],
      gist: '再分一层',
      meta: '四川省成都市（推断） · 市',
      flags: ['完整', '地名推断'],
    };
    expect(await engine.card(0)).toEqual(card);
    expect(await engine.page(0)).toEqual({
      ...card,
      text: ['微网实格', '把城市织成微网格', '再分一层'],
      pinyin: [
        'wei wang shi ge',
        'w w s g',
        'ba cheng shi zhi cheng wei wang ge',
        'b c s z c w w g',
      ],
    });
  });

  it('finds names, titles and text, by characters and by sound', async () => {
    for (const query of ['微网实格', 'wwsg', 'weiwang', 'WeiWangShiGe', '织成', 'bcszc']) {
      expect([query, await urls(query)]).toEqual([query, ['/cases/weiwang-shige/']]);
    }
    for (const query of ['街巷长', 'jxzz', 'jiexiangzhang', 'xzz', 'xxc']) {
      expect([query, await urls(query)]).toEqual([query, ['/methods/jiexiangzhang-zhi/']]);
    }
    expect(await urls('第7段')).toEqual(['/methods/m7/']);
    expect(await urls('没有')).toEqual([]);
  });

  it('lists names with the reading that is right for them', async () => {
    expect((await engine.names()).slice(0, 3)).toEqual([
      { text: '微网实格', url: '/cases/weiwang-shige/', pinyin: ['wei wang shi ge', 'w w s g'] },
      {
        text: '街巷长制',
        url: '/methods/jiexiangzhang-zhi/',
        pinyin: ['jie xiang zhang zhi', 'j x z z'],
      },
      { text: '小巷长', url: '/methods/jiexiangzhang-zhi/', pinyin: ['xiao xiang chang', 'x x c'] },
    ]);
  });

  it('lists the pages of each facet', async () => {
    expect(await engine.facets()).toEqual({
      theme: { 网格: [0, 1], 党建: [0] },
      completeness: { 完整: [0], 地名推断: [0] },
    });
  });
});

describe('its version', () => {
  it('is the same for the same pages, another for others, and names the folder', async () => {
    const version = async (some: readonly Source[]) => {
      const out = await mkdtemp(join(tmpdir(), 'index-'));
      const { files, pages } = writeIndex(out, some);
      const { version: name } = JSON.parse(await readFile(join(out, 'search/index.json'), 'utf8'));
      expect(pages).toBe(some.length);
      expect((await readdir(join(out, 'search', name))).length).toBe(files - 1);
      await rm(out, { recursive: true });
      return name;
    };
    const changed = sources.map((one, n) => (n === 5 ? { ...one, meta: '改了' } : one));
    expect(await version(sources)).toBe(await version(sources));
    expect(await version(sources)).not.toBe(await version(changed));
    expect(await version([])).toMatch(/^[0-9a-f]{12}$/);
  });
});
