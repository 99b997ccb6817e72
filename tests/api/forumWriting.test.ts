import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { forgetForum } from '../support/forum.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const MINUTE = 60_000;
let t: TestApp;
let now: number;
let me: Client;
let other: Client;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 20, 8);
  t = await createTestApp({ clock: () => now });
  forgetForum(t);
  me = await t.as('weiyun');
  other = await t.as('jingyi');
});
afterEach(() => t.close());

const NEW = `/api/salons/${DEMO}/threads`;
const input = {
  place: { kind: 'case', key: 'weiwang-shige' },
  title: '微网格长怎么补贴',
  source: '请教各位，你们怎样补贴？',
  asks: true,
  isPublic: true,
};
async function begin(given: Partial<typeof input> = {}, client = me): Promise<string> {
  const sent = await client.send('POST', NEW, { ...input, ...given });
  expect(sent.status).toBe(201);
  return (await sent.json()).thread;
}
const posts = (thread: string): string => `/api/threads/${thread}/posts`;
async function say(thread: string, source: string, client = other, more = {}): Promise<number> {
  const sent = await client.send('POST', posts(thread), { source, ...more });
  expect(sent.status).toBe(201);
  return (await sent.json()).n;
}
const one = <T>(text: string, ...given: unknown[]): T =>
  t.services.db.sqlite.prepare(text).get(...given) as T;
const count = (text: string, ...given: unknown[]): number =>
  t.services.db.sqlite
    .prepare<unknown[], number>(text)
    .pluck()
    .get(...given) ?? 0;
const threadOf = (id: string) =>
  one<Record<string, unknown>>('SELECT * FROM thread WHERE id = ?', id);
async function refused(wanted: string, work: () => Promise<Response>): Promise<void> {
  const before = dump(t);
  const response = await work();
  expect(`${response.status} ${await codeOf(response)}`).toBe(wanted);
  expect(dump(t)).toEqual(before);
}
/** Kinds of notices that someone has, with the number of the post. */
const toldOf = (who: string): string[] =>
  t.services.db.sqlite
    .prepare<[string], { kind: string; data: string }>(
      `SELECT kind, data FROM inbox JOIN notice ON seq = notice_seq
       WHERE person_id = ? AND kind LIKE 'post.%' ORDER BY seq`,
    )
    .all(t.personId(who))
    .map(({ kind, data }) => `${kind} ${JSON.parse(data).n}`);

describe('a thread', () => {
  it('begins with a post, and a reply counts', async () => {
    const id = await begin();
    expect(threadOf(id)).toMatchObject({ posts: 1, replies: 0, last_unit: '渭运社区', version: 1 });
    now += MINUTE;
    expect(await say(id, '我们每月补 300 元。')).toBe(2);
    expect(threadOf(id)).toMatchObject({
      posts: 2,
      replies: 1,
      last_at: now,
      last_unit: '景翼社区',
      version: 2,
    });
    const mine = [t.personId('jingyi'), id];
    expect(
      one('SELECT n FROM thread_reading WHERE person_id = ? AND thread_id = ?', ...mine),
    ).toEqual({ n: 2 });
    expect(one('SELECT level FROM follow WHERE person_id = ? AND thread_id = ?', ...mine)).toEqual({
      level: 'follow',
    });
  });

  it('is there once, and so is a reply, however often the same request comes', async () => {
    const key = { 'idempotency-key': 'the-same-key-1' };
    const first = await (await me.send('POST', NEW, input, key)).json();
    expect(await (await me.send('POST', NEW, input, key)).json()).toEqual(first);
    const again = { 'idempotency-key': 'the-same-key-2' };
    for (const _ of [1, 2]) {
      const sent = await other.send('POST', posts(first.thread), { source: '答' }, again);
      expect(await sent.json()).toEqual({ thread: first.thread, n: 2 });
    }
    expect([
      count('SELECT count(*) FROM thread WHERE title = ?', input.title),
      count('SELECT count(*) FROM post WHERE thread_id = ?', first.thread),
    ]).toEqual([1, 2]);
  });

  it('stands at a place that is there, and is begun by members', async () => {
    const place = { kind: 'case', key: 'no-such-case' };
    await refused('422 placeUnknown', () => me.send('POST', NEW, { ...input, place }));
    const guest = await t.as('baoxian');
    await refused('403 forbidden', () => guest.send('POST', NEW, input));
    await refused('401 signIn', () => t.visitor.send('POST', NEW, input));
  });

  it('gets another title from its author only, and is found by it', async () => {
    const id = await begin();
    const change = { title: '网格员怎么补贴', asks: false };
    await refused('403 forbidden', () => other.send('PATCH', `/api/threads/${id}`, change));
    expect((await me.send('PATCH', `/api/threads/${id}`, change)).status).toBe(200);
    expect(threadOf(id)).toMatchObject({ title: change.title, asks: 0, version: 2 });
    const hits = async (q: string) =>
      (await (await me.get(`/api/forum/search?q=${encodeURIComponent(q)}`)).json()).hits.length;
    expect([await hits('网格员怎么补贴'), await hits('微网格长怎么补贴')]).toEqual([1, 0]);
  });

  it.each([
    ['locked_at', '409 threadLocked'],
    ['hidden_at', '410 threadGone'],
  ])('%s while someone types', async (column, wanted) => {
    const id = await begin();
    t.services.db.sqlite.prepare(`UPDATE thread SET ${column} = 1 WHERE id = ?`).run(id);
    await refused(wanted, () => other.send('POST', posts(id), { source: '答' }));
    await refused(wanted, () => me.send('PUT', `${posts(id)}/1`, { source: '改', edits: 0 }));
  });
});

describe('what is refused', () => {
  test.each([
    ['422 nothingToShow', '&#x200b;&#8203; ⠀ &#x3164;'],
    ['422 nothingToShow', '---'],
    ['422 tooIntricate', '>'.repeat(10_000)],
    ['422 pictureUnknown', `![图](/api/pictures/${'0'.repeat(20)})`],
    ['422 invalid', '长'.repeat(20_001)],
    ['422 invalid', '\u200b\u202e '],
    ['422 invalid', 'x'.repeat(1024 * 1024)],
  ])('%s', async (wanted, source) => {
    const id = await begin();
    await refused(wanted, () => other.send('POST', posts(id), { source }));
    await refused(wanted, () => me.send('PUT', `${posts(id)}/1`, { source, edits: 0 }));
  });

  it('a reply to a post that is not there', async () => {
    const id = await begin();
    await refused('422 invalid', () => other.send('POST', posts(id), { source: '答', replyTo: 2 }));
  });

  it('the thirty-first post in ten minutes, the sixth thread in an hour', async () => {
    const id = await begin();
    for (let i = 0; i < 30; i += 1) await say(id, `第 ${i} 条`);
    const late = await other.send('POST', posts(id), { source: '再来' });
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
    for (let i = 0; i < 4; i += 1) await begin();
    await refused('429 tooMany', () => me.send('POST', NEW, input));
  });

  it('eleven calls in one post', async () => {
    const id = await begin();
    const { names } = await (await me.get(`/api/salons/${DEMO}/forum/names`)).json();
    expect(names).toContain('渭运社区');
    const calls = (n: number) =>
      names
        .slice(0, n)
        .map((name: string) => `@${name}`)
        .join(' ');
    await refused('422 tooManyMentions', () => me.send('POST', posts(id), { source: calls(11) }));
    expect(await say(id, calls(10), me)).toBe(2);
  });
});

describe('a change', () => {
  it('keeps what was said, and shows only after half an hour', async () => {
    const id = await begin();
    const [at, path] = [now, `${posts(id)}/1`];
    now = at + 30 * MINUTE;
    const edited = await me.send('PUT', path, { source: '改一次', edits: 0 });
    expect(await edited.json()).toEqual({ n: 1, edits: 1 });
    expect(one('SELECT edited_at FROM post WHERE thread_id = ?', id)).toEqual({ edited_at: null });
    now += 1;
    await me.send('PUT', path, { source: '改两次', edits: 1 });
    expect(one('SELECT edited_at FROM post WHERE thread_id = ?', id)).toEqual({ edited_at: now });
    const { versions } = await (await other.get(`${path}/history`)).json();
    expect(versions).toEqual([
      { source: input.source, at: new Date(at).toISOString() },
      { source: '改一次', at: new Date(at + 30 * MINUTE).toISOString() },
    ]);
    expect(await (await other.get(`${path}/source`)).json()).toEqual({
      source: '改两次',
      edits: 2,
      unit: '渭运社区',
    });
    expect((await t.visitor.get(`${path}/history`)).status).toBe(401);
  });

  it('is of one’s own, and of the text that one saw', async () => {
    const id = await begin();
    const path = `${posts(id)}/1`;
    await me.send('PUT', path, { source: '在手机上改', edits: 0 });
    await refused('409 editedMeanwhile', () =>
      me.send('PUT', path, { source: '在电脑上改', edits: 0 }),
    );
    await refused('403 forbidden', () => other.send('PUT', path, { source: '替他改', edits: 1 }));
    const host = await t.as('minzheng');
    await refused('403 forbidden', () => host.send('PUT', path, { source: '替他改', edits: 1 }));
    await refused('403 forbidden', () =>
      me.send('PUT', `${posts(id)}/9`, { source: '改', edits: 0 }),
    );
    const { version } = threadOf(id);
    await me.send('PUT', path, { source: '在手机上改', edits: 1 });
    expect(threadOf(id)['version']).toBe(version);
  });
});

describe('deleting', () => {
  it('leaves nothing of the text anywhere, and its place', async () => {
    const id = await begin();
    const secret = '鱻麤龘靐齉';
    const n = await say(id, `${secret} @渭运社区`);
    await other.send('PUT', `${posts(id)}/${n}`, { source: `${secret} 改过`, edits: 0 });
    const holds = (): boolean => JSON.stringify(dump(t)).includes('龘');
    const indexed = (): number =>
      t.services.db.sqlite
        .prepare<[], string>('SELECT term FROM terms')
        .pluck()
        .all()
        .filter((term) =>
          [...secret].some((one) => term === (one.codePointAt(0) ?? 0).toString(36)),
        ).length;
    t.services.db.sqlite.exec(
      "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, post_text, 'row')",
    );
    expect([holds(), indexed()]).toEqual([true, 5]);
    await refused('403 forbidden', () => me.send('DELETE', `${posts(id)}/${n}`));
    for (const _ of [1, 2]) {
      expect((await other.send('DELETE', `${posts(id)}/${n}`)).status).toBe(200);
    }
    expect([holds(), indexed()]).toEqual([false, 0]);
    expect(one('SELECT state, n FROM post WHERE thread_id = ? AND n = ?', id, n)).toEqual({
      state: 'deleted',
      n,
    });
    const { rows } = (await (await me.get(`/api/threads/${id}`)).json()).thread;
    expect(rows[1]).toMatchObject({ n, state: 'deleted', editedAt: null });
    expect(Date.parse(rows[1].goneAt)).toBeGreaterThanOrEqual(Date.parse(rows[1].at));
    expect(threadOf(id)).toMatchObject({ posts: 2, replies: 0, hidden_at: null });
    await refused('409 postGone', () =>
      other.send('PUT', `${posts(id)}/${n}`, { source: '改', edits: 1 }),
    );
    expect(await say(id, '下一条')).toBe(3);
  });

  it('of the first post leaves the thread where there are replies, else takes it away', async () => {
    const alone = await begin();
    await me.send('DELETE', `${posts(alone)}/1`);
    expect(threadOf(alone)).toMatchObject({ hidden_at: now, title: '作者撤下的讨论' });
    const named = '只有这里说过的标题';
    const told = await begin({ title: named, source: '@景翼社区 请看' });
    await other.send('POST', `${posts(told)}/1/reports`, { reason: '点名' });
    expect(count('SELECT count(*) FROM notice WHERE instr(data, ?)', named)).toBe(2);
    await me.send('DELETE', `${posts(told)}/1`);
    expect(JSON.stringify(dump(t))).not.toContain(named);
    expect(toldOf('jingyi')).toEqual(['post.mentioned 1']);
    const answered = await begin();
    await say(answered, '答');
    await me.send('DELETE', `${posts(answered)}/1`);
    expect(threadOf(answered)).toMatchObject({ hidden_at: null, title: input.title, replies: 1 });
  });
});

describe('what was deleted last', () => {
  it('no longer says when a thread was last written in, and by whom', async () => {
    const id = await begin();
    const begun = now;
    now += MINUTE;
    const n = await say(id, '答');
    await other.send('DELETE', `${posts(id)}/${n}`);
    expect(threadOf(id)).toMatchObject({ last_at: begun, last_unit: '渭运社区', replies: 0 });
  });
});

describe('who is told', () => {
  it('each once of a post: called, answered or following', async () => {
    const id = await begin();
    await say(id, '答');
    const third = await t.as('xueyuan');
    await say(id, '@景翼社区 您说的对', third, { replyTo: 2 });
    expect(toldOf('weiyun')).toEqual(['post.answered 2']);
    expect(toldOf('jingyi')).toEqual(['post.mentioned 3']);
    expect(toldOf('xueyuan')).toEqual([]);
  });

  it('no more of a thread until they have read what they were told', async () => {
    const id = await begin();
    for (let i = 0; i < 5; i += 1) await say(id, `第 ${i} 条`);
    expect(toldOf('weiyun')).toEqual(['post.answered 2']);
    t.services.db.sqlite.exec('UPDATE inbox SET read_at = 1');
    await say(id, '再来一条');
    expect(toldOf('weiyun')).toEqual(['post.answered 2', 'post.answered 7']);
  });

  it('the muted of their own name only, once however often a post is changed', async () => {
    const id = await begin();
    await me.send('PUT', `/api/threads/${id}/follow`, { level: 'mute' });
    await say(id, '答');
    expect(toldOf('weiyun')).toEqual([]);
    const n = await say(id, '@渭运社区 看看');
    await other.send('PUT', `${posts(id)}/${n}`, { source: '@渭运社区 请看看', edits: 0 });
    expect(toldOf('weiyun')).toEqual(['post.mentioned 3']);
  });

  it('nobody who may not read the thread', async () => {
    const id = await begin({ isPublic: false });
    const { names } = await (await me.get(`/api/salons/${DEMO}/forum/names`)).json();
    const name = one<{ name: string }>(
      'SELECT name FROM person WHERE id = ?',
      t.personId('baoxian'),
    );
    expect(names).toContain(name.name);
    await say(id, `@${name.name} 您好`);
    expect(toldOf('baoxian')).toEqual([]);
  });
});

describe('before it is sent', () => {
  it('a draft is kept as typed, for its writer, until it is sent', async () => {
    const path = `/api/salons/${DEMO}/forum/drafts`;
    const draft = { place: 'new', title: ' 标', source: '  半句\u200b' };
    await me.send('PUT', path, draft);
    const read = async (client: Client) => (await client.get(`${path}?place=new`)).json();
    expect(await read(me)).toEqual({
      title: ' 标',
      source: '  半句\u200b',
      at: new Date(now).toISOString(),
    });
    expect(await read(other)).toEqual({ title: '', source: '', at: null });
    await begin();
    expect((await read(me)).at).toBeNull();
    await me.send('PUT', path, draft);
    await me.send('DELETE', `${path}?place=new`);
    expect((await read(me)).at).toBeNull();
  });

  it('a preview shows it, says which names are nobody’s, and changes nothing', async () => {
    const before = dump(t);
    const sent = await me.send('POST', `/api/salons/${DEMO}/forum/preview`, {
      source: '**好** @渭运社区 @查无此人',
    });
    expect(await sent.json()).toEqual({
      html: '<p><strong>好</strong> <span class="mention">@渭运社区</span> @查无此人</p>',
      missing: ['查无此人'],
    });
    expect(dump(t)).toEqual(before);
  });
});
