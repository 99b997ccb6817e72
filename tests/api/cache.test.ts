import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const SEATS = `/api/salons/${DEMO}/seats?limit=100`;
const PUBLIC = ['/api/salons', `/api/salons/${DEMO}`, SEATS];
const etag = (response: Response) => response.headers.get('etag') ?? '';

/** Counts how often the database is asked, through the statements it prepares. */
function countReads(): () => number {
  let reads = 0;
  const { sqlite } = t.services.db;
  const prepare = sqlite.prepare.bind(sqlite);
  Object.assign(sqlite, {
    prepare: (sql: string) => {
      reads += 1;
      return prepare(sql);
    },
  });
  return () => reads;
}

describe('what everybody may read', () => {
  test.each(PUBLIC)('%s has an ETag, and 304 for who has it', async (path) => {
    const first = await t.visitor.get(path);
    expect(first.status).toBe(200);
    expect(etag(first)).toMatch(/^"[\w-]{22}"$/);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    const reads = countReads();
    const second = await t.visitor.get(path);
    expect(etag(second)).toBe(etag(first));
    expect(await second.text()).toBe(await first.text());
    const third = await t.visitor.get(path, { 'if-none-match': etag(first) });
    expect([third.status, await third.text(), etag(third)]).toEqual([304, '', etag(first)]);
    const stale = await t.visitor.get(path, { 'if-none-match': '"other"' });
    expect(stale.status).toBe(200);
    expect(reads()).toBe(0);
  });

  it('is dropped by a write of this process', async () => {
    const before = await t.visitor.get(SEATS);
    const host = await t.as('minzheng');
    await host.send('POST', `/api/salons/${DEMO}/seats`, { community: '新社区' });
    const after = await t.visitor.get(SEATS, { 'if-none-match': etag(before) });
    expect(after.status).toBe(200);
    expect(await after.text()).toContain('新社区');
    expect(etag(after)).not.toBe(etag(before));
  });

  it('is dropped by a write of another process', async () => {
    await t.visitor.get(SEATS);
    const other = openDatabase(t.services.db.file);
    other.sqlite.exec("UPDATE seat SET community = '他处改名' WHERE community = '渭运社区'");
    other.close();
    // The file's count is asked once for all requests of one turn of the event loop.
    await new Promise(setImmediate);
    expect(await (await t.visitor.get(SEATS)).text()).toContain('他处改名');
  });

  it('differs by its query, and a HEAD or a refusal is not kept as an answer', async () => {
    const two = await (await t.visitor.get(`/api/salons/${DEMO}/seats?limit=2`)).json();
    const three = await (await t.visitor.get(`/api/salons/${DEMO}/seats?limit=3`)).json();
    expect([two.seats.length, three.seats.length]).toEqual([2, 3]);
    const refused = await t.visitor.get('/api/salons/later');
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([404, 'no-store']);
    const admin = await t.as('admin');
    const salon = { slug: 'later', name: '后来的沙龙', county: '某县', hostUnit: '某局' };
    expect((await admin.send('POST', '/api/salons', salon)).status).toBe(201);
    expect((await t.visitor.get('/api/salons/later')).status).toBe(200);
  });

  it('says nothing of a person', async () => {
    for (const path of PUBLIC) {
      const text = await (await t.visitor.get(path)).text();
      expect(text).not.toContain('书记”');
      expect(text).not.toMatch(/演示·/);
      expect(text).not.toContain(t.personId('weiyun'));
    }
  });
});

describe('what someone signed in reads', () => {
  test.each(PUBLIC)('%s is not kept, nor answered from what was kept', async (path) => {
    await t.visitor.get(path);
    const me = await t.as('weiyun');
    const reads = countReads();
    const mine = await me.get(path);
    expect(mine.status).toBe(200);
    expect(reads()).toBeGreaterThan(0);
    expect(mine.headers.get('cache-control')).toBe('private, no-cache');
    const same = await me.get(path, { 'if-none-match': mine.headers.get('etag') ?? '' });
    expect([same.status, await same.text()]).toEqual([304, '']);
  });

  test.each(['/api/me', '/api/me/devices', '/api/me/export', `/api/salons/${DEMO}/members`])(
    '%s never reaches a visitor',
    async (path) => {
      const me = await t.as('weiyun');
      const mine = await me.get(path);
      const kept = path.startsWith('/api/salons') ? 'private, no-cache' : 'no-store';
      expect([mine.status, mine.headers.get('cache-control')]).toEqual([200, kept]);
      const text = await (await t.visitor.get(path)).text();
      expect(text).not.toContain('渭运');
    },
  );

  it('a visitor’s “nobody” does not reach someone signed in', async () => {
    expect(await (await t.visitor.get('/api/me')).json()).toEqual({ me: null });
    const me = await t.as('weiyun');
    expect(await (await me.get('/api/me')).json()).toMatchObject({ me: { userName: 'weiyun' } });
  });
});
