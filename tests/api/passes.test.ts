import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const DAY = 24 * 3600_000;
const PASSWORD = 'violet-otter-lantern-42';
let now: number;
let t: TestApp;
let host: Client;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  t = await createTestApp({ clock: () => now });
  host = await t.as('minzheng');
});
afterEach(() => t.close());

interface Pass {
  readonly personId: string;
  readonly code: string;
  readonly link: string;
  readonly expiresAt: string;
}
const MEMBERS = `/api/salons/${DEMO}/members`;
async function invite(given: object = { phone: '13900000001' }): Promise<Pass> {
  const added = await host.send('POST', MEMBERS, { name: '王一', role: 'learner', ...given });
  expect(added.status).toBe(201);
  return ((await added.json()) as { invitation: Pass }).invitation;
}
async function reset(who: string): Promise<Pass> {
  return (await host.send('POST', `${MEMBERS}/${t.personId(who)}/reset`)).json();
}
const inspect = (pass: string) => t.visitor.send('POST', '/api/passes/inspect', { pass });
const redeem = (pass: string, more: object = {}) =>
  t.visitor.send('POST', '/api/passes/redeem', { pass, password: PASSWORD, ...more });
const signIn = (login: string, password = PASSWORD) =>
  t.visitor.send('POST', '/api/sign-in', { login, password });

describe('an invitation', () => {
  it('is a link and a code, for seven days, and not in the database', async () => {
    const pass = await invite();
    expect(pass.code).toMatch(/^(?:[2-9a-hjkmnp-tv-z]{4}-){5}[2-9a-hjkmnp-tv-z]{4}$/);
    expect(pass.link).toBe(`http://localhost/join/#${pass.code}`);
    expect(pass.expiresAt).toBe(new Date(now + 7 * DAY).toISOString());
    expect(JSON.stringify(dump(t))).not.toContain(pass.code);
  });

  it('tells whom it is for and what to sign in with, masked', async () => {
    const { code, expiresAt } = await invite();
    expect(await (await inspect(code)).json()).toEqual({
      kind: 'invitation',
      name: '王一',
      salon: '富平县社区治理主题沙龙（演示）',
      phone: '139****0001',
      userName: null,
      expiresAt,
    });
  });

  it('sets a password and signs in, and that is all that it can do', async () => {
    const { code } = await invite();
    const entered = await redeem(code.toUpperCase().replaceAll('-', ''));
    expect(await entered.json()).toEqual({ signedIn: true });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const me = await t.visitor.get('/api/me', { cookie });
    expect(await me.json()).toMatchObject({
      me: { name: '王一', salons: [{ roles: ['learner'] }] },
    });
    expect((await signIn('13900000001')).status).toBe(200);
  });

  it('is good once: a replay changes nothing', async () => {
    const { code } = await invite();
    await redeem(code);
    const before = dump(t);
    for (const again of [
      await redeem(code, { password: 'another-otter-lantern-7' }),
      await inspect(code),
    ]) {
      expect([again.status, await codeOf(again)]).toEqual([410, 'passInvalid']);
      expect(again.headers.get('set-cookie')).toBeNull();
    }
    expect(dump(t)).toEqual(before);
  });

  it('lets one of two in who use it at the same time', async () => {
    const { code } = await invite();
    const passwords = ['violet-otter-lantern-42', 'copper-meadow-bicycle-71'];
    const both = await Promise.all(passwords.map((password) => redeem(code, { password })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const winner = both.findIndex(({ status }) => status === 200);
    const tries = await Promise.all(passwords.map((one) => signIn('13900000001', one)));
    expect(tries.findIndex(({ status }) => status === 200)).toBe(winner);
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      t.services.db.sqlite.prepare("SELECT 1 FROM audit WHERE action = 'pass.redeem'").all(),
    ).toHaveLength(1);
  });

  it('ends after seven days', async () => {
    const { code } = await invite();
    now += 7 * DAY - 1;
    expect((await inspect(code)).status).toBe(200);
    now += 1;
    expect(await codeOf(await redeem(code))).toBe('passInvalid');
    expect(await codeOf(await signIn('13900000001'))).toBe('wrongLogin');
  });

  it('is void once there is a newer one', async () => {
    const old = await invite();
    const fresh: Pass = await (
      await host.send('POST', `${MEMBERS}/${old.personId}/invitation`)
    ).json();
    expect(fresh.code).not.toBe(old.code);
    expect(await codeOf(await redeem(old.code))).toBe('passInvalid');
    expect((await redeem(fresh.code)).status).toBe(200);
    const late = await host.send('POST', `${MEMBERS}/${old.personId}/invitation`);
    expect(await codeOf(late)).toBe('enteredAlready');
  });

  it('is void when the account is closed', async () => {
    const { code, personId } = await invite();
    const admin = await t.as('admin');
    await admin.send('PUT', `/api/accounts/${personId}/active`, { active: false });
    expect(await codeOf(await redeem(code))).toBe('passInvalid');
  });

  test.each(['', 'aaaa', '中文', "' OR 1=1 --", '\u0000', 'a'.repeat(256)])(
    'none: %j',
    async (pass) => {
      const before = dump(t);
      expect([410, 422]).toContain((await redeem(pass)).status);
      expect(dump(t)).toEqual(before);
    },
  );

  test.each([
    ['short', '密码至少 8 个字符'],
    ['password', '猜'],
    ['13900000001', '猜'],
    ['yuanzhuo2026', '猜'],
    ['aaaaaaaaaaaa', '猜'],
    ['x'.repeat(129), '密码最多 128 个字符'],
    ['abcdefg\ud800xyz', '密码最多 128 个字符'],
  ])('does not set a weak password: %s', async (password, words) => {
    const { code } = await invite();
    const before = dump(t);
    const refused = await redeem(code, { password });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(words);
    expect(dump(t)).toEqual(before);
    expect((await redeem(code)).status).toBe(200);
  });

  it('lets its owner choose a user name, but not one that is taken', async () => {
    const { code } = await invite();
    const before = dump(t);
    const taken = await redeem(code, { userName: 'weiyun' });
    expect([taken.status, await codeOf(taken)]).toEqual([409, 'loginTaken']);
    expect(dump(t)).toEqual(before);
    expect((await redeem(code, { userName: 'WangYi' })).status).toBe(200);
    expect((await signIn('wangyi')).status).toBe(200);
  });
});

describe('a reset code', () => {
  it('sets a new password within a day and ends every session', async () => {
    const old = await t.as('weiyun');
    const { code, expiresAt } = await reset('weiyun');
    expect(code).toMatch(/^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/);
    expect(expiresAt).toBe(new Date(now + DAY).toISOString());
    expect((await old.get('/api/me/devices')).status).toBe(200);
    expect((await redeem(code)).status).toBe(200);
    expect((await old.get('/api/me/devices')).status).toBe(401);
    expect((await signIn('weiyun', 'yuanzhuo-demo')).status).toBe(401);
    expect((await signIn('weiyun')).status).toBe(200);
  });

  it('ends after a day, and is void once the password was changed', async () => {
    const { code } = await reset('weiyun');
    now += DAY;
    expect(await codeOf(await redeem(code))).toBe('passInvalid');
    const { code: second } = await reset('jingyi');
    const me = await t.as('jingyi');
    const change = { current: 'yuanzhuo-demo', next: PASSWORD };
    expect((await me.send('PUT', '/api/me/password', change)).status).toBe(200);
    expect(await codeOf(await redeem(second))).toBe('passInvalid');
  });

  it('is given by a host to members who have entered, not to hosts or admins', async () => {
    const { personId } = await invite();
    const ask = (id: string) => host.send('POST', `${MEMBERS}/${id}/reset`);
    expect(await codeOf(await ask(personId))).toBe('notEntered');
    const before = dump(t);
    expect(await codeOf(await ask(t.personId('minzheng')))).toBe('otherHost');
    expect(await codeOf(await ask(t.personId('admin')))).toBe('notFound');
    expect(dump(t)).toEqual(before);
  });

  it('asks for the second factor where it is on', async () => {
    const { db, secret } = t.services;
    const sealed = secret.seal('totp', 'ABCDEFGHABCDEFGH');
    db.sqlite
      .prepare('INSERT INTO second_factor VALUES (?, ?, 1, 0)')
      .run(t.personId('weiyun'), sealed);
    const entered = await redeem((await reset('weiyun')).code);
    expect(await entered.json()).toEqual({ signedIn: false });
    expect(entered.headers.get('set-cookie')).toBeNull();
    expect(await codeOf(await signIn('weiyun'))).toBe('secondFactorAsked');
  });
});
