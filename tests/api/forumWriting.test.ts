import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { type Client, DEMO } from '../support/testApp.ts';
import { createWriting, MINUTE, NEW, posts, QUESTION, type Writing } from '../support/writing.ts';

let t: Writing;
beforeEach(async () => {
  t = await createWriting();
});
afterEach(() => t.close());

describe('a thread', () => {
  it('begins with a post, and a reply counts', async () => {
    const id = await t.begin();
    expect(t.threadOf(id)).toMatchObject({
      posts: 1,
      replies: 0,
      last_unit: '渭运社区',
      version: 1,
    });
    t.clock.now += MINUTE;
    expect(await t.say(id, '我们每月补 300 元。')).toBe(2);
    expect(t.threadOf(id)).toMatchObject({
      posts: 2,
      replies: 1,
      last_at: t.clock.now,
      last_unit: '景翼社区',
      version: 2,
    });
    const mine = [t.personId('jingyi'), id];
    expect(
      t.one('SELECT n FROM thread_reading WHERE person_id = ? AND thread_id = ?', ...mine),
    ).toEqual({ n: 2 });
    expect(
      t.one('SELECT level FROM follow WHERE person_id = ? AND thread_id = ?', ...mine),
    ).toEqual({
      level: 'follow',
    });
  });

  it('is there once, and so is a reply, however often the same request comes', async () => {
    const key = { 'idempotency-key': 'the-same-key-1' };
    const first = await (await t.me.send('POST', NEW, QUESTION, key)).json();
    expect(await (await t.me.send('POST', NEW, QUESTION, key)).json()).toEqual(first);
    const again = { 'idempotency-key': 'the-same-key-2' };
    for (const _ of [1, 2]) {
      const sent = await t.other.send('POST', posts(first.thread), { source: '答' }, again);
      expect(await sent.json()).toEqual({ thread: first.thread, n: 2 });
    }
    expect([
      t.count('SELECT count(*) FROM thread WHERE title = ?', QUESTION.title),
      t.count('SELECT count(*) FROM post WHERE thread_id = ?', first.thread),
    ]).toEqual([1, 2]);
  });

  it('stands at a place that is there, and is begun by members', async () => {
    const place = { kind: 'case', key: 'no-such-case' };
    await t.refused('422 placeUnknown', () => t.me.send('POST', NEW, { ...QUESTION, place }));
    const guest = await t.as('baoxian');
    await t.refused('403 forbidden', () => guest.send('POST', NEW, QUESTION));
    await t.refused('401 signIn', () => t.visitor.send('POST', NEW, QUESTION));
  });

  it('gets another title from its author only, and is found by it', async () => {
    const id = await t.begin();
    const change = { title: '网格员怎么补贴', asks: false };
    await t.refused('403 forbidden', () => t.other.send('PATCH', `/api/threads/${id}`, change));
    expect((await t.me.send('PATCH', `/api/threads/${id}`, change)).status).toBe(200);
    expect(t.threadOf(id)).toMatchObject({ title: change.title, asks: 0, version: 2 });
    const hits = async (q: string) =>
      (await (await t.me.get(`/api/forum/search?q=${encodeURIComponent(q)}`)).json()).hits.length;
    expect([await hits('网格员怎么补贴'), await hits('微网格长怎么补贴')]).toEqual([1, 0]);
  });

  it.each([
    ['locked_at', '409 threadLocked'],
    ['hidden_at', '410 threadGone'],
  ])('%s while someone types', async (column, wanted) => {
    const id = await t.begin();
    t.services.db.sqlite.prepare(`UPDATE thread SET ${column} = 1 WHERE id = ?`).run(id);
    await t.refused(wanted, () => t.other.send('POST', posts(id), { source: '答' }));
    await t.refused(wanted, () => t.me.send('PUT', `${posts(id)}/1`, { source: '改', edits: 0 }));
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
    const id = await t.begin();
    await t.refused(wanted, () => t.other.send('POST', posts(id), { source }));
    await t.refused(wanted, () => t.me.send('PUT', `${posts(id)}/1`, { source, edits: 0 }));
  });

  it('a reply to a post that is not there', async () => {
    const id = await t.begin();
    await t.refused('422 invalid', () =>
      t.other.send('POST', posts(id), { source: '答', replyTo: 2 }),
    );
  });

  it('the thirty-first post in ten minutes, the sixth thread in an hour', async () => {
    const id = await t.begin();
    for (let i = 0; i < 30; i += 1) await t.say(id, `第 ${i} 条`);
    const late = await t.other.send('POST', posts(id), { source: '再来' });
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
    for (let i = 0; i < 4; i += 1) await t.begin();
    await t.refused('429 tooMany', () => t.me.send('POST', NEW, QUESTION));
  });

  it('eleven calls in one post', async () => {
    const id = await t.begin();
    const { names } = await (await t.me.get(`/api/salons/${DEMO}/forum/names`)).json();
    expect(names).toContain('渭运社区');
    const calls = (n: number) =>
      names
        .slice(0, n)
        .map((name: string) => `@${name}`)
        .join(' ');
    await t.refused('422 tooManyMentions', () =>
      t.me.send('POST', posts(id), { source: calls(11) }),
    );
    expect(await t.say(id, calls(10), t.me)).toBe(2);
  });
});

describe('before it is sent', () => {
  it('a draft is kept as typed, for its writer, until it is sent', async () => {
    const path = `/api/salons/${DEMO}/forum/drafts`;
    const draft = { place: 'new', title: ' 标', source: '  半句\u200b' };
    await t.me.send('PUT', path, draft);
    const read = async (client: Client) => (await client.get(`${path}?place=new`)).json();
    expect(await read(t.me)).toEqual({
      title: ' 标',
      source: '  半句\u200b',
      at: new Date(t.clock.now).toISOString(),
    });
    expect(await read(t.other)).toEqual({ title: '', source: '', at: null });
    await t.begin();
    expect((await read(t.me)).at).toBeNull();
    await t.me.send('PUT', path, draft);
    await t.me.send('DELETE', `${path}?place=new`);
    expect((await read(t.me)).at).toBeNull();
  });

  it('a preview shows it, says which names are nobody’s, and changes nothing', async () => {
    const before = dump(t);
    const sent = await t.me.send('POST', `/api/salons/${DEMO}/forum/preview`, {
      source: '**好** @渭运社区 @查无此人',
    });
    expect(await sent.json()).toEqual({
      html: '<p><strong>好</strong> <span class="mention">@渭运社区</span> @查无此人</p>',
      missing: ['查无此人'],
    });
    expect(dump(t)).toEqual(before);
  });
});
