import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const NEW = { slug: 'new-county', name: '新县沙龙', county: '新县', hostUnit: '新县民政局' };
const SETTINGS = `/api/salons/${DEMO}/settings`;
const read = async () => (await t.visitor.get(`/api/salons/${DEMO}`)).json();
/** The settings as they are now, by name. */
const settings = async () =>
  Object.fromEntries(
    (await read()).adjustable.map(({ name, value }: { name: string; value: unknown }) => [
      name,
      value,
    ]),
  );

describe('salons', () => {
  it('are made by the admin, listed by name, and begin with no one in them', async () => {
    const admin = await t.as('admin');
    const made = await admin.send('POST', '/api/salons', NEW);
    expect(made.status).toBe(201);
    expect(await made.json()).toEqual({ ...NEW, isDemo: false });
    const { salons } = await (await t.visitor.get('/api/salons')).json();
    const names = salons.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('新县沙龙');
    const seats = await t.visitor.get('/api/salons/new-county/seats');
    expect(await seats.json()).toEqual({ seats: [], next: null });
  });

  test.each([
    ['a taken slug', { slug: DEMO }, 'slugTaken'],
    ['capitals', { slug: 'New' }, 'invalid'],
    ['one letter', { slug: 'a' }, 'invalid'],
    ['a digit first', { slug: '1a' }, 'invalid'],
    ['a path', { slug: 'a/b' }, 'invalid'],
    ['no name', { name: '' }, 'invalid'],
  ])('are refused with %s', async (_, change, code) => {
    const admin = await t.as('admin');
    const before = dump(t);
    expect(await codeOf(await admin.send('POST', '/api/salons', { ...NEW, ...change }))).toBe(code);
    expect(dump(t)).toEqual(before);
  });

  it('in production do not show the demo', async () => {
    const live = await createTestApp({ production: true });
    expect(await (await live.visitor.get('/api/salons')).json()).toEqual({ salons: [] });
    live.close();
  });
});

describe('the charter', () => {
  it('is public, each line with where it comes from', async () => {
    const { charter } = await read();
    expect(charter.length).toBeGreaterThan(15);
    for (const { origin } of charter) expect(origin).toMatch(/^(?:来源规定|本平台默认)$/);
  });

  it('changes by the host, shows it, and the audit keeps old and new', async () => {
    const host = await t.as('minzheng');
    const done = await host.send('PATCH', SETTINGS, { votesPerSeat: 5, scrutineer: true });
    expect(done.status).toBe(200);
    const { charter } = await read();
    expect(await settings()).toMatchObject({
      votesPerSeat: 5,
      scrutineer: true,
      proposalsPerRound: 2,
    });
    const decided = charter.filter(({ origin }: { origin: string }) => origin === '本沙龙决定');
    expect(decided.map(({ setting }: { setting: string }) => setting)).toEqual([
      'votesPerSeat',
      'scrutineer',
    ]);
    const { rows } = await (await host.get(`/api/salons/${DEMO}/audit?limit=1`)).json();
    const details = [
      { label: '每席每轮的票数', value: '3 → 5' },
      { label: '设监票人', value: 'false → true' },
    ];
    expect(rows).toMatchObject([{ title: '修改章程', details }]);
  });

  it('set to the default again is the platform’s again, and nothing is nothing', async () => {
    const host = await t.as('minzheng');
    const before = dump(t, ['audit', 'audit_head']);
    await host.send('PATCH', SETTINGS, { votesPerSeat: 5 });
    await host.send('PATCH', SETTINGS, { votesPerSeat: 3 });
    expect(dump(t, ['audit', 'audit_head'])).toEqual(before);
    const all = dump(t);
    for (const same of [{}, { votesPerSeat: 3 }]) {
      expect((await host.send('PATCH', SETTINGS, same)).status).toBe(200);
    }
    expect(dump(t)).toEqual(all);
  });

  test.each([
    [{ votesPerSeat: 0 }, '/votesPerSeat', '每席每轮的票数须是 1 到 10 的整数'],
    [{ votesPerSeat: 1.5 }, '/votesPerSeat', '每席每轮的票数须是 1 到 10 的整数'],
    [
      { quorumPercent: 101 },
      '/quorumPercent',
      '评价须到会的席位比例（0 为不设）须是 0 到 100 的整数',
    ],
    [{ scrutineer: 'yes' }, '/scrutineer', '须是开或关'],
    [{ recallPercent: 50 }, '', '不认识的字段：recallPercent'],
  ])('refuses %j', async (body, path, message) => {
    const host = await t.as('minzheng');
    const before = dump(t);
    const refused = await host.send('PATCH', SETTINGS, body);
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ errors: [{ path, message }] });
    expect(dump(t)).toEqual(before);
  });

  it('keeps both changes of two hosts who change different lines at once', async () => {
    const host = await t.as('minzheng');
    await Promise.all([
      host.send('PATCH', SETTINGS, { votesPerSeat: 5 }),
      host.send('PATCH', SETTINGS, { votingDays: 6 }),
    ]);
    expect(await settings()).toMatchObject({ votesPerSeat: 5, votingDays: 6 });
  });
});
