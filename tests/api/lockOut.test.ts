import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

const MINUTE = 60_000;
let now = 0;
let address = '';
let t: TestApp;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22);
  address = '10.0.0.1';
  t = await createTestApp({ clock: () => now, deps: { addressOf: () => address } });
});
afterEach(() => t.close());

const signIn = (login: string, password = DEMO_PASSWORD) =>
  t.visitor.send('POST', '/api/sign-in', { login, password });
async function wrong(login: string, times: number): Promise<string[]> {
  const codes: string[] = [];
  for (let i = 0; i < times; i += 1) codes.push(await codeOf(await signIn(login, 'wrong')));
  return codes;
}

describe('a name that is guessed at', () => {
  it('takes the right password after four wrong ones, and forgets them', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect(await wrong('weiyun', 4)).toEqual(Array(4).fill('wrongLogin'));
      expect((await signIn('weiyun')).status).toBe(200);
    }
  });

  test.each(['weiyun', 'nobody-at-all', '13911112222'])('%s is locked after five', async (name) => {
    expect(await wrong(name, 5)).toEqual(Array(5).fill('wrongLogin'));
    const locked = await signIn(name);
    expect(locked.status).toBe(429);
    expect(locked.headers.get('retry-after')).toBe('60');
    expect(locked.headers.get('set-cookie')).toBeNull();
    expect(await codeOf(locked)).toBe('locked');
    now += MINUTE;
    expect(await wrong(name, 2)).toEqual(['wrongLogin', 'locked']);
    expect((await signIn(name)).headers.get('retry-after')).toBe('120');
  });

  it('is open to its owner again when the time is over', async () => {
    await wrong('weiyun', 5);
    now += MINUTE - 1;
    expect((await signIn('weiyun')).status).toBe(429);
    now += 1;
    expect((await signIn('weiyun')).status).toBe(200);
    expect(await wrong('weiyun', 4)).toEqual(Array(4).fill('wrongLogin'));
  });

  it('counts guesses that come at once, each of them', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => signIn('weiyun', 'wrong')));
    const codes = await Promise.all(all.map(codeOf));
    expect(codes.filter((code) => code === 'wrongLogin')).toHaveLength(5);
    expect(codes.filter((code) => code === 'locked')).toHaveLength(7);
  });

  it('counts all spellings as one, and no other name', async () => {
    for (const login of ['weiyun', 'WEIYUN', ' weiyun', 'ｗｅｉｙｕｎ', 'Weiyun']) {
      expect(await codeOf(await signIn(login, 'wrong'))).toBe('wrongLogin');
    }
    expect((await signIn('weiyun')).status).toBe(429);
    expect((await signIn('jingyi')).status).toBe(200);
  });

  it('does not stay locked for long when the clock is set back', async () => {
    await wrong('weiyun', 5);
    now -= 365 * 24 * 60 * MINUTE;
    const locked = await signIn('weiyun');
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeLessThanOrEqual(3600);
  });

  it('is forgotten after a day', async () => {
    await wrong('weiyun', 4);
    now += 24 * 60 * MINUTE + 1;
    expect(await wrong('weiyun', 4)).toEqual(Array(4).fill('wrongLogin'));
    expect((await signIn('weiyun')).status).toBe(200);
  });
});

describe('an address', () => {
  const guess = () => t.visitor.send('POST', '/api/passes/inspect', { pass: 'aaaa-bbbb-cccc' });

  it('is shut out after sixty failures, and no other address with it', async () => {
    for (let i = 0; i < 60; i += 1) expect((await guess()).status).toBe(410);
    const refused = await guess();
    expect(refused.status).toBe(429);
    expect(await codeOf(refused)).toBe('tooMany');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn('weiyun')).status).toBe(429);
    address = '10.0.0.2';
    expect((await signIn('weiyun')).status).toBe(200);
  });

  it('counts a household of IPv6 addresses as one', async () => {
    for (let i = 0; i < 60; i += 1) {
      address = `2001:db8:1:2::${i.toString(16)}`;
      expect((await guess()).status).toBe(410);
    }
    expect((await guess()).status).toBe(429);
    address = '2001:db8:1:3::1';
    expect((await guess()).status).toBe(410);
  });

  it('is not counted against for signing in rightly', async () => {
    for (let i = 0; i < 59; i += 1) await guess();
    for (let i = 0; i < 3; i += 1) expect((await signIn('weiyun')).status).toBe(200);
    expect((await guess()).status).toBe(410);
    expect((await guess()).status).toBe(429);
  });
});
