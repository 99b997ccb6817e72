import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

const password = 'yuanzhuo-demo';
let t: TestApp;
let me: Client;
beforeEach(async () => {
  t = await createTestApp();
  me = await t.as('weiyun');
});
afterEach(() => t.close());
const change = (body: object) => me.send('PATCH', '/api/me', body);
const read = async () => ((await (await me.get('/api/me')).json()) as { me: object }).me;

describe('my profile', () => {
  it('shows me who I am and what I am', async () => {
    expect(await read()).toMatchObject({
      name: '演示·渭运社区书记',
      userName: 'weiyun',
      phone: null,
      isAdmin: false,
      salons: [{ slug: 'fuping-demo', roles: ['secretary'], seat: { community: '渭运社区' } }],
    });
    expect(await (await t.visitor.get('/api/me')).json()).toEqual({ me: null });
  });

  it('changes the name without the password, and nothing else', async () => {
    const before = await read();
    expect((await change({ name: ' 渭运\u200b书记 ' })).status).toBe(200);
    expect(await read()).toEqual({ ...before, name: '渭运书记' });
  });

  it.each([
    [{ phone: '13900000001' }],
    [{ userName: 'newname' }],
    [{ email: 'a@example.cn' }],
    [{ userName: null, phone: '13900000001' }],
  ])('changes %j only with the password', async (body) => {
    const before = dump(t);
    expect(await codeOf(await change(body))).toBe('wrongPassword');
    expect(await codeOf(await change({ ...body, password: 'wrong' }))).toBe('wrongPassword');
    expect(dump(t)).toEqual(before);
    expect((await change({ ...body, password })).status).toBe(200);
    expect(await read()).toMatchObject(body);
  });

  it('keeps at least one way to sign in', async () => {
    const before = dump(t);
    const refused = await change({ userName: null, password });
    expect([refused.status, await codeOf(refused)]).toEqual([422, 'needsLogin']);
    expect(dump(t)).toEqual(before);
  });

  it('takes nothing that belongs to another', async () => {
    const exec =
      "UPDATE person SET phone = '13900000009', email = 'a@b.cn' WHERE user_name = 'jingyi'";
    t.services.db.sqlite.exec(exec);
    const before = dump(t);
    for (const body of [
      { userName: 'JINGYI' },
      { phone: '+86 13900000009' },
      { email: 'A@B.cn' },
    ]) {
      const refused = await change({ ...body, password });
      expect([refused.status, await codeOf(refused)]).toEqual([409, 'loginTaken']);
    }
    expect(dump(t)).toEqual(before);
  });

  it('lets one of two have a name that both want at once', async () => {
    const other = await t.as('jingyi');
    const body = { userName: 'wanted', password };
    const both = await Promise.all([change(body), other.send('PATCH', '/api/me', body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('shuts out who guesses at the password with a borrowed session', async () => {
    for (let i = 0; i < 10; i += 1) await change({ email: 'a@example.cn', password: 'wrong' });
    const before = dump(t);
    const refused = await change({ email: 'a@example.cn', password });
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'tooMany']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(dump(t)).toEqual(before);
    const other = await t.as('jingyi');
    expect((await other.send('PATCH', '/api/me', { email: 'a@example.cn', password })).status).toBe(
      200,
    );
  });

  it('an empty change changes nothing', async () => {
    const before = dump(t);
    expect((await change({})).status).toBe(200);
    expect(dump(t)).toEqual(before);
  });
});
