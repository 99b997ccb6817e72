import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { inWords } from '../../api/notices/kinds.ts';
import { notify } from '../../api/notices/notify.ts';
import { createRounds, type Rounds, SECRETARIES } from '../support/rounds.ts';
import type { Client } from '../support/testApp.ts';

const [first = '', second = ''] = SECRETARIES;
interface Page {
  readonly notices: readonly { seq: number; text: string; link: string; read: boolean }[];
  readonly unread: number;
  readonly next: string | null;
}
let salon: Rounds;
let one: Client;
let other: Client;
beforeAll(async () => {
  salon = await createRounds();
  [one, other] = [await salon.as(first), await salon.as(second)];
});
afterAll(() => salon.close());

const page = async (client: Client, query = ''): Promise<Page> =>
  (await client.get(`/api/me/notices${query}`)).json();
const unread = async (client: Client): Promise<number> =>
  (await (await client.get('/api/me/notices/unread')).json()).unread;
const tell = (month: string, to: readonly string[], once?: string, actor?: string) => {
  const ctx = systemContext(salon.services);
  const acting = actor && { personId: actor, sessionId: '', isAdmin: false, secondFactor: false };
  const by = acting ? { ...ctx, actor: acting } : ctx;
  const [{ id: salonId = '' } = {}] = salon.rows<{ id: string }>('SELECT id FROM salon');
  return write(by, { name: 'test', input: null }, (tx) =>
    notify(tx, by, { salonId, kind: 'turn.yours', data: { month }, to, ...(once && { once }) }),
  );
};

describe('the inbox', () => {
  it('begins empty', async () => {
    expect(await page(one)).toEqual({ notices: [], unread: 0, next: null });
  });

  it('gives each person what they were told, newest first, page by page, with where to go', async () => {
    const people = [first, second].map((login) => salon.personId(login));
    for (const month of ['2026-11', '2026-12', '2027-01']) await tell(month, people);
    const newer = await page(one, '?limit=2');
    expect(newer.notices.map(({ text }) => text)).toEqual([
      '2027年1月由您担任轮值主席。',
      '2026年12月由您担任轮值主席。',
    ]);
    expect(newer.notices[0]?.link).toBe('/salon/seats/?salon=fuping-demo');
    const rest = await page(one, `?limit=2&cursor=${newer.next}`);
    expect(rest.notices.map(({ text }) => text)).toEqual(['2026年11月由您担任轮值主席。']);
    expect(rest.next).toBeNull();
    const group = (name: string) => page(one, `?group=${encodeURIComponent(name)}`);
    expect((await group('轮值')).notices).toHaveLength(3);
    expect(await group('会议')).toMatchObject({ notices: [], unread: 3 });
    expect((await one.get('/api/me/notices?group=toString')).status).toBe(422);
  });

  it('counts what is unread, and marks up to one as read, for oneself alone', async () => {
    const [newest, middle] = (await page(one)).notices;
    expect(await unread(one)).toBe(3);
    const mark = { upTo: middle?.seq };
    for (let click = 0; click < 2; click += 1) {
      const response = await one.send('POST', '/api/me/notices/read', mark);
      expect(await response.json()).toEqual({ unread: 1 });
    }
    expect((await page(one)).notices.map(({ read }) => read)).toEqual([false, true, true]);
    expect(await unread(other)).toBe(3);
    const all = await one.send('POST', '/api/me/notices/read', { upTo: newest?.seq });
    expect(await all.json()).toEqual({ unread: 0 });
  });

  test.each([{ upTo: -1 }, { upTo: 1.5 }, { upTo: '1' }, {}])(
    'refuses to mark %j as read',
    async (body) => {
      const before = salon.state();
      expect((await one.send('POST', '/api/me/notices/read', body)).status).toBe(422);
      expect(salon.state()).toEqual(before);
    },
  );

  it('is asked for by nobody who is not signed in', async () => {
    for (const path of ['/api/me/notices', '/api/me/notices/unread']) {
      expect((await salon.visitor.get(path)).status).toBe(401);
    }
  });
});

describe('telling', () => {
  const rows = () => salon.rows('SELECT * FROM notice').length;

  it('gives a reminder once, and an event each time', async () => {
    const to = [salon.personId(first)];
    const before = rows();
    expect(await tell('2027-02', to, 'a reminder')).toBe(true);
    expect(await tell('2027-02', to, 'a reminder')).toBe(false);
    expect(await tell('2027-02', to)).toBe(true);
    expect(await tell('2027-02', to)).toBe(true);
    expect(rows()).toBe(before + 3);
  });

  it('tells nobody twice, nor whoever did it, and writes nothing for nobody', async () => {
    const [me, you] = [salon.personId(first), salon.personId(second)];
    const before = [rows(), await unread(one), await unread(other)];
    expect(await tell('2027-03', [me, you, you, me], undefined, me)).toBe(true);
    expect(await tell('2027-03', [me], undefined, me)).toBe(false);
    expect(await tell('2027-03', [])).toBe(false);
    expect([rows(), await unread(one), await unread(other)]).toEqual([
      (before[0] ?? 0) + 1,
      before[1],
      (before[2] ?? 0) + 1,
    ]);
  });

  it('reaches a whole county at once', async () => {
    const everyone = salon.rows<{ id: string }>('SELECT id FROM person').map(({ id }) => id);
    const { sqlite } = salon.services.db;
    const add = sqlite.prepare('INSERT INTO person (id, name, created_at) VALUES (?, ?, 0)');
    const many = Array.from({ length: 1001 }, (_, index) => `person${index}`);
    for (const id of many) add.run(id, id);
    await tell('2027-04', [...everyone, ...many]);
    const [{ seq = 0 } = {}] = salon.rows<{ seq: number }>('SELECT max(seq) AS seq FROM notice');
    expect(salon.rows('SELECT 1 FROM inbox WHERE notice_seq = ?', seq)).toHaveLength(
      everyone.length + many.length,
    );
  });

  it('knows no kind but its own', () => {
    expect(() => inWords('no.such', {})).toThrow('No such notice');
  });
});
