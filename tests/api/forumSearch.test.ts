import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { fold, termsOf } from '../../api/core/fold.ts';
import { hitsQuery } from '../../api/forum/reading/search.ts';
import { indexedQuery } from '../../api/forum/tokens.ts';
import { forgetForum, seedPosts, seedThread } from '../support/forum.ts';
import { contextOf } from '../support/forumReading.ts';
import { addGuest, addSession, addTopic, FAR } from '../support/months.ts';
import { addOtherSalon, createTestApp, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
  forgetForum(t);
  await addOtherSalon(t);
});
afterAll(() => t.close());

interface Hit {
  thread: string;
  n: number;
  title: string;
  excerpt: string;
  [key: string]: unknown;
}
async function search(
  q: string,
  who = '',
  more = '',
): Promise<{ hits: Hit[]; next: string | null }> {
  const client = who ? await t.as(who) : t.visitor;
  const response = await client.get(`/api/forum/search?q=${encodeURIComponent(q)}${more}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { hits: Hit[]; next: string | null };
}
const found = async (q: string, who = '') =>
  (await search(q, who, '&limit=100')).hits.map(({ thread, n }) => `${thread} ${n}`);

/** Texts with all that a search could stumble over. */
const TEXTS = [
  '微网实格怎么补贴，“四化”联动的钱从哪里来',
  '3 小时响应；ＡＢＣ全角 Straße ΣΑΣ σας ﬁn ①',
  '龘𠮷𪚥 生僻字也要找到',
  '👩‍💻 和 👩💻 不一样 🏳️‍🌈🇨🇳 1️⃣',
  'a" OR b* NEAR(c d) AND NOT e ^f {g} (h) -i +j col:k',
  "100% _ \\ ' ; -- /* */ DROP TABLE post",
  'null undefined true 0 00 o O',
  '第一段\n第二段 换行 两边',
  'e\u0301 é 组合字符 ｶﾞ ガ が',
  '\u200c零宽\u200d连接 ͅ ι \u180e',
  '——……！？。、（）【】《》',
];

describe('a search', () => {
  const rows: { key: string; whole: string[] }[] = [];
  beforeAll(() => {
    TEXTS.forEach((text, index) => {
      const title = `标题${index}：${[...TEXTS].reverse()[index]?.slice(0, 6)}`;
      const id = seedThread(t, {
        title,
        posts: [{ text }, { text: `回${TEXTS[(index + 3) % TEXTS.length]}` }],
      });
      rows.push({ key: `${id} 1`, whole: [title, text] });
      rows.push({ key: `${id} 2`, whole: [`回${TEXTS[(index + 3) % TEXTS.length]}`] });
    });
  });
  /** As one would look by hand: each term in the title or in the text. */
  const naive = (q: string): string[] => {
    const terms = termsOf(q);
    if (terms.length === 0) return [];
    return rows
      .filter(({ whole }) => terms.every((term) => whole.some((one) => fold(one).includes(term))))
      .map(({ key }) => key)
      .reverse();
  };

  it('finds each character of every text, alone', async () => {
    const all = new Set(TEXTS.flatMap((text) => [...text]));
    expect(all.size).toBeGreaterThan(140);
    for (const one of all) expect([one, await found(one)]).toEqual([one, naive(one)]);
  });

  const graphemes = TEXTS.flatMap((text) => [...text]);
  const slice = fc
    .tuple(fc.constantFrom(...TEXTS), fc.nat(), fc.integer({ min: 1, max: 12 }))
    .map(([text, at, length]) => {
      const characters = [...text];
      const from = at % characters.length;
      return characters.slice(from, from + length).join('');
    });
  const noise = fc.array(fc.constantFrom(...graphemes, ' ', '"', '*', 'é', '\u{1f600}'), {
    minLength: 1,
    maxLength: 5,
  });
  const query = fc.oneof(
    slice,
    slice.map((text) => text.toUpperCase()),
    fc.tuple(slice, slice).map((pair) => pair.join(' ')),
    noise.map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  );

  it('finds all that a look by hand finds, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (q) => {
        expect(await found(q)).toEqual(naive(q));
      }),
      { numRuns: 400 },
    );
  });

  it('takes operators for text', async () => {
    for (const q of [
      'a" OR b*',
      'NEAR(c d)',
      'AND NOT',
      '^f',
      '{g}',
      'col:k',
      '"',
      '*',
      '-i',
      '%',
      '_',
      "'; --",
    ]) {
      expect([q, await found(q)]).toEqual([q, naive(q)]);
    }
  });

  it('does not go across from the title to the text', async () => {
    const id = seedThread(t, { title: '东南西北', posts: [{ text: '春夏秋冬' }] });
    expect(await found('北春')).toEqual([]);
    expect(await found('东南 秋冬')).toEqual([`${id} 1`]);
  });

  it.each(['', '%00', `${'字'.repeat(101)}`])('of “%s” is refused or finds nothing', async (q) => {
    const response = await t.visitor.get(`/api/forum/search?q=${q}`);
    if (q === '%00') expect(await response.json()).toEqual({ hits: [], next: null });
    else expect(response.status).toBe(422);
  });

  it('goes on from page to page, newest first', async () => {
    const id = seedThread(t, {
      posts: Array.from({ length: 7 }, () => ({ text: '翻页用的罕见词' })),
    });
    const seen: number[] = [];
    let next = '';
    do {
      const page = await search('罕见词', '', `&limit=3${next && `&cursor=${next}`}`);
      expect(page.hits.every(({ thread }) => thread === id)).toBe(true);
      seen.push(...page.hits.map(({ n }) => n));
      next = page.next ?? '';
    } while (next);
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('says where it is, with the words around', async () => {
    const long = `${'前面的话。'.repeat(30)}关键的<b>地方</b>${'后面的话。'.repeat(60)}`;
    const at = Date.parse('2026-11-20T08:00:00Z');
    const posts = [{}, { text: long, at, by: 'jingyi', unit: '景翼社区' }];
    const id = seedThread(t, { title: '说在哪里', accepted: 2, posts });
    const { hits } = await search('关键的<B>');
    expect(hits).toEqual([
      {
        thread: id,
        salon: 'fuping-demo',
        title: '说在哪里',
        n: 2,
        unit: '景翼社区',
        at: '2026-11-20T08:00:00.000Z',
        accepted: true,
        excerpt: expect.stringMatching(/^….{30}关键的<b>地方<\/b>.+…$/u),
      },
    ]);
    const title = await search('说在哪里');
    expect(title.hits).toMatchObject([{ n: 1, accepted: false, excerpt: '第1楼的话' }]);
  });
});

describe('a search finds only what the reader may read', () => {
  const WORD = '保密用词';
  beforeAll(() => {
    const session = addSession(t, { ...FAR, chair: '景翼社区' });
    addGuest(t, session, { personId: t.personId('yibao') });
    const beside = { placeKind: 'session', placeKey: session.id } as const;
    const posts = [{ text: WORD }];
    seedThread(t, { title: '公开的一个', posts });
    seedThread(t, { title: '成员的一个', posts, isPublic: false });
    seedThread(t, { title: '会议的一个', posts, isPublic: false, place: beside });
    seedThread(t, { title: '撤下的一个', posts, hiddenAt: 1 });
    seedThread(t, { title: '别处公开的', posts, slug: 'other', by: 'qita' });
    const foreign = { posts, slug: 'other', by: 'qita', isPublic: false };
    seedPosts(t, seedThread(t, { title: '别处成员的', ...foreign }), [{ text: '回' }]);
  });
  const OPEN = ['别处公开的', '公开的一个'];
  const OURS = ['别处公开的', '会议的一个', '成员的一个', '公开的一个'];

  test.each([
    ['', OPEN],
    ['admin', OPEN],
    ['baoxian', OPEN],
    ['yibao', ['别处公开的', '会议的一个', '公开的一个']],
    ['weiyun', OURS],
    ['xueyuan', OURS],
    ['minzheng', OURS],
    ['qita', ['别处成员的', ...OPEN]],
    ['qitashuji', ['别处成员的', ...OPEN]],
  ])('as “%s”', async (who, titles) => {
    const { hits } = await search(WORD, who);
    expect(hits.map(({ title }) => title)).toEqual(titles);
    expect(JSON.stringify(hits)).not.toMatch(/演示·/);
  });

  it('tells a personal name to nobody but those who are shown it in the thread', async () => {
    const html = '<p>请 <span class="mention person">@演示·某某</span> 看暗访记录</p>';
    const id = seedThread(t, { title: '点名的一个', posts: [{ html }] });
    for (const who of ['', 'admin', 'qita', 'weiyun', 'yibao']) {
      const knows = who === 'weiyun' || who === 'yibao';
      const [hit] = (await search('暗访记录', who)).hits;
      expect([who, hit?.excerpt]).toEqual([
        who,
        `请 @${knows ? '演示·某某' : '一位成员'} 看暗访记录`,
      ]);
      expect([who, await found('演示·某某', who)]).toEqual([who, knows ? [`${id} 1`] : []]);
      expect([who, await found('点名的', who)]).toEqual([who, [`${id} 1`]]);
    }
  });

  it('nor does a list or a thread tell what a salon means to discuss', async () => {
    const title = '只有书记知道的议题';
    const place = { placeKind: 'topic', placeKey: addTopic(t, '渭运社区', { title }) } as const;
    const id = seedThread(t, { title: '议题旁公开的', place });
    for (const who of ['', 'qita', 'weiyun']) {
      const client = who ? await t.as(who) : t.visitor;
      const list = await (await client.get('/api/salons/fuping-demo/threads?limit=100')).text();
      const thread = await (await client.get(`/api/threads/${id}`)).text();
      expect(list).toContain('议题旁公开的');
      const told = [list, thread].map((text) => text.includes(title));
      expect([who, ...told]).toEqual([who, who === 'weiyun', who === 'weiyun']);
    }
  });

  it('walks the index from its end and sorts nothing', () => {
    const match = indexedQuery('保密') ?? '';
    for (const who of ['', 'weiyun']) {
      const asked = { q: '', limit: 20, cursor: undefined };
      const { sql, params } = hitsQuery(t.services.db.orm, contextOf(t, who), match, asked).toSQL();
      const plan = t.services.db.sqlite
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...params)
        .map(({ detail }) => detail)
        .join('\n');
      expect(plan).toMatch(/^SCAN post_text VIRTUAL TABLE/);
      expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER|SCAN (?:thread|post|salon)\b(?!_)/);
    }
  });
});
