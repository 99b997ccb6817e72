import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

const STEP = 30_000;
let now: number;
let t: TestApp;
let me: Client;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  t = await createTestApp({ clock: () => now });
  me = await t.as('weiyun');
});
afterEach(() => t.close());

const password = { password: DEMO_PASSWORD };
const begin = (headers = {}) => me.send('POST', '/api/me/second-factor', password, headers);
const confirm = (code: string, headers = {}) =>
  me.send('POST', '/api/me/second-factor/confirm', { code }, headers);
const signIn = (code?: string, login = 'weiyun') =>
  t.visitor.send('POST', '/api/sign-in', { login, ...password, ...(code && { code }) });
/** As an authenticator app makes it. */
const codeAt = (secret: string, at = now) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
const wrongCode = (secret: string) =>
  String((Number(codeAt(secret)) + 1) % 1_000_000).padStart(6, '0');

async function switchOn(): Promise<{ secret: string; codes: string[] }> {
  const { secret } = (await (await begin()).json()) as { secret: string };
  const confirmed = await confirm(codeAt(secret));
  expect(confirmed.status).toBe(200);
  const { codes } = (await confirmed.json()) as { codes: string[] };
  now += STEP;
  return { secret, codes };
}

describe('switching it on', () => {
  it('shows the secret as text and address, and counts for nothing yet', async () => {
    const begun = (await (await begin()).json()) as { secret: string; uri: string };
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\//);
    expect(new URL(begun.uri).searchParams.get('secret')).toBe(begun.secret);
    expect((await signIn()).status).toBe(200);
    expect(JSON.stringify(dump(t))).not.toContain(begun.secret);
  });

  it('asks for the password, and for a code of the app', async () => {
    const before = dump(t);
    const refused = await me.send('POST', '/api/me/second-factor', { password: 'wrong' });
    expect(await codeOf(refused)).toBe('wrongPassword');
    expect(await codeOf(await confirm('000000'))).toBe('secondFactorOff');
    expect(dump(t)).toEqual(before);
    const { secret } = (await (await begin()).json()) as { secret: string };
    expect(await codeOf(await confirm(wrongCode(secret)))).toBe('wrongCode');
    expect((await signIn()).status).toBe(200);
  });

  it('gives ten recovery codes, which are stored as digests only', async () => {
    const { codes } = await switchOn();
    expect(new Set(codes).size).toBe(10);
    const text = JSON.stringify(dump(t));
    for (const code of codes) expect(text).not.toContain(code);
    const state = await (await me.get('/api/me')).json();
    const secondFactor = { on: true, required: false, usedNow: true, recoveryCodesLeft: 10 };
    expect(state).toMatchObject({ me: { secondFactor } });
  });

  it('is not begun again over one that is on', async () => {
    const { secret } = await switchOn();
    expect(await codeOf(await begin())).toBe('secondFactorOn');
    expect((await signIn(codeAt(secret))).status).toBe(200);
  });

  it('begun twice with one Idempotency-Key shows one secret, the one that is good', async () => {
    const key = { 'idempotency-key': 'begin-0001' };
    const first = (await (await begin(key)).json()) as { secret: string };
    const again = (await (await begin(key)).json()) as { secret: string };
    expect(again).toEqual(first);
    expect((await confirm(codeAt(again.secret))).status).toBe(200);
  });

  it('with a wrong code and then the right one under one key is a mistake that is told', async () => {
    const { secret } = (await (await begin()).json()) as { secret: string };
    const key = { 'idempotency-key': 'confirm-0001' };
    expect(await codeOf(await confirm(wrongCode(secret), key))).toBe('wrongCode');
    expect(await codeOf(await confirm(codeAt(secret), key))).toBe('replayMismatch');
    const other = { 'idempotency-key': 'confirm-0002' };
    const done = await confirm(codeAt(secret), other);
    expect(done.status).toBe(200);
    // A retry after a time-out must show the same codes: they are shown only once.
    expect(await (await confirm(codeAt(secret), other)).json()).toEqual(await done.json());
  });
});

describe('signing in with it', () => {
  it('asks for the code only after the right password', async () => {
    await switchOn();
    expect(await codeOf(await signIn())).toBe('secondFactorAsked');
    const body = { login: 'weiyun', password: 'wrong' };
    expect(await codeOf(await t.visitor.send('POST', '/api/sign-in', body))).toBe('wrongLogin');
  });

  it('takes the code of now, of one step before and one after, and no other', async () => {
    const { secret } = await switchOn();
    now += 10 * STEP;
    for (const steps of [-2, 2]) {
      expect(await codeOf(await signIn(codeAt(secret, now + steps * STEP)))).toBe('wrongCode');
    }
    for (const steps of [-1, 0, 1]) {
      expect((await signIn(codeAt(secret, now + steps * STEP))).status, String(steps)).toBe(200);
    }
  });

  it('takes a code once, also of two who come at the same time, and none before it', async () => {
    const { secret } = await switchOn();
    const before = codeAt(secret, now - STEP);
    const code = codeAt(secret);
    const both = await Promise.all([signIn(code), signIn(code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(await codeOf(await signIn(code))).toBe('wrongCode');
    expect(await codeOf(await signIn(before))).toBe('wrongCode');
  });

  it('does not take the code that switched it on', async () => {
    const { secret } = (await (await begin()).json()) as { secret: string };
    const code = codeAt(secret);
    await confirm(code);
    expect(await codeOf(await signIn(code))).toBe('wrongCode');
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { codes } = await switchOn();
    const [first = '', second = ''] = codes;
    expect((await signIn(` ${first.toUpperCase().replaceAll('-', ' ')}`)).status).toBe(200);
    expect(await codeOf(await signIn(first))).toBe('wrongCode');
    expect((await signIn(second)).status).toBe(200);
    expect(await (await me.get('/api/me')).json()).toMatchObject({
      me: { secondFactor: { recoveryCodesLeft: 8 } },
    });
  });

  it('does not take the recovery code of another', async () => {
    const { codes } = await switchOn();
    me = await t.as('jingyi');
    await switchOn();
    expect(await codeOf(await signIn(codes[0], 'jingyi'))).toBe('wrongCode');
    expect((await signIn(codes[0])).status).toBe(200);
  });

  it('locks the account after five wrong codes', async () => {
    const { secret } = await switchOn();
    for (let i = 0; i < 5; i += 1) {
      expect(await codeOf(await signIn(wrongCode(secret)))).toBe('wrongCode');
    }
    const locked = await signIn(codeAt(secret));
    expect([locked.status, await codeOf(locked)]).toEqual([429, 'locked']);
  });

  it('does not forget wrong codes by asking again without one', async () => {
    const { secret } = await switchOn();
    const seen: string[] = [];
    for (let i = 0; i < 8; i += 1) {
      seen.push(await codeOf(await signIn(wrongCode(secret))));
      await signIn();
    }
    expect(seen.filter((code) => code === 'wrongCode').length).toBeLessThanOrEqual(5);
  });
});

describe('ending it', () => {
  const end = (body = password) => me.send('POST', '/api/me/second-factor/end', body);

  it('asks for the password, and is over then', async () => {
    await switchOn();
    const before = dump(t);
    expect(await codeOf(await end({ password: 'wrong' }))).toBe('wrongPassword');
    expect(dump(t)).toEqual(before);
    expect((await end()).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    expect(await codeOf(await end())).toBe('secondFactorOff');
    const { sqlite } = t.services.db;
    expect(sqlite.prepare('SELECT * FROM recovery_code').all()).toEqual([]);
  });

  it('new recovery codes make the old ones void', async () => {
    const { codes } = await switchOn();
    const renewed = await me.send('POST', '/api/me/second-factor/recovery-codes', password);
    const { codes: fresh } = (await renewed.json()) as { codes: string[] };
    expect(await codeOf(await signIn(codes[0]))).toBe('wrongCode');
    expect((await signIn(fresh[0])).status).toBe(200);
  });

  it('the host ends it for a member who lost the phone, and their sessions; not for a host', async () => {
    await switchOn();
    const host = await t.as('minzheng');
    const path = (who: string) =>
      `/api/salons/fuping-demo/members/${t.personId(who)}/second-factor`;
    expect((await host.send('DELETE', path('weiyun'))).status).toBe(200);
    expect((await me.get('/api/me/devices')).status).toBe(401);
    expect((await signIn()).status).toBe(200);
    const refused = await host.send('DELETE', path('minzheng'));
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'otherHost']);
  });
});
