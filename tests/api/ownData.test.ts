import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../api/accounts/password.ts';
import { personalData } from '../../api/accounts/personalData.ts';
import { verifyAudit } from '../../api/core/audit.ts';
import { newId } from '../../api/core/id.ts';
import { indexedQuery } from '../../api/forum/tokens.ts';
import { person } from '../../db/schema/index.ts';
import { dump } from '../support/dump.ts';
import { addForum, WORDS } from '../support/forumPerson.ts';
import { addGuest, addSession, FAR } from '../support/months.ts';
import {
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  ORIGIN,
  type TestApp,
} from '../support/testApp.ts';

const PASSWORD = 'violet-otter-lantern-42';
/** Nothing else in the database looks like these. */
const TRACES = {
  name: '欧阳娜娜特',
  phone: '13987654321',
  userName: 'ouyangnanate',
  email: 'ouyangnanate@example.cn',
  unit: '独一无二街道办',
};

/** Someone with something in every table: invited, seated, with devices and a second factor. */
async function addWholePerson(t: TestApp): Promise<{ id: string; client: Client }> {
  const host = await t.as('minzheng');
  const { name, phone, userName, unit } = TRACES;
  const member = { name, phone, userName, unit, role: 'trainer' };
  const key = { 'idempotency-key': 'add-the-person' };
  const added = await host.send('POST', `/api/salons/${DEMO}/members`, member, key);
  const { personId, invitation } = (await added.json()) as {
    personId: string;
    invitation: { code: string };
  };
  const redeem = { pass: invitation.code, password: PASSWORD };
  const entered = await t.visitor.send('POST', '/api/passes/redeem', redeem);
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, 'content-type': 'application/json', origin: ORIGIN };
  const seat = t.services.db.sqlite
    .prepare<[], string>("SELECT id FROM seat WHERE community = '示例社区四'")
    .pluck()
    .get();
  const handOver = `/api/salons/${DEMO}/seats/${seat}/hand-over`;
  expect((await host.send('POST', handOver, { personId })).status).toBe(200);
  const { email } = TRACES;
  const profile = await t.visitor.send('PATCH', '/api/me', { email, password: PASSWORD }, headers);
  expect(profile.status).toBe(200);
  const { db, secret } = t.services;
  const values = { personId, sealedSecret: secret.seal('totp', 'ABCDEFGH'), confirmedAt: 1 };
  db.sqlite
    .prepare('INSERT INTO second_factor VALUES (?, ?, ?, 0)')
    .run(values.personId, values.sealedSecret, values.confirmedAt);
  db.sqlite.prepare('INSERT INTO recovery_code VALUES (?, ?, NULL)').run(personId, 'digest');
  const seated = { 'idempotency-key': 'my-own-key-1' };
  await t.visitor.send('PATCH', '/api/me', { name }, { ...headers, ...seated });
  db.sqlite
    .prepare("INSERT INTO entry_pass VALUES (?, ?, 'reset', 'd', NULL, ?, 1, 2, NULL)")
    .run(newId(), t.personId('xueyuan'), personId);
  addMonths(t, personId);
  addForum(t, personId, TRACES);
  const client: Client = {
    cookie,
    get: (path) => t.visitor.get(path, { cookie }),
    send: (method, path, body) => t.visitor.send(method, path, body, headers),
  };
  return { id: personId, client };
}

/** Invited to a session, told of it, with a calendar. */
function addMonths(t: TestApp, personId: string): void {
  addGuest(t, addSession(t, FAR), { personId, name: TRACES.name });
  const { sqlite } = t.services.db;
  const salon = sqlite.prepare<[], string>('SELECT id FROM salon').pluck().get();
  sqlite
    .prepare(
      'INSERT INTO notice VALUES (100000, ?, \'turn.yours\', \'{"month":"2026-11"}\', 5, NULL)',
    )
    .run(salon);
  sqlite.prepare('INSERT INTO inbox VALUES (?, 100000, NULL)').run(personId);
  sqlite.prepare("INSERT INTO calendar_feed VALUES (?, 'digest', 1)").run(personId);
}

let t: TestApp;
let id: string;
let client: Client;
beforeAll(async () => {
  t = await createTestApp();
  ({ id, client } = await addWholePerson(t));
});
afterAll(() => t.close());

/** Every `table.column` of the migrated database that refers to a person. */
function references(): string[] {
  const { sqlite } = t.services.db;
  const tables = sqlite
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  return tables.flatMap((table) =>
    (sqlite.pragma(`foreign_key_list("${table}")`) as { table: string; from: string }[])
      .filter((key) => key.table === 'person')
      .map(({ from }) => `${table}.${from}`),
  );
}

describe('what is held about someone', () => {
  it('is listed for every column that refers to a person, and once', () => {
    const listed = personalData.flatMap(({ columns }) => columns);
    expect(references().length).toBeGreaterThan(8);
    expect([...listed].sort()).toEqual(['person.id', ...references()].sort());
    expect(new Set(personalData.map(({ title }) => title)).size).toBe(personalData.length);
  });

  it('is there in every table, so that the tests below mean something', () => {
    const { sqlite } = t.services.db;
    const empty = references().filter((reference) => {
      const [table, column] = reference.split('.');
      return !sqlite.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).get(id);
    });
    expect(empty).toEqual([]);
  });

  it('is exported whole, as a file', async () => {
    const response = await client.get('/api/me/export');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const data = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(data)).toEqual(['导出时间', ...personalData.map(({ title }) => title)]);
    const { name, phone, userName, email, unit } = TRACES;
    expect(data['账号']).toMatchObject({
      姓名: name,
      手机号: phone,
      用户名: userName,
      邮箱: email,
    });
    expect(data['在沙龙中的身份']).toMatchObject([{ 身份: 'trainer', 单位: unit, 止: null }]);
    expect(data['受邀参加的会议']).toMatchObject([{ 姓名: name, 答复: 'open' }]);
    expect(data['通知']).toMatchObject([{ 内容: '2026年11月由您担任轮值主席。', 已读: null }]);
    expect(data['日历订阅']).toHaveLength(1);
    expect(data['担任的席位']).toMatchObject([{ 社区: '示例社区四', 止: null }]);
    for (const title of ['已登录的设备', '邀请与重置', '两步验证', '恢复码', '操作记录']) {
      expect(data[title], title).not.toEqual([]);
    }
    expect(data['写的帖子']).toEqual([
      {
        ...{ 讨论: '微网格长怎么补贴', 楼层: 2, 单位: '渭运社区', 时间: expect.any(String) },
        ...{ 状态: '显示', 正文: '我写的一楼' },
        改前: [{ 正文: WORDS.former, 改于: '1970-01-01T00:00:00.001Z' }],
      },
      expect.objectContaining({ 讨论: '我发起的讨论', 楼层: 1, 改前: [] }),
    ]);
    expect(data).toMatchObject({
      发起的讨论: [{ 标题: '我发起的讨论' }],
      帖子的草稿: [{ 正文: WORDS.draft }],
      标过的同问和有用: [{ 讨论: '微网格长怎么补贴', 楼层: 1 }],
      提到我的帖子: [{ 楼层: 1 }],
      上传的图片: [{ 宽: 3, 高: 4 }, { 宽: 3 }],
      关注的讨论: [{ 方式: '关注' }],
      读到的楼层: [{ 楼层: 2 }],
      全部标为已读: [{ 沙龙: '富平县社区治理主题沙龙（演示）' }],
      举报: [
        { 理由: WORDS.reported, 处理: '保留' },
        { 理由: '还没有处理', 处理: null, 处理时间: null },
      ],
      管理讨论的操作: [{ 理由: '公开的理由' }],
      通知的选择: [{ 种类: '轮值', 邮件: '汇总发' }],
      通知的时间: [{ 汇总: '每周', 免打扰起: '22:00', 免打扰止: '07:30', 邮箱拒收: null }],
      等着发的通知: [{ 何时发: '1970-01-01T00:00:00.005Z' }],
      邮件: [{ 状态: '已发出', 试过: 0 }],
      设的群机器人: [{ 名称: '工作群' }],
    });
    const text = JSON.stringify(data);
    expect(text).not.toMatch(/argon2|sealed|digest|token/i);
  });

  it('is exported to nobody else', async () => {
    expect((await t.visitor.get('/api/me/export')).status).toBe(401);
    const other = JSON.stringify(await (await (await t.as('jingyi')).get('/api/me/export')).json());
    for (const trace of Object.values(TRACES)) expect(other).not.toContain(trace);
  });
});

describe('erasing an account', () => {
  const rows = (sql: string) => t.services.db.sqlite.prepare(sql).all(id);

  it('asks for the password, and changes nothing without it', async () => {
    const before = dump(t);
    const refused = await client.send('POST', '/api/me/erase', { password: 'wrong' });
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'wrongPassword']);
    expect(dump(t)).toEqual(before);
  });

  it('leaves no trace of who it was in any table', async () => {
    const ended = 'INSERT INTO membership VALUES (?, ?, ?, ?, ?, ?, ?)';
    const salon = t.services.db.sqlite.prepare('SELECT id FROM salon').pluck().get();
    t.services.db.sqlite.prepare(ended).run(newId(), salon, id, 'guest', TRACES.unit, 1000, 2000);
    const done = await client.send('POST', '/api/me/erase', { password: PASSWORD });
    expect(done.status).toBe(200);
    expect(done.headers.get('set-cookie')).toMatch(/^yuanzhuo=; Max-Age=0/);
    const text = JSON.stringify(dump(t));
    for (const trace of Object.values(TRACES)) expect(text).not.toContain(trace);
    expect(rows('SELECT * FROM person WHERE id = ?')).toEqual([
      expect.objectContaining({ name: '已注销用户', phone: null, password_hash: null }),
    ]);
  });

  it('leaves none in the bytes of the file either', () => {
    const { sqlite, file } = t.services.db;
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(file);
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(bytes.includes('已注销用户')).toBe(true);
    for (const trace of Object.values(TRACES)) expect(bytes.includes(trace), trace).toBe(false);
  });

  it('keeps what was done: the audit, and who was seated from when to when', () => {
    expect(rows('SELECT * FROM tenure WHERE person_id = ?')).toEqual([
      expect.objectContaining({ until: expect.any(Number) }),
    ]);
    expect(rows('SELECT * FROM audit WHERE actor_id = ?').length).toBeGreaterThan(0);
    expect(verifyAudit(t.services.db.orm, t.services.secret).fault).toBeUndefined();
    // What had ended before keeps its end.
    expect(rows("SELECT until FROM membership WHERE role = 'guest' AND person_id = ?")).toEqual([
      { until: 2000 },
    ]);
  });

  it('keeps the posts under the unit of then, and what others need; the private goes', () => {
    expect(rows('SELECT unit, source FROM post WHERE author_id = ? ORDER BY seq')).toEqual([
      { unit: '渭运社区', source: '我写的一楼' },
      { unit: '渭运社区', source: '我写的一楼' },
    ]);
    for (const table of [
      ...['mention', 'follow', 'thread_reading', 'forum_seen', 'post_draft', 'notice_choice'],
      ...['notice_timing', 'delivery', 'dispatch'],
    ]) {
      expect(rows(`SELECT * FROM ${table} WHERE person_id = ?`), table).toEqual([]);
    }
    for (const table of ['post_mark', 'moderation']) {
      expect(rows(`SELECT * FROM ${table} WHERE person_id = ?`), table).toHaveLength(1);
    }
    expect(rows('SELECT id FROM picture WHERE owner_id = ?')).toEqual([{ id: 'used' }]);
    expect(rows('SELECT id FROM webhook WHERE created_by = ?')).toHaveLength(1);
    expect(rows('SELECT id, reason FROM report WHERE reporter_id = ? ORDER BY id')).toEqual([
      { id: 'decided', reason: '' },
      { id: 'open', reason: '还没有处理' },
    ]);
    const left = JSON.stringify(dump(t));
    for (const word of Object.values(WORDS)) expect(left, word).not.toContain(word);
  });

  it('lets posts of others that called the name call nobody, in text, history and search', () => {
    const { sqlite } = t.services.db;
    const all = (sql: string) => sqlite.prepare<[], string>(sql).pluck().all();
    const nobody = '@已注销用户';
    expect(all('SELECT source FROM post')).toContain(`${nobody} 请看`);
    expect(all('SELECT source FROM post')).toContain(`> ${nobody} 请看`);
    const html = all('SELECT html FROM post');
    expect(html).toContain(`<p><span class="mention">${nobody}</span> 请看</p>`);
    expect(html.join('')).not.toContain(TRACES.name);
    expect(all('SELECT source FROM post_version')).toEqual([`${nobody} 你好`]);
    const found = (words: string) =>
      sqlite.prepare('SELECT rowid FROM post_text(?)').all(indexedQuery(words));
    expect(found(TRACES.name)).toEqual([]);
    expect(found('已注销用户')).toHaveLength(2);
  });

  it('ends every session and every way in', async () => {
    expect((await client.get('/api/me/devices')).status).toBe(401);
    const { phone: login } = TRACES;
    const again = await t.visitor.send('POST', '/api/sign-in', { login, password: PASSWORD });
    expect(await codeOf(again)).toBe('wrongLogin');
    const admin = await t.as('admin');
    expect((await admin.send('POST', `/api/accounts/${id}/reset`)).status).toBe(404);
    expect((await admin.send('PUT', `/api/accounts/${id}/active`, { active: true })).status).toBe(
      404,
    );
  });

  it('leaves the seat vacant, and the number free for somebody new', async () => {
    const host = await t.as('minzheng');
    const { members } = await (await host.get(`/api/salons/${DEMO}/members`)).json();
    const here = members.map(({ personId }: { personId: string }) => personId);
    expect(here).not.toContain(id);
    const anew = { name: '另一人', phone: TRACES.phone, role: 'learner' };
    expect((await host.send('POST', `/api/salons/${DEMO}/members`, anew)).status).toBe(201);
  });

  it('is refused to a salon’s only host, until there is another', async () => {
    const host = await t.as('minzheng');
    const body = { password: 'yuanzhuo-demo' };
    const before = dump(t);
    const refused = await host.send('POST', '/api/me/erase', body);
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'lastHost']);
    expect(dump(t)).toEqual(before);
    const other = { name: '接任者', userName: 'jieren' };
    expect((await host.send('POST', `/api/salons/${DEMO}/hosts`, other)).status).toBe(201);
    expect((await host.send('POST', '/api/me/erase', body)).status).toBe(200);
  });

  it('is refused to the last admin, until there is another', async () => {
    const { orm } = t.services.db;
    const admin = await t.as('admin');
    const body = { password: 'yuanzhuo-demo' };
    const before = dump(t);
    const refused = await admin.send('POST', '/api/me/erase', body);
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'lastAdmin']);
    expect(dump(t)).toEqual(before);
    const values = { name: '另一位', userName: 'second', isAdmin: true, createdAt: 0 };
    orm
      .insert(person)
      .values({ id: newId(), ...values, passwordHash: await hashPassword(PASSWORD) })
      .run();
    expect((await admin.send('POST', '/api/me/erase', body)).status).toBe(200);
  });
});
