import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { createApp } from '../../api/app.ts';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

const DAY = 24 * 3600_000;
const START = Date.UTC(2026, 0, 1);
const NEW_PASSWORD = 'violet-otter-lantern-42';
// lucia reads the clock itself; both it and ours follow this one.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterAll(() => {
  vi.useRealTimers();
});
let t: TestApp;
beforeEach(async () => {
  vi.setSystemTime(START);
  t = await createTestApp({ clock: () => Date.now() });
});
afterEach(() => t.close());
const at = (ms: number) => vi.setSystemTime(START + ms);
const inside = async (client: Client) => (await client.get('/api/me/devices')).status === 200;
const cookieOf = (response: Response) => response.headers.get('set-cookie') ?? '';

describe('a session', () => {
  it('ends after 30 days without use', async () => {
    const [used, unused] = [await t.as('weiyun'), await t.as('weiyun')];
    at(30 * DAY - 1);
    expect(await inside(used)).toBe(true);
    at(30 * DAY);
    expect(await inside(unused)).toBe(false);
    expect(await inside(used)).toBe(true);
  });

  it('goes on with use, but ends after 90 days in any case', async () => {
    const client = await t.as('weiyun');
    for (let day = 10; day < 90; day += 10) {
      at(day * DAY);
      expect(await inside(client), `day ${day}`).toBe(true);
    }
    at(90 * DAY - 1);
    expect(await inside(client)).toBe(true);
    at(90 * DAY);
    expect(await inside(client)).toBe(false);
  });

  it('is swept away when it has ended, and no other', async () => {
    await t.as('weiyun');
    at(29 * DAY);
    const later = await t.as('jingyi');
    at(30 * DAY);
    expect(t.services.sessions.sweep()).toBe(1);
    expect(await inside(later)).toBe(true);
  });

  it('survives a clock that is set back', async () => {
    const client = await t.as('weiyun');
    at(-10 * DAY);
    expect(await inside(client)).toBe(true);
    at(DAY);
    expect(await inside(client)).toBe(true);
  });

  it('ends at once when the account is closed', async () => {
    const client = await t.as('weiyun');
    const admin = await t.as('admin');
    const path = `/api/accounts/${t.personId('weiyun')}/active`;
    expect((await admin.send('PUT', path, { active: false })).status).toBe(200);
    expect(await inside(client)).toBe(false);
    await admin.send('PUT', path, { active: true });
    expect(await inside(client)).toBe(false);
  });

  it('stands in the database without what opens it', async () => {
    const { cookie } = await t.as('weiyun');
    expect(JSON.stringify(dump(t))).not.toContain(cookie.replace('yuanzhuo=', ''));
  });
});

describe('a cookie that is not ours', () => {
  test.each([
    ['made up', `yuanzhuo=${'a'.repeat(40)}`],
    ['too short', 'yuanzhuo=abc'],
    ['empty', 'yuanzhuo='],
    ['with SQL', "yuanzhuo=' OR 1=1 --"],
    ['with a NUL', 'yuanzhuo=%00'],
    ['very long', `yuanzhuo=${'a'.repeat(5000)}`],
    ['broken', 'yuanzhuo=%E4%B8'],
  ])('%s', async (_, cookie) => {
    const before = dump(t);
    const response = await t.visitor.get('/api/me/devices', { cookie });
    expect([response.status, await codeOf(response)]).toEqual([401, 'signIn']);
    expect(dump(t)).toEqual(before);
  });

  it('of another installation', async () => {
    const other = await createTestApp();
    const { cookie } = await other.as('admin');
    expect((await other.visitor.get('/api/accounts', { cookie })).status).toBe(200);
    expect((await t.visitor.get('/api/accounts', { cookie })).status).toBe(401);
    other.close();
  });

  it('the hash that a stolen database shows', async () => {
    await t.as('admin');
    const hash = t.services.db.sqlite.prepare('SELECT token_hash FROM device_session').pluck();
    for (const value of hash.all()) {
      const response = await t.visitor.get('/api/me/devices', { cookie: `yuanzhuo=${value}` });
      expect(response.status).toBe(401);
    }
  });

  it('one that was ended', async () => {
    const client = await t.as('weiyun');
    await client.send('POST', '/api/sign-out');
    expect(await inside(client)).toBe(false);
  });
});

describe('the cookie', () => {
  const body = { login: 'weiyun', password: DEMO_PASSWORD };

  it('under http is kept from scripts and other sites', async () => {
    const sent = await t.visitor.send('POST', '/api/sign-in', body);
    expect(cookieOf(sent)).toMatch(
      /^yuanzhuo=[a-z2-7]{40}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('under https, behind a trusted proxy, is bound to the host', async () => {
    const { services, dir } = t;
    const app = createApp({ services, siteDir: dir, version: '1', trustProxy: true });
    const proxied = { 'x-forwarded-proto': 'https', 'content-type': 'application/json' };
    const headers = { ...proxied, origin: 'https://localhost' };
    const url = 'http://localhost/api/sign-in';
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const cookie = cookieOf(await app.request(url, post));
    expect(cookie).toMatch(
      /^__Host-yuanzhuo=[a-z2-7]{40}; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const value = cookie.split(';')[0] ?? '';
    const read = (one: string) =>
      app.request('http://localhost/api/me/devices', { headers: { ...proxied, cookie: one } });
    expect((await read(value)).status).toBe(200);
    // One without the prefix may have been planted by a neighbouring host.
    expect((await read(value.replace('__Host-', ''))).status).toBe(401);
    const out = await app.request('http://localhost/api/sign-out', {
      method: 'POST',
      headers: { ...headers, cookie: value },
    });
    expect(cookieOf(out)).toMatch(/^__Host-yuanzhuo=; Max-Age=0; Path=\/; Secure/);
    expect((await read(value)).status).toBe(401);
  });

  it('does not believe a proxy that is not trusted', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const sent = await t.visitor.send('POST', '/api/sign-in', body, headers);
    expect(cookieOf(sent)).toMatch(/^yuanzhuo=/);
  });
});

describe('my devices', () => {
  interface Devices {
    readonly devices: { id: string; device: string; current: boolean; seenAt: string }[];
  }
  const list = async (client: Client): Promise<Devices['devices']> => {
    const { devices } = (await (await client.get('/api/me/devices')).json()) as Devices;
    return devices;
  };

  it('are told by their browsers, last used first, mine only', async () => {
    const agent = 'Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0';
    const body = { login: 'weiyun', password: DEMO_PASSWORD };
    await t.visitor.send('POST', '/api/sign-in', body, { 'user-agent': agent });
    await t.as('jingyi');
    at(3600_000);
    const here = await t.as('weiyun');
    const devices = await list(here);
    expect(devices.map(({ device, current }) => [device, current])).toEqual([
      ['测试', true],
      ['微信 · 安卓设备', false],
    ]);
  });

  it('show when each was used', async () => {
    const [here, other] = [await t.as('weiyun'), await t.as('weiyun')];
    at(5 * DAY);
    await inside(other);
    const seen = (await list(here)).map(({ current, seenAt }) => [current, seenAt]);
    expect(seen).toContainEqual([false, new Date(START + 5 * DAY).toISOString()]);
  });

  it('can be signed out one by one, mine only, and nothing else', async () => {
    const [here, other] = [await t.as('weiyun'), await t.as('weiyun')];
    const stranger = await t.as('jingyi');
    const [theirs] = await list(stranger);
    const before = dump(t);
    const refused = await here.send('DELETE', `/api/me/devices/${theirs?.id}`);
    expect([refused.status, await codeOf(refused)]).toEqual([404, 'unknownDevice']);
    expect(dump(t)).toEqual(before);
    const target = (await list(here)).find(({ current }) => !current);
    expect((await here.send('DELETE', `/api/me/devices/${target?.id}`)).status).toBe(200);
    expect([await inside(here), await inside(other), await inside(stranger)]).toEqual([
      true,
      false,
      true,
    ]);
    expect((await here.send('DELETE', `/api/me/devices/${target?.id}`)).status).toBe(404);
  });

  it('can be signed out all at once but this', async () => {
    const [here, one, two] = [await t.as('weiyun'), await t.as('weiyun'), await t.as('weiyun')];
    const done = await here.send('DELETE', '/api/me/devices');
    expect(await done.json()).toEqual({ ended: 2 });
    expect([await inside(here), await inside(one), await inside(two)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are signed out when the password changes, but this', async () => {
    const [here, other] = [await t.as('weiyun'), await t.as('weiyun')];
    const change = (current: string, next: string) =>
      here.send('PUT', '/api/me/password', { current, next });
    expect(await codeOf(await change('wrong', NEW_PASSWORD))).toBe('wrongPassword');
    expect(await codeOf(await change(DEMO_PASSWORD, 'weiyun2026'))).toBe('weakPassword');
    expect(await inside(other)).toBe(true);
    expect((await change(DEMO_PASSWORD, NEW_PASSWORD)).status).toBe(200);
    expect([await inside(here), await inside(other)]).toEqual([true, false]);
    const signIn = (password: string) =>
      t.visitor.send('POST', '/api/sign-in', { login: 'weiyun', password });
    expect((await signIn(DEMO_PASSWORD)).status).toBe(401);
    expect((await signIn(NEW_PASSWORD)).status).toBe(200);
  });
});
