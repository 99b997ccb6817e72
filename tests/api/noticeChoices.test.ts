import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { changeProfile } from '../../api/accounts/changeProfile.ts';
import { deliveryData } from '../../api/accounts/deliveryData.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { demoSignIns } from '../../api/demo/loadDemo.ts';
import { clearOutbox } from '../../api/notices/outbox.ts';
import { unsubscribeToken } from '../../api/notices/unsubscribe.ts';
import { createPost, emailOf, type Post } from '../support/post.ts';
import { moment, SECRETARIES } from '../support/rounds.ts';
import { type Client, codeOf, ORIGIN } from '../support/testApp.ts';

const [one = '', two = ''] = SECRETARIES;
const PATH = '/api/me/notice-choices';
const STOP = '/api/notices/unsubscribe';

let post: Post;
let client: Client;
beforeAll(async () => {
  post = await createPost();
  client = await post.signIn(one);
});
afterAll(() => post.close());
beforeEach(() => {
  post.at('2026-11-23T10:00');
  post.services.db.sqlite.exec(
    'DELETE FROM delivery; DELETE FROM dispatch; DELETE FROM notice_choice; DELETE FROM notice_timing',
  );
  post.smtp.letters.length = 0;
});

interface Choices {
  readonly mail: { stoppedAt: string | null; address: string | null };
  readonly groups: readonly { group: string; mail: string; usual: string }[];
  readonly timing: { digest: string; quietFrom: string; quietUntil: string };
}
const read = async (): Promise<Choices> => (await client.get(PATH)).json();
const put = (body: unknown) => client.send('PUT', PATH, body);
const dues = (): number[] =>
  post.rows<{ due_at: number }>('SELECT due_at FROM delivery').map((row) => row.due_at);
const tokenOf = (login: string, email = emailOf(login)): string =>
  unsubscribeToken(post.services.secret, { personId: post.personId(login), email });
/** As a mail program does it: from nowhere, as a form. */
const oneClick = (token: string, type = 'application/x-www-form-urlencoded') =>
  post.app.request(`${ORIGIN}${STOP}?token=${token}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: 'List-Unsubscribe=One-Click',
  });
const stopped = (login: string): boolean =>
  post.rows(
    'SELECT 1 FROM notice_timing WHERE person_id = ? AND stopped_at IS NOT NULL',
    post.personId(login),
  ).length > 0;

describe('the choices', () => {
  it('begin as is usual, and are kept as they are made', async () => {
    const usual = await read();
    expect(usual.groups.map(({ group, mail }) => `${group} ${mail}`)).toContain(
      '关注的讨论 digest',
    );
    expect(usual.groups.filter(({ mail }) => mail === 'each')).toHaveLength(7);
    expect(usual.timing).toEqual({ digest: 'daily', quietFrom: '00:00', quietUntil: '00:00' });
    const timing = { digest: 'weekly', quietFrom: '22:05', quietUntil: '07:00' };
    await put({ groups: { 轮值: 'off', 议题: 'digest' } });
    await put({ timing });
    await put({ groups: { 议题: 'off' } });
    const now = await read();
    expect(now.timing).toEqual(timing);
    expect(now.groups.filter(({ mail }) => mail === 'off').map(({ group }) => group)).toEqual([
      '轮值',
      '议题',
    ]);
  });

  test.each([
    { groups: { 轮值: 'sometimes' } },
    { groups: { 闲聊: 'each' } },
    { timing: { digest: 'daily', quietFrom: '24:00', quietUntil: '07:00' } },
    { timing: { digest: 'daily', quietFrom: '22:00' } },
    { resume: false },
    { person: 'x' },
  ])('refuse %j', async (body) => {
    const before = post.state();
    expect((await put(body)).status).toBe(422);
    expect(post.state()).toEqual(before);
  });

  it('hold for what waits already', async () => {
    await post.tellTurn('2026-12', one);
    expect(dues()).toEqual([moment('2026-11-23T10:00')]);
    await put({ groups: { 轮值: 'digest' } });
    expect(dues()).toEqual([moment('2026-11-24T08:00')]);
    await put({ timing: { digest: 'weekly', quietFrom: '07:00', quietUntil: '09:15' } });
    expect(dues()).toEqual([moment('2026-11-30T09:15')]);
    await put({ groups: { 轮值: 'each' } });
    expect(dues()).toEqual([moment('2026-11-23T10:00')]);
    await put({ groups: { 轮值: 'off' } });
    expect(dues()).toEqual([]);
  });

  it('hold for what is in a mail that could not be sent yet', async () => {
    post.smtp.behave = () => 'fail';
    await post.tellTurn('2026-12', one);
    await post.run();
    post.smtp.behave = () => 'accept';
    await put({ groups: { 轮值: 'off' } });
    post.later(3600_000);
    await post.run();
    expect(post.smtp.letters).toEqual([]);
    expect(post.rows('SELECT state, trouble FROM dispatch')).toEqual([
      { state: 'not needed', trouble: null },
    ]);
  });

  it('of off and of quiet hours hold for what is new', async () => {
    await put({
      groups: { 轮值: 'off' },
      timing: { digest: 'daily', quietFrom: '09:00', quietUntil: '11:00' },
    });
    await post.tellTurn('2026-12', one, two);
    await post.tell('month.skipped', { months: ['2026-12'] }, one);
    const rows = post.rows('SELECT person_id, due_at FROM delivery ORDER BY due_at');
    expect(rows).toEqual([
      { person_id: post.personId(two), due_at: moment('2026-11-23T10:00') },
      { person_id: post.personId(one), due_at: moment('2026-11-23T11:00') },
    ]);
  });
});

describe('unsubscribing', () => {
  it('works by the link in the mail, from a mail program, once and twice, and stops what waits', async () => {
    await post.tellTurn('2026-12', one);
    await post.run();
    const header = /^List-Unsubscribe: ?((?:.|\r\n[ \t])+)/im.exec(post.smtp.letters[0]?.raw ?? '');
    const token = /token=([\w-]+)/.exec((header?.[1] ?? '').replace(/\r\n[ \t]/g, ''))?.[1] ?? '';
    await post.tellTurn('2027-01', one);
    for (let click = 0; click < 2; click += 1) {
      const response = await oneClick(token);
      expect([response.status, await response.json()]).toEqual([200, { stopped: true }]);
    }
    expect(dues().length).toBe(1);
    await post.tellTurn('2027-02', one, two);
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to[0])).toEqual([emailOf(one), emailOf(two)]);
    expect((await read()).mail.stoppedAt).not.toBeNull();
    // Inside, everything is told as before.
    const mine = await (await client.get('/api/me/notices')).json();
    expect(mine.notices[0].text).toContain('2027年2月');
  });

  it('can be undone by the same link, and inside', async () => {
    await put({ groups: { 议题: 'off' } });
    const token = tokenOf(one);
    await post.visitor.send('POST', STOP, { token });
    expect(stopped(one)).toBe(true);
    const undone = await post.visitor.send('POST', STOP, { token, undo: true });
    expect(await undone.json()).toEqual({ stopped: false });
    expect(stopped(one)).toBe(false);
    expect((await read()).groups.find(({ group }) => group === '议题')?.mail).toBe('off');
    await oneClick(token);
    await put({ resume: true });
    expect(stopped(one)).toBe(false);
  });

  it('leads whoever opens the address to the page', async () => {
    const response = await post.visitor.get(`${STOP}?token=a%26b`);
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      '/unsubscribe/?token=a%26b',
    ]);
    expect(stopped(one)).toBe(false);
  });

  it('refuses a forged token, one for another use, and one of an address given up', async () => {
    const before = post.state();
    const { secret } = post.services;
    const real = tokenOf(one);
    const forged = [
      '',
      'none',
      `${real.slice(0, -4)}AAAA`,
      secret.seal('guest', JSON.stringify({ personId: post.personId(one), email: emailOf(one) })),
      tokenOf(one, 'old@example.cn'),
      tokenOf(one, emailOf(two)),
      unsubscribeToken(secret, { personId: 'nobody', email: emailOf(one) }),
    ];
    for (const token of forged) {
      const response = await oneClick(encodeURIComponent(token));
      expect([response.status, await codeOf(response)]).toEqual([410, 'mailLinkInvalid']);
    }
    expect(post.state()).toEqual(before);
  });

  it('takes no other form, nothing large, and no other type', async () => {
    const before = post.state();
    const token = tokenOf(one);
    expect((await oneClick(token, 'text/plain')).status).toBe(415);
    const large = await post.visitor.send('POST', STOP, { token: 'x'.repeat(5000) });
    expect(large.status).toBe(413);
    const other = await post.visitor.send('POST', STOP, { token, more: 1 });
    expect(other.status).toBe(422);
    expect(post.state()).toEqual(before);
  });

  it('is the one write that may come from anywhere', async () => {
    const elsewhere = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    const choices = await client.send('PUT', PATH, { resume: true }, elsewhere);
    expect(choices.status).toBe(403);
  });
});

describe('a new address', () => {
  it('is no heir to what the old one refused', async () => {
    const limits = { consume: async () => {}, check: async () => {} };
    const personId = post.personId(one);
    post.services.db.sqlite
      .prepare("INSERT INTO notice_timing VALUES (?, 'daily', 0, 0, 1, NULL)")
      .run(personId);
    await post.tellTurn('2026-12', one);
    expect(dues()).toEqual([]);
    const actor = { personId, sessionId: '', isAdmin: false, secondFactor: false };
    const ctx = { ...systemContext(post.services), actor };
    const { password } = demoSignIns(post.services) ?? {};
    await changeProfile(ctx, limits, { email: 'new@example.cn', password });
    await post.tellTurn('2026-12', one);
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to[0])).toEqual(['new@example.cn']);
    await changeProfile(ctx, limits, { email: emailOf(one), password });
  });
});

describe('an erased account', () => {
  it('leaves nothing in the outbox', async () => {
    const login = SECRETARIES[5] ?? '';
    await post.tellTurn('2026-12', login);
    await post.run();
    await post.tellTurn('2027-01', login);
    const id = post.personId(login);
    const { orm } = post.services.db;
    orm.transaction((tx) => {
      for (const part of deliveryData) part.erase(tx, id, post.clock.now);
    });
    expect(post.rows('SELECT 1 FROM delivery WHERE person_id = ?', id)).toEqual([]);
    expect(post.rows('SELECT 1 FROM dispatch WHERE person_id = ?', id)).toEqual([]);
  });
});

describe('tidying', () => {
  it('forgets what was sent a month ago, and nothing that waits', async () => {
    await post.tellTurn('2026-12', one);
    await post.run();
    post.smtp.behave = () => 'fail';
    await post.tellTurn('2026-12', two);
    await post.run();
    post.smtp.behave = () => 'accept';
    const at = post.clock.now + 31 * 24 * 3600_000;
    const { orm } = post.services.db;
    clearOutbox(orm, post.clock.now + 29 * 24 * 3600_000);
    expect(post.rows('SELECT 1 FROM dispatch')).toHaveLength(2);
    clearOutbox(orm, at);
    expect(post.rows('SELECT state FROM dispatch')).toEqual([{ state: 'waiting' }]);
    expect(dues()).toHaveLength(1);
  });
});

describe('the open pages of a salon', () => {
  it('hear of a notice once it is committed, whoever gave it', async () => {
    const [{ id: salonId = '' } = {}] = post.rows<{ id: string }>('SELECT id FROM salon');
    const { live } = post.services;
    const before = live.news(salonId);
    await post.tellTurn('2026-12', one);
    expect(live.news(salonId)).not.toEqual(before);
  });
});

describe('looking into the outbox', () => {
  it('costs nothing for what waits for its day', () => {
    const plan = post.rows<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT DISTINCT +o.person_id FROM delivery o
       WHERE o.dispatch_id IS NULL AND +o.person_id IS NOT NULL AND o.due_at <= 5`,
    );
    expect(plan[0]?.detail).toBe('SEARCH o USING INDEX delivery_due (due_at<?)');
  });
});
