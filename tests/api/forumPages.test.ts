import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Parser } from 'htmlparser2';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { moderation } from '../../db/schema/index.ts';
import { seedPosts, seedThread } from '../support/forum.ts';
import { createTestApp, DEMO, ORIGIN, type TestApp } from '../support/testApp.ts';

const SHELL = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>讨论 · 圆桌</title>
<meta name="description" content="一个讨论。"><meta name="robots" content="noindex">
<meta property="og:title" content="讨论"><meta property="og:description" content="一个讨论。"></head>
<body><main id="main"><!--thread--></main></body></html>`;

let t: TestApp;
const putShell = (html: string) => {
  const dir = join(t.dir, 'forum', 'threads', 'one');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'index.html'), html);
};
beforeAll(async () => {
  t = await createTestApp();
  putShell(SHELL);
});
afterAll(() => t.close());

const address = (id: string, query = '') => `/forum/threads/${id}/${query}`;
const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await t.visitor.get(path, headers);
  expect(response.status).toBe(200);
  return response.text();
};

/** Tags and texts, as a browser would read them. */
function outline(html: string) {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const words: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => tags.push({ name, attributes }),
    ontext: (text) => words.push(text),
  });
  parser.end(html);
  return {
    tags,
    text: words.join(''),
    all: (name: string) => tags.filter((tag) => tag.name === name),
  };
}

describe('the page of a public thread, without script', () => {
  it('holds its posts as plain HTML, and a head for those who pass it on', async () => {
    const at = Date.parse('2026-11-20T08:05:00Z');
    const id = seedThread(t, {
      title: '怎么<b>补贴</b>“网格长”',
      at,
      accepted: 2,
      posts: [
        { text: '钱从哪里来 & 谁来发 "先说"', marks: 3 },
        { by: 'jingyi', unit: '景翼社区', text: '用积分', editedAt: at, marks: 1 },
        { state: 'hidden', text: '骂人' },
        { state: 'deleted' },
      ],
    });
    const [third] = t.services.db.sqlite
      .prepare<[string], { seq: number }>('SELECT seq FROM post WHERE thread_id = ? AND n = 3')
      .all(id);
    t.services.db.orm
      .insert(moderation)
      .values({
        threadId: id,
        postSeq: third?.seq ?? 0,
        action: 'hide',
        reason: '伤<人>',
        personId: t.personId('minzheng'),
        at,
      })
      .run();
    t.services.changes.count += 1;
    const html = await read(address(id));
    const { all, text, tags } = outline(html);
    expect(text).toContain('怎么<b>补贴</b>“网格长” · 圆桌');
    expect(all('h1')).toHaveLength(1);
    expect(all('article').map(({ attributes }) => attributes['id'])).toEqual(['1', '2', '3', '4']);
    expect(all('time')[0]?.attributes['datetime']).toBe('2026-11-20T08:05:00.000Z');
    for (const words of [
      ...[
        '2026年11月20日 16:05',
        '渭运社区',
        '景翼社区',
        '用积分',
        '已采纳',
        '3 人同问',
        '1 人觉得有用',
      ],
      ...[
        '修改于',
        '隐去了这条，理由：伤<人>',
        '作者删除了这条。',
        '微网实格',
        '求助',
        '2 楼',
      ],
    ]) {
      expect(text).toContain(words);
    }
    expect(html).not.toMatch(/骂人|演示·景翼|演示·渭运|noindex/);
    const meta = Object.fromEntries(
      all('meta').map(({ attributes: { name, property, content } }) => [name ?? property, content]),
    );
    expect(meta).toMatchObject({
      description: '钱从哪里来 & 谁来发 "先说"',
      'og:title': '怎么<b>补贴</b>“网格长”',
      'og:description': '钱从哪里来 & 谁来发 "先说"',
    });
    const canonical = all('link').filter(({ attributes }) => attributes['rel'] === 'canonical');
    expect(canonical.map(({ attributes }) => attributes['href'])).toEqual([address(id)]);
    // Nothing was put where it could be taken for markup.
    expect(tags.filter(({ name }) => ['b', 'script'].includes(name))).toHaveLength(4);
    expect(all('b').every(({ attributes }) => Object.keys(attributes).length === 0)).toBe(true);
    expect(html).toContain('<main id="main"><div id="thread">');
  });

  it('is divided into pages that lead to each other', async () => {
    const id = seedThread(t, { posts: Array.from({ length: 45 }, () => ({})) });
    const pages = await Promise.all(
      ['', '?page=2', '?page=3'].map((one) => read(address(id, one))),
    );
    const numbers = pages.map((html) => outline(html).all('article').length);
    expect(numbers).toEqual([20, 20, 5]);
    const rels = pages.map((html) =>
      outline(html)
        .tags.filter(({ attributes: { rel = '' } }) => ['prev', 'next', 'canonical'].includes(rel))
        .map(({ attributes: { rel, href } }) => `${rel} ${href?.replace(address(id), '')}`),
    );
    expect(rels).toEqual([
      ['canonical ', 'next ?page=2'],
      ['canonical ?page=2', 'prev ', 'next ?page=3'],
      ['canonical ?page=3', 'prev ?page=2'],
    ]);
    expect(await read(address(id, '?page=0'))).toBe(pages[0]);
    expect(await read(address(id, '?page=x'))).toBe(pages[0]);
    expect(await read(address(id, '?page=4'))).toBe(SHELL);
  });

  it('is the same to members, and the shell where visitors may not read', async () => {
    const open = seedThread(t, {});
    const path = address(open);
    const html = await read(path);
    expect(html).toContain('微网格长怎么补贴');
    for (const who of ['jingyi', 'minzheng']) {
      expect(await (await (await t.as(who)).get(path)).text()).toBe(html);
    }
    const closed = seedThread(t, { isPublic: false });
    const gone = seedThread(t, { hiddenAt: 1 });
    for (const id of [closed, gone, '0'.repeat(20)]) {
      expect(await read(address(id))).toBe(SHELL);
      expect(await (await (await t.as('minzheng')).get(address(id))).text()).toBe(SHELL);
    }
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('goes out in %s with a tag of its own', async (coding, open) => {
    const path = address(seedThread(t, {}));
    const plain = await t.visitor.get(path);
    const packed = await t.visitor.get(path, { 'accept-encoding': coding });
    expect(packed.headers.get('content-encoding')).toBe(coding);
    for (const response of [plain, packed]) {
      expect(response.headers.get('vary')).toBe('Accept-Encoding');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
    }
    const tags = [plain, packed].map((one) => one.headers.get('etag') ?? '');
    expect(tags[0]).not.toBe(tags[1]);
    expect(open(await packed.bytes()).toString()).toBe(await plain.text());
    const headers = { 'accept-encoding': coding, 'if-none-match': tags[1] ?? '' };
    const again = await t.visitor.get(path, headers);
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await t.app.request(ORIGIN + path, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', tags[0]]);
  });

  it('changes with a write here or elsewhere, and with the shell', async () => {
    const id = seedThread(t, {});
    const first = await t.visitor.get(address(id), { 'accept-encoding': 'br' });
    seedThread(t, {});
    const same = await t.visitor.get(address(id), { 'accept-encoding': 'br' });
    expect(same.headers.get('etag')).toBe(first.headers.get('etag'));
    seedPosts(t, id, [{ text: '刚来的回复' }]);
    expect(await read(address(id))).toContain('刚来的回复');
    const other = openDatabase(t.services.db.file);
    other.sqlite.exec(`UPDATE thread SET title = '他处改的题目' WHERE id = '${id}'`);
    other.close();
    await new Promise(setImmediate);
    expect(await read(address(id))).toContain('他处改的题目');
    putShell(SHELL.replace('<main', '<main class="new"'));
    expect(await read(address(id))).toContain('<main class="new"');
    putShell(SHELL);
    t.services.db.sqlite.prepare('UPDATE thread SET is_public = 0 WHERE id = ?').run(id);
    t.services.changes.count += 1;
    expect(await read(address(id))).toBe(SHELL);
  });

  it('is sanitized whatever stands in the database, and takes no words for a pattern', async () => {
    const html = '<p>$& $1 $$ 好</p><script>alert(1)</script><img src=x onerror=alert(1)>';
    const id = seedThread(t, { title: '$& 值 <!--thread-->', posts: [{ html }] });
    const page = await read(address(id));
    expect(page).toContain('<p>$&amp; $1 $$ 好</p></div>');
    expect(page).not.toMatch(/<script|onerror/);
    expect(outline(page).text).toContain('$& 值 <!--thread-->');
  });
});

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}
/** Read strictly enough for what a feed is made of. */
function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [], text: '' };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const last = open.at(-1);
        if (last) last.text += text;
      },
      onclosetag(name) {
        expect(name).toBe(open.pop()?.name);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  expect(open).toEqual([root]);
  const [feed] = root.children.filter(({ name }) => name === 'feed');
  if (!feed) throw new Error('No feed');
  return feed;
}
const childrenOf = ({ children }: Element, name: string) =>
  children.filter((one) => one.name === name);
const textIn = (element: Element, name: string) => childrenOf(element, name)[0]?.text;

describe('Atom', () => {
  const SALON = `/api/salons/${DEMO}/forum.atom`;
  const feedAt = async (path: string) => {
    const response = await t.visitor.get(path);
    expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    return parseXml(await response.text());
  };
  let id: string;
  beforeAll(() => {
    const at = Date.now() + 3600_000;
    const place = { placeKind: 'method', placeKey: 'sanjian-yiguan' } as const;
    const html =
      '<p>见 <a class="entry" href="/cases/weiwang-shige/">微网实格</a> ]]&gt; <img src="/api/pictures/00000000000000000000" alt="" /></p><script>alert(1)</script>';
    id = seedThread(t, {
      title: '标题 <b>&amp;',
      at,
      place,
      posts: [
        { html },
        { text: '回 ]]> 复', by: 'jingyi', unit: '景<翼>社区', editedAt: at + 120_000 },
        { state: 'hidden', text: '隐' },
      ],
    });
    seedThread(t, { title: '成员的', at, place, isPublic: false });
    seedThread(t, { title: '撤下的', at, place, hiddenAt: 1 });
  });

  it('is valid: each entry has its id, times, author, link and content', async () => {
    const feed = await feedAt('/api/places/method/sanjian-yiguan/forum.atom');
    expect(feed.attributes['xmlns']).toBe('http://www.w3.org/2005/Atom');
    expect(textIn(feed, 'id')).toBe(`${ORIGIN}/methods/sanjian-yiguan/`);
    expect(textIn(feed, 'title')).toBe('三建一管 · 讨论');
    const entries = childrenOf(feed, 'entry');
    expect(entries.map((one) => textIn(one, 'id'))).toEqual(
      [2, 1].map((n) => `${ORIGIN}/forum/threads/${id}/#${n}`),
    );
    for (const one of [feed, ...entries]) {
      expect(new Date(textIn(one, 'updated') ?? '').toISOString()).toBe(textIn(one, 'updated'));
    }
    expect(entries.map((one) => textIn(one, 'title'))).toEqual([
      '标题 &lt;b&gt;&amp;amp;（2 楼）',
      '标题 &lt;b&gt;&amp;amp;',
    ]);
    // Their type says how a reader of feeds takes them.
    const types = entries.map((one) => childrenOf(one, 'title')[0]?.attributes['type']);
    expect(types).toEqual(['html', 'html']);
    const [reply, first] = entries;
    expect(reply && childrenOf(reply, 'author').map((one) => textIn(one, 'name'))).toEqual([
      '景<翼>社区',
    ]);
    expect(reply && textIn(reply, 'content')).toBe('<p>回 ]]&gt; 复</p>');
    const content = (first && textIn(first, 'content')) ?? '';
    expect(content).toContain(`href="${ORIGIN}/cases/weiwang-shige/"`);
    expect(content).toContain(`src="${ORIGIN}/api/pictures/`);
    expect(content).not.toContain('script');
  });

  it('has what is public, newest first, 50 at most, and no name of a person', async () => {
    seedThread(t, {
      at: Date.now() + 7200_000,
      title: '很长的一个',
      posts: Array.from({ length: 60 }, () => ({})),
    });
    const text = await (await t.visitor.get(SALON)).text();
    expect(text).not.toMatch(/演示·|成员的|撤下的/);
    const entries = childrenOf(parseXml(text), 'entry');
    expect(entries).toHaveLength(50);
    expect(entries.every((one) => textIn(one, 'title')?.startsWith('很长的一个'))).toBe(true);
    // Whoever is signed in is given the same.
    const mine = await (await t.as('weiyun')).get(SALON);
    expect(await mine.text()).toBe(text);
    expect(mine.headers.get('cache-control')).toBe('no-store');
  });

  it('has a tag', async () => {
    const tag = (await t.visitor.get(SALON)).headers.get('etag') ?? '';
    const again = await t.visitor.get(SALON, { 'if-none-match': tag });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test.each([
    'salons/none/forum.atom',
    'places/case/none/forum.atom',
    'places/session/1/forum.atom',
  ])('of %s is not there', async (path) => {
    expect((await t.visitor.get(`/api/${path}`)).status).toBe(404);
  });

  it('of nothing is a feed', async () => {
    const feed = await feedAt('/api/places/case/sihua-liandong/forum.atom');
    expect(childrenOf(feed, 'entry')).toEqual([]);
    expect(textIn(feed, 'updated')).toBe(new Date(0).toISOString());
  });
});
