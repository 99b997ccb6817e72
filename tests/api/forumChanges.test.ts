import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from '../support/dump.ts';
import { createWriting, MINUTE, posts, QUESTION, type Writing } from '../support/writing.ts';

let t: Writing;
beforeEach(async () => {
  t = await createWriting();
});
afterEach(() => t.close());

describe('a change', () => {
  it('keeps what was said, and shows only after half an hour', async () => {
    const id = await t.begin();
    const [at, path] = [t.clock.now, `${posts(id)}/1`];
    t.clock.now = at + 30 * MINUTE;
    const edited = await t.me.send('PUT', path, { source: '改一次', edits: 0 });
    expect(await edited.json()).toEqual({ n: 1, edits: 1 });
    expect(t.one('SELECT edited_at FROM post WHERE thread_id = ?', id)).toEqual({
      edited_at: null,
    });
    t.clock.now += 1;
    await t.me.send('PUT', path, { source: '改两次', edits: 1 });
    expect(t.one('SELECT edited_at FROM post WHERE thread_id = ?', id)).toEqual({
      edited_at: t.clock.now,
    });
    const { versions } = await (await t.other.get(`${path}/history`)).json();
    expect(versions).toEqual([
      { source: QUESTION.source, at: new Date(at).toISOString() },
      { source: '改一次', at: new Date(at + 30 * MINUTE).toISOString() },
    ]);
    expect(await (await t.other.get(`${path}/source`)).json()).toEqual({
      source: '改两次',
      edits: 2,
      unit: '渭运社区',
    });
    expect((await t.visitor.get(`${path}/history`)).status).toBe(401);
  });

  it('is of one’s own, and of the text that one saw', async () => {
    const id = await t.begin();
    const path = `${posts(id)}/1`;
    await t.me.send('PUT', path, { source: '在手机上改', edits: 0 });
    await t.refused('409 editedMeanwhile', () =>
      t.me.send('PUT', path, { source: '在电脑上改', edits: 0 }),
    );
    await t.refused('403 forbidden', () =>
      t.other.send('PUT', path, { source: '替他改', edits: 1 }),
    );
    const host = await t.as('minzheng');
    await t.refused('403 forbidden', () => host.send('PUT', path, { source: '替他改', edits: 1 }));
    await t.refused('403 forbidden', () =>
      t.me.send('PUT', `${posts(id)}/9`, { source: '改', edits: 0 }),
    );
    const { version } = t.threadOf(id);
    await t.me.send('PUT', path, { source: '在手机上改', edits: 1 });
    expect(t.threadOf(id)['version']).toBe(version);
  });
});

describe('deleting', () => {
  it('leaves nothing of the text anywhere, and its place', async () => {
    const id = await t.begin();
    const secret = '鱻麤龘靐齉';
    const n = await t.say(id, `${secret} @渭运社区`);
    await t.other.send('PUT', `${posts(id)}/${n}`, { source: `${secret} 改过`, edits: 0 });
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
    await t.refused('403 forbidden', () => t.me.send('DELETE', `${posts(id)}/${n}`));
    for (const _ of [1, 2]) {
      expect((await t.other.send('DELETE', `${posts(id)}/${n}`)).status).toBe(200);
    }
    expect([holds(), indexed()]).toEqual([false, 0]);
    expect(t.one('SELECT state, n FROM post WHERE thread_id = ? AND n = ?', id, n)).toEqual({
      state: 'deleted',
      n,
    });
    const { rows } = (await (await t.me.get(`/api/threads/${id}`)).json()).thread;
    expect(rows[1]).toMatchObject({ n, state: 'deleted', editedAt: null });
    expect(Date.parse(rows[1].goneAt)).toBeGreaterThanOrEqual(Date.parse(rows[1].at));
    expect(t.threadOf(id)).toMatchObject({ posts: 2, replies: 0, hidden_at: null });
    await t.refused('409 postGone', () =>
      t.other.send('PUT', `${posts(id)}/${n}`, { source: '改', edits: 1 }),
    );
    expect(await t.say(id, '下一条')).toBe(3);
  });

  it('of the first post leaves the thread where there are replies, else takes it away', async () => {
    const alone = await t.begin();
    await t.me.send('DELETE', `${posts(alone)}/1`);
    expect(t.threadOf(alone)).toMatchObject({ hidden_at: t.clock.now, title: '作者撤下的讨论' });
    const named = '只有这里说过的标题';
    const told = await t.begin({ title: named, source: '@景翼社区 请看' });
    await t.other.send('POST', `${posts(told)}/1/reports`, { reason: '点名' });
    expect(t.count('SELECT count(*) FROM notice WHERE instr(data, ?)', named)).toBe(2);
    await t.me.send('DELETE', `${posts(told)}/1`);
    expect(JSON.stringify(dump(t))).not.toContain(named);
    expect(t.toldOf('jingyi')).toEqual(['post.mentioned 1']);
    const answered = await t.begin();
    await t.say(answered, '答');
    await t.me.send('DELETE', `${posts(answered)}/1`);
    expect(t.threadOf(answered)).toMatchObject({
      hidden_at: null,
      title: QUESTION.title,
      replies: 1,
    });
  });
});

describe('what was deleted last', () => {
  it('no longer says when a thread was last written in, and by whom', async () => {
    const id = await t.begin();
    const begun = t.clock.now;
    t.clock.now += MINUTE;
    const n = await t.say(id, '答');
    await t.other.send('DELETE', `${posts(id)}/${n}`);
    expect(t.threadOf(id)).toMatchObject({ last_at: begun, last_unit: '渭运社区', replies: 0 });
  });
});
