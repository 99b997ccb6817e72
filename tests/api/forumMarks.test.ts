import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedThread } from '../support/forum.ts';
import { createModerating, inDemo, type Moderating } from '../support/moderating.ts';
import { addOtherSalon } from '../support/testApp.ts';

let forum: Moderating;
beforeAll(async () => {
  forum = await createModerating();
  await addOtherSalon(forum);
});
afterAll(() => forum.close());

/** 渭运社区 asks; 景翼社区 and 陕拖社区 answer. */
const ask = (more: object = {}): string =>
  seedThread(forum, {
    title: '微网格长怎么补贴',
    posts: [
      {},
      { by: 'jingyi', unit: '景翼社区' },
      { by: 'shantuo', unit: '陕拖社区' },
      { by: 'shantuo', unit: '陕拖社区', state: 'hidden' },
    ],
    ...more,
  });
const mark = (login: string, id: string, n: number) =>
  forum.send(login, 'PUT', `/threads/${id}/posts/${n}/mark`);
const unmark = (login: string, id: string, n: number) =>
  forum.send(login, 'DELETE', `/threads/${id}/posts/${n}/mark`);
const accept = (login: string, id: string, n: number) =>
  forum.send(login, 'PUT', `/threads/${id}/accepted`, { n });
const unaccept = (login: string, id: string) =>
  forum.send(login, 'DELETE', `/threads/${id}/accepted`);
const ok = async (answer: Promise<Response>) => expect((await answer).status).toBe(200);

describe('同问 and 有用', () => {
  it('count one for each person, and are taken back', async () => {
    const id = ask();
    const before = forum.thread(id).version;
    await ok(mark('jingyi', id, 1));
    await ok(mark('shantuo', id, 1));
    await ok(mark('minzheng', id, 2));
    expect([forum.post(id, 1).marks, forum.post(id, 2).marks]).toEqual([2, 1]);
    expect(forum.thread(id).version).toBe(before + 3);
    const was = forum.rows('SELECT * FROM thread');
    await ok(mark('jingyi', id, 1));
    expect(forum.rows('SELECT * FROM thread')).toEqual(was);
    await ok(unmark('jingyi', id, 1));
    await ok(unmark('jingyi', id, 1));
    expect(forum.post(id, 1).marks).toBe(1);
    expect(forum.thread(id).version).toBe(before + 4);
    const { seq } = forum.post(id, 1);
    expect(forum.rows('SELECT * FROM post_mark WHERE post_seq = ?', seq)).toHaveLength(1);
    expect(await forum.told('weiyun')).toEqual([]);
  });

  it('are not for one’s own posts, nor for what is not shown or not there', async () => {
    const id = ask();
    await forum.refused(() => mark('weiyun', id, 1), [409, 'ownMark']);
    await forum.refused(() => mark('weiyun', id, 4), [409, 'postGone']);
    await forum.refused(() => mark('weiyun', id, 9), [404, 'notFound']);
    await forum.refused(() => mark('weiyun', '0'.repeat(20), 1), [404, 'notFound']);
  });

  it('are for members: not for others of the internet, of other salons, or guests elsewhere', async () => {
    const id = ask();
    await forum.refused(() => mark('', id, 2), [401, 'signIn']);
    await forum.refused(() => mark('qita', id, 2), [404, 'notFound']);
    await forum.refused(() => mark('qitashuji', id, 2), [404, 'notFound']);
    await forum.refused(() => mark('yibao', id, 2), [403, 'forbidden']);
  });

  it('stay open where a thread is locked, and close where it is gone', async () => {
    await ok(mark('shantuo', ask({ lockedAt: 1 }), 2));
    const gone = ask({ hiddenAt: 1 });
    await forum.refused(() => mark('shantuo', gone, 2), [410, 'threadGone']);
  });
});

describe('采纳', () => {
  it('is the asker’s: the answer’s author is told, and it is undone and changed', async () => {
    const id = ask();
    const before = forum.thread(id).version;
    await ok(accept('weiyun', id, 2));
    expect(forum.thread(id)).toMatchObject({ accepted: 2, version: before + 1 });
    expect(await forum.told('jingyi')).toEqual(['渭运社区采纳了您的回复：微网格长怎么补贴']);
    expect(await forum.told('shantuo')).toEqual([]);
    await ok(accept('weiyun', id, 3));
    expect(forum.thread(id).accepted).toBe(3);
    expect(await forum.told('shantuo')).toHaveLength(1);
    await ok(unaccept('weiyun', id));
    expect(forum.thread(id)).toMatchObject({ accepted: null, version: before + 3 });
    const actions = forum.rows<{ action: string; detail: string }>(
      'SELECT action, detail FROM audit WHERE subject = ? ORDER BY seq',
      id,
    );
    expect(actions.map(({ action, detail }) => [action, JSON.parse(detail)])).toEqual([
      ['forum.accept', { n: 2 }],
      ['forum.accept', { n: 3 }],
      ['forum.unaccept', {}],
    ]);
    const host = await forum.as('minzheng');
    const log = await (await host.get(`/api${inDemo('/audit')}`)).text();
    expect(log).toContain('采纳一条回复');
    expect(log).toContain('楼层');
  });

  it('tells once, however often it is given; twice is as once', async () => {
    const id = ask();
    await ok(accept('weiyun', id, 2));
    const was = forum.thread(id);
    await ok(accept('weiyun', id, 2));
    expect(forum.thread(id)).toEqual(was);
    await ok(unaccept('weiyun', id));
    await ok(unaccept('weiyun', id));
    await ok(accept('weiyun', id, 2));
    expect(await forum.told('jingyi')).toHaveLength(1);
  });

  it('is the host’s as well, in the name of the host unit', async () => {
    const id = ask();
    await ok(accept('minzheng', id, 2));
    expect(await forum.told('jingyi')).toEqual([
      '富平县民政局（演示）采纳了您的回复：微网格长怎么补贴',
    ]);
    await ok(unaccept('minzheng', id));
    expect(forum.thread(id).accepted).toBeNull();
  });

  it('takes a reply that is shown', async () => {
    const id = ask();
    await forum.refused(() => accept('weiyun', id, 1), [422, 'invalid']);
    await forum.refused(() => accept('weiyun', id, 4), [409, 'postGone']);
    await forum.refused(() => accept('weiyun', id, 9), [404, 'notFound']);
  });

  it('is nobody else’s: not of whoever answered, nor of another salon, nor of who has left', async () => {
    const id = ask();
    for (const what of [() => accept('jingyi', id, 2), () => unaccept('jingyi', id)]) {
      await forum.refused(what, [403, 'forbidden']);
    }
    await forum.refused(() => accept('qita', id, 2), [404, 'notFound']);
    await forum.refused(() => accept('', id, 2), [401, 'signIn']);
    const left = seedThread(forum, { by: 'xueyuan', posts: [{}, { by: 'jingyi' }] });
    const learner = forum.personId('xueyuan');
    forum.rows('UPDATE membership SET until = since + 1 WHERE person_id = ? RETURNING id', learner);
    await forum.refused(() => accept('xueyuan', left, 2), [403, 'forbidden']);
  });

  it('is not told to an author who has left', async () => {
    const id = ask({ posts: [{}, { by: 'baoxian', unit: '某保险公司（演示）' }] });
    await ok(accept('weiyun', id, 2));
    expect(await forum.told('baoxian')).toEqual([]);
  });
});
