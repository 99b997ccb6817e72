import { afterAll, beforeAll, expect, it } from 'vitest';
import { createModerating, inDemo, type Moderating } from '../support/moderating.ts';
import { addOtherSalon } from '../support/testApp.ts';

let forum: Moderating;
beforeAll(async () => {
  forum = await createModerating();
  await addOtherSalon(forum);
});
afterAll(() => forum.close());

const TITLE = '微网格长一年的补贴从哪里出';
const read = async (login: string, path: string) => {
  const client = login ? await forum.as(login) : forum.visitor;
  const response = await client.get(`/api${path}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return response.json();
};
const write = async (login: string, path: string, body: object) => {
  const response = await forum.send(login, 'POST', path, body);
  expect([200, 201], await response.clone().text()).toContain(response.status);
  return response.json();
};
const found = async (login: string, q: string) => {
  const { hits } = await read(login, `/forum/search?q=${encodeURIComponent(q)}`);
  return (hits as { thread: string; n: number }[]).map(({ thread, n }) => `${thread} ${n}`);
};

it('a question under 微网实格: two answers, one accepted, one reported and hidden, found by a character', async () => {
  // 渭运社区 asks under the case.
  const { thread } = await write('weiyun', inDemo('/threads'), {
    place: { kind: 'case', key: 'weiwang-shige' },
    title: TITLE,
    source: '我们有十二个微网格，通讯费从哪里出？',
    asks: true,
    isPublic: true,
  });
  const post = (login: string, source: string) =>
    write(login, `/threads/${thread}/posts`, { source });
  // The same trouble elsewhere.
  await forum.done('shequ5', 'PUT', `/threads/${thread}/posts/1/mark`);
  const waiting = await read('jingyi', `${inDemo('/threads')}?view=waiting`);
  expect(waiting.threads.map(({ id }: { id: string }) => id)).toContain(thread);

  // Two answer; one of them offends.
  const good = await post('jingyi', '从**党群经费**里列，按龘次数结算。');
  const bad = await post('shantuo', '连这个都不会，别当书记了，鱻。');
  expect([good.n, bad.n]).toEqual([2, 3]);
  expect(await forum.told('weiyun')).toEqual([`景翼社区回复了您：${TITLE}`]);
  expect(await forum.told('jingyi')).toEqual([`您关注的讨论有新回复，来自陕拖社区：${TITLE}`]);
  expect(await found('', '龘')).toEqual([`${thread} 2`]);
  expect(await found('', '鱻')).toEqual([`${thread} 3`]);

  // The asker accepts the answer that helped; its author is told.
  await forum.done('weiyun', 'PUT', `/threads/${thread}/accepted`, { n: 2 });
  expect(await forum.told('jingyi')).toEqual([`渭运社区采纳了您的回复：${TITLE}`]);
  // It shows under the case, to anybody; nobody's name does.
  const about = await read('', '/places/case/weiwang-shige/threads');
  const helped = about.solved.find(({ id }: { id: string }) => id === thread);
  expect(helped).toMatchObject({ n: 2, title: TITLE, unit: '景翼社区' });
  expect(helped.gist).toContain('党群经费');
  expect(JSON.stringify(about)).not.toContain('演示·');
  const solved = await read('weiyun', `${inDemo('/threads')}?view=solved`);
  expect(solved.threads[0]).toMatchObject({ id: thread, accepted: 2, same: 1 });

  // Somebody reports the offence; the host hides it, and says why to all.
  await forum.done('shequ4', 'POST', `/threads/${thread}/posts/3/reports`, { reason: '贬损同事' });
  const { reports } = await read('minzheng', inDemo('/reports'));
  expect(reports).toMatchObject([{ thread, n: 3, reason: '贬损同事' }]);
  const decision = { decision: 'hidden', reason: '对人不对事，违反交流约定' };
  await forum.done('minzheng', 'POST', inDemo(`/reports/${reports[0].id}`), decision);
  const page = await read('', `/threads/${thread}`);
  expect(page.thread).toMatchObject({ accepted: 2, replies: 1, posts: 3 });
  expect(page.thread.rows[2]).toMatchObject({
    ...{ n: 3, state: 'hidden', html: '', reason: decision.reason, name: null },
  });
  expect(JSON.stringify(page)).not.toContain('鱻');
  expect(await found('', '鱻')).toEqual([]);
  expect(await found('minzheng', '鱻')).toEqual([]);
  expect(await found('', '龘')).toEqual([`${thread} 2`]);
  expect(await forum.told('shantuo')).toEqual([
    `您在“${TITLE}”里的一条被隐去，理由：${decision.reason}`,
  ]);
  expect(await forum.told('shequ4')).toEqual([
    `您举报的“${TITLE}”里的一条已隐去，理由：${decision.reason}`,
  ]);

  // Moved to a method, it is found there and no more here; its address is as it was.
  await forum.moderate(thread, 'move', { place: { kind: 'method', key: 'sanjian-yiguan' } });
  const [here, there] = await Promise.all(
    ['case/weiwang-shige', 'method/sanjian-yiguan'].map((place) =>
      read('', `/places/${place}/threads`),
    ),
  );
  const ids = ({ threads }: { threads: { id: string }[] }) => threads.map(({ id }) => id);
  expect([ids(here).includes(thread), ids(there)]).toEqual([false, [thread]]);
  expect((await read('', `/threads/${thread}`)).thread.place).toMatchObject({
    ...{ kind: 'method', name: '三建一管' },
  });

  // Closed to members, it is gone from the public's lists, search and pages.
  await forum.moderate(thread, 'close');
  expect(await found('', '龘')).toEqual([]);
  expect(await found('qitashuji', '龘')).toEqual([]);
  expect(await found('weiyun', '龘')).toEqual([`${thread} 2`]);
  expect((await forum.visitor.get(`/api/threads/${thread}`)).status).toBe(401);
  expect(ids(await read('', '/places/method/sanjian-yiguan/threads'))).toEqual([]);

  // Locked, it takes no reply; taken away, members learn that it is gone.
  await forum.moderate(thread, 'lock');
  const reply = () =>
    forum.send('jingyi', 'POST', `/threads/${thread}/posts`, { source: '再说一句' });
  await forum.refused(reply, [409, 'threadLocked']);
  await forum.moderate(thread, 'hideThread');
  await forum.refused(reply, [410, 'threadGone']);
  expect(await found('weiyun', '龘')).toEqual([]);
});

it('a reported post that its author deletes stays before the hosts until they decide', async () => {
  const { thread } = await write('weiyun', inDemo('/threads'), {
    place: { kind: 'theme', key: 'wangge' },
    title: '网格员的手机号要不要公开',
    source: '居民要，网格员不愿意。',
    asks: true,
    isPublic: true,
  });
  await write('shantuo', `/threads/${thread}/posts`, { source: '不愿意就别干，靐。' });
  await forum.done('jingyi', 'POST', `/threads/${thread}/posts/2/reports`, { reason: '话太难听' });
  const removed = await forum.send('shantuo', 'DELETE', `/threads/${thread}/posts/2`);
  expect(removed.ok).toBe(true);
  const { reports } = await read('minzheng', inDemo('/reports'));
  expect(reports[0].html).toContain('靐');
  for (const login of ['', 'weiyun', 'minzheng']) {
    expect(JSON.stringify(await read(login, `/threads/${thread}`))).not.toContain('靐');
  }
  const decision = { decision: 'hidden', reason: '作者已自行删除' };
  await forum.done('minzheng', 'POST', inDemo(`/reports/${reports[0].id}`), decision);
  const { sqlite } = forum.services.db;
  const kept = sqlite.prepare('SELECT count(*) FROM report WHERE kept IS NOT NULL').pluck().get();
  expect(kept).toBe(0);
});
