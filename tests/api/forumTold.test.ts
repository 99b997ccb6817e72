import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO } from '../support/testApp.ts';
import { createWriting, posts, type Writing } from '../support/writing.ts';

let t: Writing;
beforeEach(async () => {
  t = await createWriting();
});
afterEach(() => t.close());

describe('who is told', () => {
  it('each once of a post: called, answered or following', async () => {
    const id = await t.begin();
    await t.say(id, '答');
    const third = await t.as('xueyuan');
    await t.say(id, '@景翼社区 您说的对', third, { replyTo: 2 });
    expect(t.toldOf('weiyun')).toEqual(['post.answered 2']);
    expect(t.toldOf('jingyi')).toEqual(['post.mentioned 3']);
    expect(t.toldOf('xueyuan')).toEqual([]);
  });

  it('no more of a thread until they have read what they were told', async () => {
    const id = await t.begin();
    for (let i = 0; i < 5; i += 1) await t.say(id, `第 ${i} 条`);
    expect(t.toldOf('weiyun')).toEqual(['post.answered 2']);
    t.services.db.sqlite.exec('UPDATE inbox SET read_at = 1');
    await t.say(id, '再来一条');
    expect(t.toldOf('weiyun')).toEqual(['post.answered 2', 'post.answered 7']);
  });

  it('the muted of their own name only, once however often a post is changed', async () => {
    const id = await t.begin();
    await t.me.send('PUT', `/api/threads/${id}/follow`, { level: 'mute' });
    await t.say(id, '答');
    expect(t.toldOf('weiyun')).toEqual([]);
    const n = await t.say(id, '@渭运社区 看看');
    await t.other.send('PUT', `${posts(id)}/${n}`, { source: '@渭运社区 请看看', edits: 0 });
    expect(t.toldOf('weiyun')).toEqual(['post.mentioned 3']);
  });

  it('nobody who may not read the thread', async () => {
    const id = await t.begin({ isPublic: false });
    const { names } = await (await t.me.get(`/api/salons/${DEMO}/forum/names`)).json();
    const name = t.one<{ name: string }>(
      'SELECT name FROM person WHERE id = ?',
      t.personId('baoxian'),
    );
    expect(names).toContain(name.name);
    await t.say(id, `@${name.name} 您好`);
    expect(t.toldOf('baoxian')).toEqual([]);
  });
});
