import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { moderation, post, postMark, thread as threads } from '../../db/schema/index.ts';
import { seedPosts, seedThread } from '../support/forum.ts';
import { salonId } from '../support/months.ts';
import { addOtherSalon, codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
  await addOtherSalon(t);
});
afterAll(() => t.close());

interface Page {
  thread: { rows: Record<string, unknown>[]; [key: string]: unknown };
  mine: Record<string, unknown> | null;
}
const path = (id: string, query = '') => `/api/threads/${id}${query}`;
const read = async (who: string, id: string, query = ''): Promise<Page> => {
  const client = who ? await t.as(who) : t.visitor;
  const response = await client.get(path(id, query));
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
};
const sql = (text: string, ...values: unknown[]) =>
  t.services.db.sqlite.prepare(text).run(...values);

describe('a thread', () => {
  it('is shown to members with names, to others by unit', async () => {
    const at = Date.parse('2026-11-20T08:00:00Z');
    const reply = { by: 'jingyi', unit: '景翼社区', text: '我们用积分', replyTo: 1, marks: 2 };
    const posts = [
      { by: 'weiyun', text: '怎么补贴' },
      { ...reply, editedAt: at + 1, edits: 1 },
    ];
    const id = seedThread(t, { at, posts, accepted: 2, pinnedAt: 1 });
    const row = {
      state: 'shown',
      reason: null,
      goneAt: null,
      replyTo: null,
      editedAt: null,
      marks: 0,
    };
    const about = { salon: 'fuping-demo', title: '微网格长怎么补贴', asks: true, isPublic: true };
    const counts = { posts: 2, replies: 1, accepted: 2, pinned: true, locked: false };
    const second = { ...row, n: 2, unit: '景翼社区', replyTo: 1, marks: 2 };
    const visitor = await read('', id);
    expect(visitor).toEqual({
      thread: {
        id,
        ...about,
        ...counts,
        salonName: '富平县社区治理主题沙龙（演示）',
        place: {
          kind: 'case',
          key: 'weiwang-shige',
          name: '微网实格',
          link: '/cases/weiwang-shige/',
        },
        moderation: null,
        version: 1,
        rows: [
          {
            ...row,
            n: 1,
            unit: '渭运社区',
            name: null,
            html: '<p>怎么补贴</p>',
            at: new Date(at).toISOString(),
          },
          {
            ...second,
            name: null,
            html: '<p>我们用积分</p>',
            at: new Date(at + 60_000).toISOString(),
            editedAt: new Date(at + 1).toISOString(),
          },
        ],
      },
      mine: null,
    });
    expect((await read('qita', id)).thread).toEqual(visitor.thread);
    const member = await read('xueyuan', id);
    expect(member.thread.rows.map(({ name }) => name)).toEqual([
      '演示·渭运社区书记',
      '演示·景翼社区书记',
    ]);
  });

  it('says what the reader is to it', async () => {
    const id = seedThread(t, { posts: [{}, { by: 'jingyi' }, { by: 'weiyun' }, { by: 'jingyi' }] });
    const { orm } = t.services.db;
    const [second] = orm.select().from(post).where(eq(post.threadId, id)).offset(1).limit(1).all();
    const mark = { postSeq: second?.seq ?? 0, personId: t.personId('weiyun'), at: 1 };
    orm.update(post).set({ marks: 1 }).where(eq(post.seq, mark.postSeq)).run();
    orm.insert(postMark).values(mark).run();
    const mine = { read: 0, follow: null, mayWrite: true, mayAccept: false, mayModerate: false };
    expect((await read('weiyun', id)).mine).toEqual({
      ...mine,
      own: [1, 3],
      marked: [2],
      mayAccept: true,
    });
    expect((await read('weiyun', id, '?from=3')).mine).toMatchObject({ own: [3], marked: [] });
    expect((await read('jingyi', id)).mine).toEqual({ ...mine, own: [2, 4], marked: [] });
    expect((await read('minzheng', id)).mine).toMatchObject({ mayAccept: true, mayModerate: true });
    expect((await read('qita', id)).mine).toEqual({
      ...mine,
      own: [],
      marked: [],
      mayWrite: false,
    });
    sql('UPDATE thread SET locked_at = 1, version = version + 1 WHERE id = ?', id);
    t.services.changes.count += 1;
    expect((await read('jingyi', id)).mine).toMatchObject({ mayWrite: false });
  });

  it('keeps the places of what is gone, with the reason and nothing else', async () => {
    const posts = [{}, { text: '骂人的话', state: 'hidden' }, { state: 'deleted' }] as const;
    const id = seedThread(t, { posts, lockedAt: 1 });
    const { orm } = t.services.db;
    const hidden = orm.select().from(post).where(eq(post.threadId, id)).all()[1];
    const by = { threadId: id, personId: t.personId('minzheng') };
    orm
      .insert(moderation)
      .values([
        { ...by, postSeq: hidden?.seq ?? 0, action: 'hide', reason: '言语伤人', at: 1 },
        { ...by, action: 'pin', reason: '先置顶', at: 2 },
        { ...by, action: 'lock', reason: '先冷静一下', at: 3 },
      ])
      .run();
    t.services.changes.count += 1;
    for (const who of ['', 'jingyi', 'minzheng']) {
      const page = await read(who, id);
      expect(page.thread.moderation).toEqual({
        action: 'lock',
        reason: '先冷静一下',
        at: new Date(3).toISOString(),
      });
      expect(page.thread.rows.slice(1)).toMatchObject([
        { state: 'hidden', html: '', reason: '言语伤人', goneAt: new Date(1).toISOString() },
        { state: 'deleted', html: '', reason: null, goneAt: null },
      ]);
      expect(JSON.stringify(page)).not.toContain('骂人的话');
    }
  });

  it('comes in parts, from any number, up to a thousand', async () => {
    const id = seedThread(t, { posts: Array.from({ length: 45 }, () => ({})) });
    const numbers = async (query: string) =>
      (await read('', id, query)).thread.rows.map(({ n }) => n);
    expect(await numbers('')).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await numbers('?from=41')).toEqual([41, 42, 43, 44, 45]);
    expect(await numbers('?from=46')).toEqual([]);
    expect(await numbers('?limit=1000')).toHaveLength(45);
    for (const query of ['?limit=1001', '?from=0', '?from=a', '?page=1']) {
      expect((await t.visitor.get(path(id, query))).status).toBe(422);
    }
  });

  test.each([
    ['', 401, 'signIn'],
    ['qita', 404, 'notFound'],
    ['qitashuji', 404, 'notFound'],
    ['baoxian', 403, 'forbidden'],
  ])('of members only is refused to “%s” with %i', async (who, status, code) => {
    const id = seedThread(t, { isPublic: false, title: '只给成员的题目' });
    await read('jingyi', id);
    const client = who ? await t.as(who) : t.visitor;
    const response = await client.get(path(id));
    const text = await response.clone().text();
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(text).not.toContain('只给成员');
  });

  it('that was taken away is there for hosts alone', async () => {
    const id = seedThread(t, { hiddenAt: 1 });
    expect((await t.visitor.get(path(id))).status).toBe(410);
    expect((await (await t.as('jingyi')).get(path(id))).status).toBe(410);
    expect((await read('minzheng', id)).mine).toMatchObject({ mayWrite: false });
    expect((await t.visitor.get(path('0'.repeat(20)))).status).toBe(404);
  });
});

describe('what is kept', () => {
  const tags = async (who: string, id: string) => {
    const client = who ? await t.as(who) : t.visitor;
    const response = await client.get(path(id));
    return [response.headers.get('etag') ?? '', response.headers.get('cache-control')] as const;
  };

  it('has a tag, for a visitor as for a member, whose copy is theirs', async () => {
    const id = seedThread(t);
    for (const [who, scope] of [
      ['', 'public'],
      ['jingyi', 'private'],
    ] as const) {
      const client = who ? await t.as(who) : t.visitor;
      const [tag, cache] = await tags(who, id);
      expect(cache).toBe(`${scope}, no-cache`);
      const again = await client.get(path(id), { 'if-none-match': tag });
      expect([again.status, await again.text()]).toEqual([304, '']);
      for (const [name, value] of [
        ['x-content-type-options', 'nosniff'],
        ['content-type', 'application/json'],
      ]) {
        expect((await client.get(path(id))).headers.get(name ?? '')).toBe(value);
      }
    }
    const [before] = await tags('jingyi', id);
    await (await t.as('jingyi')).send('PUT', `${path(id)}/read`, { n: 1 });
    expect((await tags('jingyi', id))[0]).not.toBe(before);
  });

  it.each(['', 'jingyi', 'qita'])('is new to “%s” after any write here', async (who) => {
    const id = seedThread(t);
    expect((await read(who, id)).thread.rows).toHaveLength(1);
    seedPosts(t, id, [{ text: '新的回复' }]);
    expect((await read(who, id)).thread.rows).toMatchObject([{}, { html: '<p>新的回复</p>' }]);
    const me = await t.as('weiyun');
    const named = await me.send('PATCH', '/api/me', { name: `改名${who}` });
    expect(named.status).toBe(200);
    const [row] = (await read(who, id)).thread.rows;
    expect(row?.['name']).toBe(who === 'jingyi' ? '改名jingyi' : null);
  });

  it.each(['', 'jingyi'])('is new to “%s” after a write of another process', async (who) => {
    const id = seedThread(t);
    await read(who, id);
    const other = openDatabase(t.services.db.file);
    other.sqlite.exec(`UPDATE thread SET title = '他处改的题目' WHERE id = '${id}'`);
    other.close();
    // The file's count is asked once for all requests of one turn of the event loop.
    await new Promise(setImmediate);
    expect((await read(who, id)).thread.title).toBe('他处改的题目');
  });

  it('of a thread that was public is refused at once when it is so no more', async () => {
    const id = seedThread(t);
    await read('', id);
    await read('qita', id);
    t.services.db.orm.update(threads).set({ isPublic: false }).where(eq(threads.id, id)).run();
    t.services.changes.count += 1;
    expect((await t.visitor.get(path(id))).status).toBe(401);
    expect((await (await t.as('qita')).get(path(id))).status).toBe(404);
  });

  it.each([
    ['<p>好</p><script>alert(1)</script>', '<p>好</p>'],
    ['<p onclick="alert(1)">好</p>', '<p>好</p>'],
    ['<a href="javascript:alert(1)">好</a>', '<a>好</a>'],
    ['<img src="https://evil.example/x.png" onerror="alert(1)" />好', '好'],
  ])('is sanitized again, whatever was put into the database: %s', async (html, shown) => {
    const id = seedThread(t, { posts: [{ html }] });
    for (const who of ['', 'weiyun', '']) {
      expect((await read(who, id)).thread.rows).toMatchObject([{ html: shown }]);
    }
  });

  it('never gives a visitor what a member is shown, nor the other way round', async () => {
    const id = seedThread(t, { slug: 'other', by: 'qitashuji', title: '另一沙龙的公开讨论' });
    expect(salonId(t, 'other')).not.toBe(salonId(t));
    expect((await read('qita', id)).thread.rows).toMatchObject([{ name: 'qitashuji' }]);
    expect((await read('', id)).thread.rows).toMatchObject([{ name: null }]);
    expect((await read('weiyun', id)).thread.rows).toMatchObject([{ name: null }]);
  });
});
