import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { newId } from '../../api/core/id.ts';
import { allowToRead } from '../../api/forum/find.ts';
import { listQuery } from '../../api/forum/reading/listThreads.ts';
import { readable } from '../../api/forum/reading/readable.ts';
import { unreadQuery } from '../../api/forum/reading/unread.ts';
import { UNREAD_MS } from '../../api/forum/rules.ts';
import { follow, mention, thread as threads } from '../../db/schema/index.ts';
import { forgetForum, type SeededThread, seedPosts, seedThread } from '../support/forum.ts';
import { contextOf } from '../support/forumReading.ts';
import { addGuest, addSession, FAR, salonId } from '../support/months.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const LIST = `/api/salons/${DEMO}/threads`;

let t: TestApp;
let now: number;
let session: ReturnType<typeof addSession>;
const id: Record<string, string> = {};
const reader: Record<string, Client> = {};

beforeAll(async () => {
  now = Date.parse('2026-11-20T08:00:00Z');
  t = await createTestApp({ clock: () => now });
  forgetForum(t);
  await addOtherSalon(t);
  session = addSession(t, { ...FAR, chair: '景翼社区' });
  addGuest(t, session, { personId: t.personId('yibao') });
  const beside = { placeKind: 'session', placeKey: session.id } as const;
  const put = (name: string, hours: number, given: SeededThread = {}) => {
    id[name] = seedThread(t, { title: `讨论${name}`, at: now - hours * HOUR, ...given });
  };
  put('question', 10, { posts: [{ marks: 3 }] });
  put('solved', 9, {
    posts: [{}, { by: 'jingyi', unit: '景翼社区', text: '用积分' }],
    accepted: 2,
  });
  put('talk', 8, { asks: false, place: { placeKind: 'theme', placeKey: 'dangjian' } });
  put('members', 7, { isPublic: false });
  put('aside', 6, { isPublic: false, place: beside, by: 'jingyi' });
  put('pinned', 40, { pinnedAt: now, asks: false });
  put('hidden', 1, { hiddenAt: now });
  put('old', 40 * 24, { by: 'jingyi', posts: [{ by: 'jingyi' }] });
  put('foreign', 5, { slug: 'other', by: 'qitashuji' });
  put('foreignMembers', 4, { slug: 'other', by: 'qitashuji', isPublic: false });
  for (const who of [
    'weiyun',
    'jingyi',
    'minzheng',
    'xueyuan',
    'yibao',
    'baoxian',
    'qita',
    'admin',
  ]) {
    reader[who] = await t.as(who);
  }
  reader[''] = t.visitor;
});
afterAll(() => t.close());

interface Listed {
  threads: { id: string; title: string; unread: number | null; [key: string]: unknown }[];
  pinned: { id: string }[];
  next: string | null;
}
async function list(who: string, query = ''): Promise<Listed> {
  const response = await reader[who]?.get(`${LIST}${query}`);
  expect(response?.status).toBe(200);
  return (await response?.json()) as Listed;
}
const named = (rows: readonly { id: string }[]) =>
  rows.map((row) => Object.keys(id).find((name) => id[name] === row.id));

describe('a salon’s list', () => {
  const PUBLIC = ['talk', 'solved', 'question', 'old'];
  const ALL = ['aside', 'members', ...PUBLIC];

  test.each([
    ['', PUBLIC],
    ['qita', PUBLIC],
    ['admin', PUBLIC],
    ['baoxian', PUBLIC],
    ['yibao', ['aside', ...PUBLIC]],
    ['xueyuan', ALL],
    ['weiyun', ALL],
    ['minzheng', ALL],
  ])('as “%s” sees it', async (who, shown) => {
    const { threads: rows, pinned, next } = await list(who);
    expect(named(rows)).toEqual(shown);
    expect(named(pinned)).toEqual(['pinned']);
    expect(next).toBeNull();
  });

  it('is, for somebody whose time in it is over, what visitors see', async () => {
    const me = await t.as('peixun');
    const before = named(((await (await me.get(LIST)).json()) as Listed).threads);
    const sql = 'UPDATE membership SET until = since WHERE person_id = ?';
    t.services.db.sqlite.prepare(sql).run(t.personId('peixun'));
    expect(before).toEqual(ALL);
    expect(named(((await (await me.get(LIST)).json()) as Listed).threads)).toEqual(PUBLIC);
    const gone = await me.get(`/api/threads/${id['members']}`);
    expect([gone.status, await codeOf(gone)]).toEqual([404, 'notFound']);
  });

  it('says of each what a list needs, and no name of a person', async () => {
    const response = await t.visitor.get(LIST);
    expect(response.headers.get('cache-control')).toBe('public, no-cache');
    const text = await response.text();
    expect(text).not.toMatch(/演示·/);
    expect(text).not.toContain(t.personId('weiyun'));
    const rows = (JSON.parse(text) as Listed).threads;
    expect(rows.find((row) => row.id === id['question'])).toEqual({
      id: id['question'],
      salon: DEMO,
      title: '讨论question',
      place: {
        kind: 'case',
        key: 'weiwang-shige',
        name: '微网实格',
        link: '/cases/weiwang-shige/',
      },
      asks: true,
      isPublic: true,
      unit: '渭运社区',
      at: new Date(now - 10 * HOUR).toISOString(),
      replies: 0,
      lastAt: new Date(now - 10 * HOUR).toISOString(),
      lastUnit: '渭运社区',
      same: 3,
      accepted: null,
      pinned: false,
      locked: false,
      unread: null,
    });
  });

  it('goes on by cursor, past equal times, each once, the pinned only on the first page', async () => {
    const same = Array.from({ length: 5 }, () =>
      seedThread(t, { at: now - 20 * DAY, asks: false }),
    );
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; ; pages += 1) {
      const page = await list('weiyun', `?limit=2${cursor}`);
      expect(page.pinned).toHaveLength(pages === 0 ? 1 : 0);
      seen.push(...page.threads.map((row) => row.id));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toHaveLength(new Set(seen).size);
    expect(new Set(seen)).toEqual(new Set([...same, ...ALL.map((name) => id[name])]));
    t.services.db.sqlite.exec(`DELETE FROM post_text; DELETE FROM post WHERE thread_id IN ('${same.join("','")}');
      DELETE FROM thread WHERE id IN ('${same.join("','")}')`);
    t.services.changes.count += 1;
    const bad = await t.visitor.get(`${LIST}?cursor=nonsense`);
    expect(bad.status).toBe(422);
  });

  test.each([
    ['waiting', '', ['question', 'old']],
    ['waiting', 'weiyun', ['aside', 'members', 'question', 'old']],
    ['solved', '', ['solved']],
    ['mine', 'jingyi', ['aside', 'solved', 'old']],
    ['unread', 'jingyi', ['aside', 'members', 'talk', 'solved', 'question', 'pinned']],
    ['unread', 'yibao', ['aside', 'talk', 'solved', 'question', 'pinned']],
  ])('of %s as “%s”', async (view, who, shown) => {
    const { threads: rows, pinned } = await list(who, `?view=${view}`);
    expect(named(rows)).toEqual(shown);
    expect(pinned).toEqual([]);
  });

  test.each(['mine', 'unread'])('of %s asks visitors to sign in', async (view) => {
    const response = await t.visitor.get(`${LIST}?view=${view}`);
    expect([response.status, await codeOf(response)]).toEqual([401, 'signIn']);
  });

  it('of my own holds what I follow and where I was named, not what I only mute', async () => {
    const { orm, sqlite } = t.services.db;
    const personId = t.personId('xueyuan');
    expect(named((await list('xueyuan', '?view=mine')).threads)).toEqual([]);
    const seq = sqlite.prepare('SELECT seq FROM post WHERE thread_id = ?').pluck().get(id['talk']);
    orm
      .insert(mention)
      .values({ personId, postSeq: Number(seq) })
      .run();
    orm
      .insert(follow)
      .values({ personId, threadId: id['question'] ?? '', level: 'follow' })
      .run();
    orm
      .insert(follow)
      .values({ personId, threadId: id['members'] ?? '', level: 'mute' })
      .run();
    expect(named((await list('xueyuan', '?view=mine')).threads)).toEqual(['talk', 'question']);
  });

  test.each([
    ['dangjian', ['talk', 'solved', 'question', 'old'], ['pinned']],
    ['wangge', ['solved', 'question', 'old'], ['pinned']],
    ['none', [], []],
  ])('of the theme %s has its cases’ and methods’ too', async (theme, shown, pinned) => {
    const page = await list('', `?theme=${theme}`);
    expect([named(page.threads), named(page.pinned)]).toEqual([shown, pinned]);
  });
});

describe('what stands at one place', () => {
  test.each([
    ['case:weiwang-shige', ['solved', 'question', 'old'], ['pinned']],
    ['theme:dangjian', ['talk', 'solved', 'question', 'old'], ['pinned']],
    ['method:sanjian-yiguan', [], []],
  ])('%s: its threads alone', async (place, shown, pinned) => {
    const page = await list('', `?place=${place}`);
    expect([named(page.threads), named(page.pinned)]).toEqual([shown, pinned]);
  });

  it('is asked for by the number of a session, and only of the reader’s own may be read', async () => {
    const place = `?place=session:${session.number}`;
    expect(named((await list('jingyi', place)).threads)).toEqual(['aside']);
    expect(named((await list('', place)).threads)).toEqual([]);
  });

  test.each([
    ['case:none', 404],
    ['session:999', 404],
    ['case', 422],
    ['person:weiyun', 422],
  ])('%s is none', async (place, status) => {
    expect((await t.visitor.get(`${LIST}?place=${place}`)).status).toBe(status);
  });
});

describe('what is unread', () => {
  const unread = async (who: string) => {
    const response = await reader[who]?.get(`/api/salons/${DEMO}/forum/unread`);
    return response?.json();
  };
  const readTo = (who: string, name: string, n: number) =>
    reader[who]?.send('PUT', `/api/threads/${id[name]}/read`, { n });

  it('shrinks by reading, on whatever device, never grows back, and grows by a reply', async () => {
    expect(await unread('minzheng')).toEqual({ threads: 6, more: false });
    expect((await readTo('minzheng', 'solved', 2))?.status).toBe(200);
    expect(await unread('minzheng')).toEqual({ threads: 5, more: false });
    await readTo('minzheng', 'solved', 1);
    const other = await t.as('minzheng');
    const page = await (await other.get(`/api/threads/${id['solved']}`)).json();
    expect(page.mine.read).toBe(2);
    // Nobody has read what is not there yet.
    await readTo('minzheng', 'solved', 900);
    seedPosts(t, id['solved'] ?? '', [{ at: now - 9 * HOUR + 120_000 }]);
    expect(await unread('minzheng')).toEqual({ threads: 6, more: false });
    const row = (await list('minzheng')).threads.find((one) => one.id === id['solved']);
    expect(row?.unread).toBe(1);
  });

  it('is not what is muted, nor what everything was said to be read before', async () => {
    const me = reader['minzheng'];
    const mute = (level: string | null) =>
      me?.send('PUT', `/api/threads/${id['talk']}/follow`, { level });
    await mute('mute');
    expect(await unread('minzheng')).toEqual({ threads: 5, more: false });
    await mute('follow');
    const page = await (await me?.get(`/api/threads/${id['talk']}`))?.json();
    expect(page.mine.follow).toBe('follow');
    await mute(null);
    expect(await unread('minzheng')).toEqual({ threads: 6, more: false });
    const all = await me?.send('POST', `/api/salons/${DEMO}/forum/read-all`);
    expect(await all?.json()).toEqual({ threads: 0, more: false });
    expect((await list('minzheng', '?view=unread')).threads).toEqual([]);
    now += 1000;
    const fresh = seedThread(t, { at: now });
    expect(await unread('minzheng')).toEqual({ threads: 1, more: false });
    expect((await list('minzheng')).threads[0]).toMatchObject({ id: fresh, unread: 1 });
    t.services.db.sqlite.prepare('UPDATE thread SET hidden_at = 1 WHERE id = ?').run(fresh);
    t.services.changes.count += 1;
  });

  it('is counted to 99', async () => {
    now += UNREAD_MS * 2;
    // Two months on every session has ended.
    for (const who of Object.keys(reader)) if (who) reader[who] = await t.as(who);
    expect(await unread('weiyun')).toEqual({ threads: 0, more: false });
    const many = Array.from({ length: 100 }, (_, index) =>
      seedThread(t, { at: now - index, by: 'jingyi' }),
    );
    expect(await unread('weiyun')).toEqual({ threads: 99, more: true });
    await reader['weiyun']?.send('PUT', `/api/threads/${many[0]}/read`, { n: 1 });
    expect(await unread('weiyun')).toEqual({ threads: 99, more: false });
    const list = `('${many.join("','")}')`;
    t.services.db.sqlite.exec(`DELETE FROM thread_reading WHERE thread_id IN ${list};
      DELETE FROM post WHERE thread_id IN ${list}; DELETE FROM thread WHERE id IN ${list}`);
    now -= UNREAD_MS * 2;
    t.services.changes.count += 1;
  });

  it('is nothing to visitors and outsiders', async () => {
    const path = `/api/salons/${DEMO}/forum/unread`;
    expect((await t.visitor.get(path)).status).toBe(401);
    expect((await reader['qita']?.get(path))?.status).toBe(404);
  });
});

describe('reading on', () => {
  const marks = () =>
    t.services.db.sqlite.prepare('SELECT count(*) FROM thread_reading').pluck().get();

  test.each([
    ['', 'talk', 401],
    ['baoxian', 'members', 403],
    ['qita', 'members', 404],
    ['yibao', 'members', 403],
    ['yibao', 'foreignMembers', 404],
    ['weiyun', 'hidden', 410],
  ])('as “%s” of %s is refused with %i, and nothing is kept', async (who, name, status) => {
    const before = marks();
    const client = reader[who];
    const body = { n: 1 };
    expect((await client?.send('PUT', `/api/threads/${id[name]}/read`, body))?.status).toBe(status);
    const level = { level: 'follow' };
    expect((await client?.send('PUT', `/api/threads/${id[name]}/follow`, level))?.status).toBe(
      status,
    );
    expect(marks()).toBe(before);
  });
});

describe('the query agrees with the permission table', () => {
  it('thread by thread, reader by reader', async () => {
    const { orm } = t.services.db;
    const all = orm
      .select()
      .from(threads)
      .all()
      .filter(({ hiddenAt }) => hiddenAt === null);
    expect(all.length).toBeGreaterThan(8);
    for (const production of [false, true]) {
      for (const who of ['', ...Object.keys(reader).filter(Boolean), 'qitashuji']) {
        const ctx = contextOf(t, who, { production });
        const listed = orm.select({ id: threads.id }).from(threads).where(readable(orm, ctx)).all();
        const shown = new Set(listed.map((row) => row.id));
        for (const one of all) {
          let allowed = true;
          try {
            allowToRead(orm, ctx, one.id);
          } catch {
            allowed = false;
          }
          expect([who, one.title, shown.has(one.id)]).toEqual([who, one.title, allowed]);
        }
      }
    }
  });
});

describe('the plan', () => {
  const planOf = (query: { toSQL(): { sql: string; params: unknown[] } }): string => {
    const { sql, params } = query.toSQL();
    const rows = t.services.db.sqlite
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...params);
    return rows.map(({ detail }) => detail).join('\n');
  };
  const cursor = Buffer.from(JSON.stringify({ after: 5, id: newId() })).toString('base64url');

  test.each([
    ['latest', 'thread_latest'],
    ['unread', 'thread_latest'],
    ['mine', 'thread_latest'],
    ['waiting', 'thread_waiting'],
    ['solved', 'thread_solved'],
  ] as const)('of %s walks %s and sorts nothing', (view, index) => {
    const place = { kind: 'case', key: 'weiwang-shige' } as const;
    for (const more of [{}, { cursor }, { theme: 'dangjian' }, { place }]) {
      const ctx = contextOf(t, 'weiyun');
      const plan = planOf(
        listQuery(t.services.db.orm, ctx, salonId(t), { view, limit: 20, ...more }),
      );
      expect(plan).toContain(`USING INDEX ${index} (salon_id=?`);
      expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER/);
      expect(plan).not.toMatch(/SCAN (?:thread|post)\b/);
    }
  });

  it('of a page further on begins where the last one ended', () => {
    const query = { view: 'latest', limit: 20, cursor } as const;
    const plan = planOf(listQuery(t.services.db.orm, contextOf(t, ''), salonId(t), query));
    expect(plan).toContain('thread_latest (salon_id=? AND (last_at,id)<(?,?))');
  });

  it('of the unread count ends with what is never unread', () => {
    const plan = planOf(unreadQuery(t.services.db.orm, contextOf(t, 'weiyun'), salonId(t)));
    expect(plan).toContain('thread_latest (salon_id=? AND last_at>?)');
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN (?:thread|post)\b/);
  });
});

describe('about a place', () => {
  const about = async (who: string, path: string) => reader[who]?.get(`/api/places/${path}`);
  interface About {
    threads: { id: string }[];
    total: number;
    solved: unknown[];
    mayWrite: boolean;
  }
  const read = async (who: string, path: string) =>
    (await (await about(who, path))?.json()) as About;

  it('shows visitors what is public everywhere, members that of their salon too', async () => {
    const visitor = await read('', 'case/weiwang-shige/threads');
    expect(named(visitor.threads)).toEqual(['foreign', 'solved', 'question', 'pinned', 'old']);
    expect([visitor.total, visitor.mayWrite]).toEqual([5, false]);
    const member = await read('weiyun', 'case/weiwang-shige/threads');
    expect(named(member.threads)).toEqual([
      ...['foreign', 'members', 'solved', 'question', 'pinned', 'old'],
    ]);
    expect([member.total, member.mayWrite]).toEqual([6, true]);
    expect(named((await read('qita', 'case/weiwang-shige/threads')).threads)).toEqual([
      ...['foreignMembers', 'foreign', 'solved', 'question', 'pinned', 'old'],
    ]);
  });

  it('tells what has helped, with the gist', async () => {
    const { solved } = await read('', 'case/weiwang-shige/threads');
    expect(solved).toEqual([
      { id: id['solved'], title: '讨论solved', n: 2, unit: '景翼社区', gist: '用积分' },
    ]);
  });

  it('under a theme has its cases’ and methods’', async () => {
    expect(named((await read('', 'theme/dangjian/threads')).threads)).toEqual([
      ...['foreign', 'talk', 'solved', 'question', 'pinned', 'old'],
    ]);
  });

  it('of one salon has only that salon’s; beside a session its guests write', async () => {
    const place = `session/${session.number}/threads?salon=${DEMO}`;
    expect(named((await read('yibao', place)).threads)).toEqual(['aside']);
    expect((await read('yibao', place)).mayWrite).toBe(true);
    expect(await read('', place)).toEqual({ threads: [], total: 0, solved: [], mayWrite: false });
    expect((await read('baoxian', place)).mayWrite).toBe(false);
    const other = await read('weiyun', 'case/weiwang-shige/threads?salon=other');
    expect([named(other.threads), other.mayWrite]).toEqual([['foreign'], false]);
  });

  test.each([
    'case/none/threads',
    `session/1/threads`,
    `session/77/threads?salon=${DEMO}`,
    `case/weiwang-shige/threads?salon=none`,
  ])('%s is not there', async (path) => {
    expect((await about('weiyun', path))?.status).toBe(404);
  });
});
