import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { indexedQuery } from '../../api/forum/tokens.ts';
import { ACTION_TITLES } from '../../api/salon/auditWords.ts';
import { seedThread } from '../support/forum.ts';
import { createModerating, inDemo, type Moderating, REASON } from '../support/moderating.ts';
import { addSession, addTopic, FAR, salonId } from '../support/months.ts';
import { addOtherSalon } from '../support/testApp.ts';

let forum: Moderating;
beforeAll(async () => {
  forum = await createModerating();
  await addOtherSalon(forum);
});
afterAll(() => forum.close());

const TITLE = '微网格长怎么补贴';
/** 渭运社区 asks; 景翼社区 and then 陕拖社区 answer. */
const ask = (more: object = {}): string =>
  seedThread(forum, {
    title: TITLE,
    posts: [
      { text: '我们有十二个微网格' },
      { by: 'jingyi', unit: '景翼社区', text: '按次数算' },
      { by: 'shantuo', unit: '陕拖社区', text: '贬损人的话' },
    ],
    ...more,
  });
const moderate = (login: string, id: string, input: object) =>
  forum.send(login, 'POST', `/threads/${id}/moderation`, { reason: REASON, ...input });
const logged = (id: string) =>
  forum.rows<{ action: string; reason: string; post_seq: number | null }>(
    'SELECT action, reason, post_seq FROM moderation WHERE thread_id = ? ORDER BY seq',
    id,
  );
const audited = (id: string) =>
  forum
    .rows<{ action: string }>('SELECT action FROM audit WHERE subject = ? ORDER BY seq', id)
    .map(({ action }) => action);
const found = (words: string) =>
  forum.rows<{ rowid: number }>('SELECT rowid FROM post_text(?)', indexedQuery(words));

describe('a whole thread', () => {
  /** What it does, what undoes it, the column, and what its author is told of both. */
  const pairs = [
    ['lock', 'unlock', 'locked_at', '已锁定，暂时不能回复', '已解除锁定，可以回复'],
    ['pin', 'unpin', 'pinned_at', '已置顶', '不再置顶'],
    ['hideThread', 'showThread', 'hidden_at', '已撤下', '已恢复'],
  ] as const;

  test.each(pairs)('%s and %s', async (one, other, column, what, undone) => {
    const id = ask();
    const { version } = forum.thread(id);
    await forum.moderate(id, one);
    expect(forum.thread(id)).toMatchObject({
      [column]: expect.any(Number),
      version: version + 1,
    });
    expect(await forum.told('weiyun')).toEqual([`您的讨论“${TITLE}”${what}，理由：${REASON}`]);
    await forum.moderate(id, other, { reason: '已经说清楚了' });
    expect(forum.thread(id)).toMatchObject({ [column]: null, version: version + 2 });
    expect(await forum.told('weiyun')).toEqual([`您的讨论“${TITLE}”${undone}，理由：已经说清楚了`]);
    for (const login of ['jingyi', 'shantuo', 'minzheng', 'shequ4', 'qita']) {
      expect(await forum.told(login)).toEqual([]);
    }
    expect(logged(id)).toEqual([
      { action: one, reason: REASON, post_seq: null },
      { action: other, reason: '已经说清楚了', post_seq: null },
    ]);
    expect(audited(id)).toEqual([`forum.${one}`, `forum.${other}`]);
  });

  it('closes to members and opens to anybody', async () => {
    const id = ask();
    await forum.moderate(id, 'close');
    expect(forum.thread(id).is_public).toBe(0);
    expect(await forum.told('weiyun')).toEqual([
      `您的讨论“${TITLE}”改为只有成员能看，理由：${REASON}`,
    ]);
    await forum.moderate(id, 'open');
    expect(forum.thread(id).is_public).toBe(1);
    expect(await forum.told('weiyun')).toEqual([
      `您的讨论“${TITLE}”已公开，任何人都能看，理由：${REASON}`,
    ]);
    expect(audited(id)).toEqual(['forum.close', 'forum.open']);
  });

  test.each(['lock', 'pin', 'close', 'hideThread'])('%s twice is as once', async (action) => {
    const id = ask();
    await forum.moderate(id, action);
    const was = [forum.thread(id), logged(id), audited(id)];
    await forum.told('weiyun');
    await forum.moderate(id, action);
    expect([forum.thread(id), logged(id), audited(id)]).toEqual(was);
    expect(await forum.told('weiyun')).toEqual([]);
  });

  test.each(['unlock', 'unpin', 'open', 'showThread'])(
    '%s where there is nothing to undo',
    async (action) => {
      const id = ask();
      const was = forum.thread(id);
      await forum.moderate(id, action);
      expect(forum.thread(id)).toEqual(was);
      expect(logged(id)).toEqual([]);
    },
  );

  it('of a host is not told to the host who does it', async () => {
    await forum.moderate(ask({ by: 'minzheng' }), 'lock');
    expect(await forum.told('minzheng')).toEqual([]);
  });
});

describe('moving', () => {
  const move = (id: string, kind: string, key: string) =>
    forum.moderate(id, 'move', { place: { kind, key } });
  const placeOf = (id: string) => {
    const { place_kind, place_key } = forum.thread(id);
    return [place_kind, place_key];
  };

  it('to any place of the library, or of the salon; its address and posts stay', async () => {
    const id = ask();
    const session = addSession(forum, FAR);
    const topic = addTopic(forum, '陕拖社区', { title: '楼道灯没有人修' });
    const posts = forum.rows('SELECT * FROM post WHERE thread_id = ?', id);
    for (const [kind, key, stored, name] of [
      ['method', 'sanjian-yiguan', 'sanjian-yiguan', '三建一管'],
      ['theme', 'wangge', 'wangge', '网格治理'],
      ['topic', topic, topic, '楼道灯没有人修'],
      ['session', '99', session.id, '第 99 期沙龙'],
      ['case', 'weiwang-shige', 'weiwang-shige', '微网实格'],
    ] as const) {
      const { version } = forum.thread(id);
      await move(id, kind, key);
      expect(placeOf(id)).toEqual([kind, stored]);
      expect(forum.thread(id).version).toBe(version + 1);
      expect(await forum.told('weiyun')).toEqual([
        `您的讨论“${TITLE}”已移到“${name}”，理由：${REASON}`,
      ]);
    }
    expect(forum.rows('SELECT * FROM post WHERE thread_id = ?', id)).toEqual(posts);
    const log = await (await forum.as('minzheng')).get(`/api${inDemo('/audit')}`);
    expect(await log.text()).toContain('移动讨论');
    await move(id, 'case', 'weiwang-shige');
    expect(await forum.told('weiyun')).toEqual([]);
  });

  it('never to what is not there, not proposed yet, or of another salon', async () => {
    const id = ask();
    const draft = addTopic(forum, '陕拖社区', { state: 'draft' });
    addSession(forum, { slug: 'other', number: 7, month: '2099-11' });
    const foreign = addTopic(forum, '陕拖社区', { salonId: salonId(forum, 'other') });
    for (const [kind, key] of [
      ['case', 'no-such-case'],
      ['case', 'wangge'],
      ['topic', draft],
      ['topic', foreign],
      ['topic', '0'.repeat(20)],
      ['session', '7'],
      ['session', 'x'],
    ]) {
      const input = { action: 'move', place: { kind, key } };
      await forum.refused(() => moderate('minzheng', id, input), [422, 'placeUnknown']);
    }
    await forum.refused(() => moderate('minzheng', id, { action: 'move' }), [422, 'placeNeeded']);
  });
});

describe('one post', () => {
  it('is hidden: text out of the search, counts anew, its author told; and comes back', async () => {
    const id = ask();
    const before = forum.thread(id);
    const { seq } = forum.post(id, 3);
    const others = found('贬损').length;
    await forum.moderate(id, 'hide', { n: 3 });
    expect(forum.post(id, 3).state).toBe('hidden');
    expect(forum.thread(id)).toMatchObject({
      ...{ replies: 1, last_unit: '景翼社区', last_at: before.last_at - 60_000 },
      version: before.version + 1,
    });
    expect(found('贬损')).toHaveLength(others - 1);
    expect(await forum.told('shantuo')).toEqual([`您在“${TITLE}”里的一条被隐去，理由：${REASON}`]);
    expect(await forum.told('weiyun')).toEqual([]);
    expect(logged(id)).toEqual([{ action: 'hide', reason: REASON, post_seq: seq }]);
    await forum.moderate(id, 'hide', { n: 3 });
    expect(logged(id)).toHaveLength(1);
    await forum.moderate(id, 'show', { n: 3, reason: '核对过，属实' });
    expect(forum.thread(id)).toEqual({ ...before, version: before.version + 2 });
    expect(found('贬损')).toHaveLength(others);
    expect(await forum.told('shantuo')).toEqual([
      `您在“${TITLE}”里被隐去的一条已恢复显示，理由：核对过，属实`,
    ]);
    await forum.moderate(id, 'show', { n: 3 });
    expect(audited(id)).toEqual(['forum.hide', 'forum.show']);
  });

  it('that opens the thread comes back into the search with its title', async () => {
    const title = '别处没有的题目';
    const id = ask({ title });
    await forum.moderate(id, 'hide', { n: 1 });
    expect(found('别处没有')).toEqual([]);
    expect(forum.thread(id)).toMatchObject({ replies: 2, hidden_at: null });
    await forum.moderate(id, 'show', { n: 1 });
    expect(found('别处没有')).toEqual([{ rowid: forum.post(id, 1).seq }]);
  });

  it('that was accepted has helped no more; shown again it is to be accepted again', async () => {
    const id = ask({ accepted: 2 });
    await forum.moderate(id, 'hide', { n: 3 });
    expect(forum.thread(id).accepted).toBe(2);
    await forum.moderate(id, 'hide', { n: 2 });
    expect(forum.thread(id).accepted).toBeNull();
    await forum.moderate(id, 'show', { n: 2 });
    expect(forum.thread(id).accepted).toBeNull();
  });

  it('leaves the thread its beginning where no reply is left', async () => {
    const id = ask();
    const { created_at } =
      forum.rows<{ created_at: number }>('SELECT created_at FROM thread WHERE id = ?', id)[0] ?? {};
    await forum.moderate(id, 'hide', { n: 3 });
    await forum.moderate(id, 'hide', { n: 2 });
    await forum.moderate(id, 'hide', { n: 1 });
    expect(forum.thread(id)).toMatchObject({
      replies: 0,
      last_at: created_at,
      last_unit: '渭运社区',
    });
  });

  it('has to be named, and to be there', async () => {
    const id = ask({ posts: [{}, { by: 'jingyi', state: 'deleted' }] });
    for (const action of ['hide', 'show']) {
      await forum.refused(() => moderate('minzheng', id, { action }), [422, 'invalid']);
      await forum.refused(() => moderate('minzheng', id, { action, n: 9 }), [404, 'notFound']);
      await forum.refused(() => moderate('minzheng', id, { action, n: 2 }), [409, 'postGone']);
    }
  });
});

describe('moderating', () => {
  it('needs a reason in words, and an action there is', async () => {
    const id = ask();
    for (const input of [
      { action: 'lock', reason: '' },
      { action: 'lock', reason: ' \u200b ' },
      { action: 'lock', reason: '长'.repeat(201) },
      { action: 'erase' },
      { action: 'lock', extra: 1 },
    ]) {
      await forum.refused(() => moderate('minzheng', id, input), [422, 'invalid']);
    }
  });

  it('is the hosts’ of this salon', async () => {
    const id = ask();
    for (const input of [{ action: 'lock' }, { action: 'hide', n: 2 }, { action: 'unlock' }]) {
      await forum.refused(() => moderate('', id, input), [401, 'signIn']);
      await forum.refused(() => moderate('qita', id, input), [404, 'notFound']);
      for (const login of ['weiyun', 'jingyi', 'peixun', 'xueyuan', 'yibao', 'admin']) {
        await forum.refused(() => moderate(login, id, input), [403, 'forbidden']);
      }
    }
  });

  it('of what was taken away is for hosts only; members learn that it is gone', async () => {
    const id = ask();
    await forum.moderate(id, 'hideThread');
    await forum.moderate(id, 'hide', { n: 3 });
    await forum.refused(
      () => forum.send('weiyun', 'PUT', `/threads/${id}/posts/2/mark`),
      [410, 'threadGone'],
    );
    await forum.moderate(id, 'showThread');
    await forum.done('weiyun', 'PUT', `/threads/${id}/posts/2/mark`);
  });

  it('tells nothing to an author who has left the salon or whose account is gone', async () => {
    const { sqlite } = forum.services.db;
    const learner = forum.personId('xueyuan');
    const id = seedThread(forum, { by: 'xueyuan', posts: [{}, { by: 'jingyi' }] });
    const host = await forum.as('minzheng');
    const removed = await host.send('DELETE', `/api${inDemo(`/members/${learner}`)}`);
    expect(removed.status).toBe(200);
    const count = () =>
      sqlite.prepare('SELECT count(*) FROM inbox WHERE person_id = ?').pluck().get(learner);
    const before = count();
    await forum.moderate(id, 'lock');
    await forum.moderate(id, 'hide', { n: 1 });
    expect(count()).toBe(before);
  });

  it('has its words in the log for each action', () => {
    const actions = forum.rows<{ action: string }>(
      "SELECT DISTINCT action FROM audit WHERE action LIKE 'forum.%'",
    );
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter(({ action }) => !(action in ACTION_TITLES))).toEqual([]);
  });
});
