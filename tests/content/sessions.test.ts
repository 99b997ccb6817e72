import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { buildSite } from '../support/buildSite.ts';
import { SAMPLE_ARCHIVE } from '../support/sampleArchive.ts';
import {
  BUILD_MS,
  type BuiltPage,
  builtPages,
  elementsOf,
  findElement,
  textBlocks,
} from './builtSite.ts';
import { drawn, readTruth, type SearchTruth } from './searchTruth.ts';

/** The library built with a sample of published sessions, as its readers find it. */

const work = inRoot('.cache', 'test-sessions');
const dir = join(work, 'site');

let pages: BuiltPage[] = [];
let truth: SearchTruth;

beforeAll(async () => {
  const archive = join(work, 'archive.json');
  mkdirSync(work, { recursive: true });
  writeFileSync(archive, JSON.stringify(SAMPLE_ARCHIVE));
  await buildSite({ out: dir, archive });
  pages = await builtPages(dir);
  truth = await readTruth(dir);
}, BUILD_MS);

const THIRD = '/sessions/fuping-demo/3/';

function treeOf(url: string) {
  const page = pages.find((one) => one.url === url);
  if (!page) throw new Error(`no page ${url}`);
  return page.tree;
}

const part = (url: string, id: string) => {
  const found = findElement(treeOf(url), ({ properties }) => properties['id'] === id);
  if (!found) throw new Error(`${url} has no ${id}`);
  return found;
};
const textOf = (url: string, id = 'main') => textBlocks(part(url, id));
const linksIn = (url: string, id = 'main') =>
  elementsOf(part(url, id)).flatMap(({ tagName, properties }) =>
    tagName === 'a' && typeof properties['href'] === 'string' ? [properties['href']] : [],
  );

describe('the list', () => {
  it('names every session, newest first, salon by salon', () => {
    const numbered = linksIn('/sessions/').filter((href) => /^\/sessions\/.+\/\d+\/$/.test(href));
    expect(numbered).toEqual(['/sessions/lixian/1/', THIRD, ...[2, 1].map(demo)]);
    const text = textOf('/sessions/');
    expect(text).toContain('如何破解社区万能章；证明材料怎样减下来');
    expect(text.join(' ')).toContain('应到 19，实到 17');
    expect(text.join(' ')).toContain('落实事项 3 项，已办结 1 项，逾期 1 项');
  });
});

const demo = (number: number) => `/sessions/fuping-demo/${number}/`;

describe('a session', () => {
  it('holds everything that was published of it', () => {
    const session = SAMPLE_ARCHIVE.sessions[2];
    const text = textOf(THIRD).join('\n');
    const said = [
      ...(session?.topics ?? []).flatMap((one) => [
        one.title,
        one.situation,
        one.tried,
        one.reason,
      ]),
      ...(session?.conclusions ?? []),
      ...(session?.summary.split('\n\n') ?? []),
      ...(session?.agenda ?? []).flatMap(({ title, minutes }) => [title, `${minutes} 分钟`]),
      ...(session?.actions ?? []).flatMap(({ what, unit, state, result }) => [
        what,
        unit,
        state,
        result,
      ]),
      ...(session?.attendance.present ?? []),
      ...(session?.attendance.guests ?? []),
      ...(session?.corrections ?? []).map((one) => one.text),
      '2023年7月28日（周五） 14:30',
      '演示日期，来源只写 7 月底',
      '富平县民政局三楼会议室（演示）',
      '16 票，第 1 名',
      '实到 17 个社区',
      '缺席 2 个社区',
      '2023年8月15日（周二）',
      '2023年8月9日（周三）',
      '近一年证明清单',
      'xlsx，48 KB',
      '演示：人和事为演示而设',
    ];
    expect(said.filter((one) => !text.includes(one))).toEqual([]);
  });

  it('says nothing of what it has not', () => {
    const titles = (url: string) =>
      elementsOf(treeOf(url))
        .filter(({ tagName }) => tagName === 'h2')
        .flatMap((heading) => textBlocks(heading));
    expect(titles(demo(1))).toEqual(['议题', '到会', '相关案例']);
    expect(titles('/sessions/lixian/1/')).toEqual(['会议结论', '议题', '到会']);
    expect(textOf('/sessions/lixian/1/').join(' ')).not.toContain('演示');
  });

  it('leads to the one before and the one after of its own salon', () => {
    const around = (url: string) =>
      elementsOf(treeOf(url)).flatMap(({ properties }) =>
        ['prev', 'next'].includes(String(properties['rel']))
          ? [`${properties['rel']} ${properties['href']}`]
          : [],
      );
    expect(around(demo(1))).toEqual([`next ${demo(2)}`]);
    expect(around(demo(2))).toEqual([`prev ${demo(1)}`, `next ${THIRD}`]);
    expect(around(THIRD)).toEqual([`prev ${demo(2)}`]);
    expect(around('/sessions/lixian/1/')).toEqual([]);
  });

  it('needs no script of its own', () => {
    expect(elementsOf(treeOf(THIRD)).filter(({ tagName }) => tagName === 'astro-island')).toEqual(
      [],
    );
  });
});

describe('both ways', () => {
  test.each([
    ['/cases/fuping-weixiao/', [`${THIRD}#topic-t3`, `${THIRD}#actions`, `${demo(1)}#topic-t1`]],
    ['/cases/weiwang-shige/', [`${THIRD}#topic-t4`, `${THIRD}#actions`]],
    ['/methods/loudongzhang/', [THIRD, `${THIRD}#actions`]],
  ])('%s leads to the topics, sessions and actions', (url, links) => {
    expect(linksIn(url).filter((href) => href.startsWith('/sessions/'))).toEqual(links);
  });

  it('a page that no session names has no such part', () => {
    expect(textOf('/cases/xingfu-jue/')).not.toContain('相关沙龙');
    expect(textOf('/cases/fuping-weixiao/')).toContain('相关沙龙');
  });

  it('a session leads to the cases and methods; one that is gone is left out', () => {
    expect(linksIn(THIRD, 'topic-t3')).toEqual(['/cases/fuping-weixiao/']);
    expect(linksIn(THIRD, 'materials')).toEqual([
      '/cases/fuping-weixiao/',
      '/methods/loudongzhang/',
    ]);
  });

  it('and the build says what is left out', async () => {
    const log = await readFile(join(work, '.site-build', 'logs', 'build.log'), 'utf8');
    expect(log).toContain('第 3 期提到的案例 bu-zai-le 已不在库里');
  });

  it('every link and anchor among them leads somewhere', () => {
    const ids = new Map(
      pages.map(({ url, tree }) => [
        url,
        new Set(elementsOf(tree).map(({ properties }) => String(properties['id'] ?? ''))),
      ]),
    );
    const dead = pages.flatMap(({ url }) =>
      linksIn(url).filter((href) => {
        const { pathname, hash } = new URL(href, `http://site${url}`);
        if (!pathname.startsWith('/sessions/') && !url.startsWith('/sessions/')) return false;
        const known = ids.get(pathname);
        return !known || (hash.length > 1 && !known.has(decodeURIComponent(hash.slice(1))));
      }),
    );
    expect(dead).toEqual([]);
  });
});

describe('in the lists for machines', () => {
  it('the site map and the feed name every session', async () => {
    const [map, feed] = await Promise.all(
      ['sitemap.xml', 'feed.atom'].map((name) => readFile(join(dir, name), 'utf8')),
    );
    for (const url of [THIRD, demo(2), demo(1), '/sessions/lixian/1/']) expect(map).toContain(url);
    // The day of the last correction, not of the first publication.
    expect(map).toContain(`${THIRD}</loc><lastmod>2023-08-09</lastmod>`);
    expect(map).toContain('/sessions/</loc>');
    expect(feed).toContain('沙龙｜礼县社区沙龙第 1 期：夜间停车，谁来管');
  });
});

describe('the search', () => {
  const found = async (query: string) => {
    const hits = await truth.engine.find(query);
    return Promise.all(hits.map(async ({ page }) => (await truth.engine.card(page)).url));
  };

  test.each([
    ['a topic’s title', '证明材料怎样减下来'],
    ['a situation', '社区没有看见，开也难'],
    ['a conclusion', '不再由社区开具，患者本人书面承诺即可'],
    ['an action', '承诺书样张贴进社区服务大厅'],
    ['a result', '书面承诺的样张一并附上'],
    ['a correction', '由16个更正为17个'],
    ['its number', '沙龙（演示）第3期'],
    ['the sound of its topic', 'ruhepojieshequwannengzhang'],
  ])('finds a session by %s', async (_, query) => {
    expect(await found(query)).toContain(THIRD);
  });

  it('numbers the sessions behind cases and methods', async () => {
    const { kinds } = await truth.engine.directory();
    const [from, to] = kinds.session;
    expect([from, to - from]).toEqual([kinds.method[1], SAMPLE_ARCHIVE.sessions.length]);
  });

  it('is exact over sessions, cases and methods together', async () => {
    const sessions = truth.truths.filter(({ url }) => url.startsWith('/sessions/'));
    expect(sessions).toHaveLength(SAMPLE_ARCHIVE.sessions.length);
    const blocks = sessions.flatMap(({ folded }) => folded);
    const queries = [
      ...drawn(150, 20261122, blocks),
      ...new Set(blocks.join('')),
      ...sessions.flatMap(({ readings }) => readings.map((one) => one.replaceAll(' ', ''))),
      ...drawn(40, 5, blocks).map((term) => `${term} 社区`),
    ];
    expect(await truth.wrong(queries)).toEqual([]);
  });
});
