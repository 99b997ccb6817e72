import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, DEMO, ORIGIN } from '../support/testApp.ts';

const t = await createTestApp();
afterAll(() => t.close());
let host: Client;
let me: Client;
let before: ReturnType<typeof dump>;
beforeEach(async () => {
  host = await t.as('minzheng');
  me = await t.as('weiyun');
  before = dump(t);
});

const MEMBERS = `/api/salons/${DEMO}/members`;
const SEATS = `/api/salons/${DEMO}/seats`;
const learner = { name: '王一', phone: '13900000001', role: 'learner' };
const raw = (client: Client, path: string, init: RequestInit) =>
  t.app.request(`${ORIGIN}${path}`, {
    method: 'POST',
    ...init,
    headers: { cookie: client.cookie, origin: ORIGIN, ...init.headers },
  });

/** The answer is a problem of this kind, and nothing was written. */
async function refused(response: Response, status: number, code: string): Promise<void> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect([response.status, await codeOf(response.clone())]).toEqual([status, code]);
  expect(dump(t)).toEqual(before);
}

describe('what is not JSON', () => {
  const type = { 'content-type': 'application/json' };
  test.each(['{', '', '{"name":}', 'null,', "{'a':1}", '\u0000', '[1,2'])(
    'malformed: %j',
    async (body) => {
      await refused(await raw(host, MEMBERS, { headers: type, body }), 400, 'badJson');
    },
  );

  test.each(['null', '[]', '"text"', '7', 'true'])('no object: %s', async (body) => {
    await refused(await raw(host, MEMBERS, { headers: type, body }), 422, 'invalid');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/csv',
    'application/xml',
  ])('sent as %s', async (kind) => {
    const body = JSON.stringify(learner);
    const sent = await raw(host, MEMBERS, { headers: { 'content-type': kind }, body });
    await refused(sent, 415, 'wrongType');
    const patch = { method: 'PATCH', headers: { 'content-type': kind }, body: '{"name":"新名"}' };
    await refused(await raw(me, '/api/me', patch), 415, 'wrongType');
  });

  it('no body at all', async () => {
    await refused(await raw(host, MEMBERS, {}), 415, 'wrongType');
  });
});

describe('too much', () => {
  const long = 'x'.repeat(1024 * 1024);
  const fields: readonly [string, string, Record<string, unknown>][] = [
    ['/api/sign-in', 'login', { login: long, password: 'x' }],
    ['/api/sign-in', 'password', { login: 'weiyun', password: long }],
    ['/api/passes/inspect', 'pass', { pass: long }],
    [MEMBERS, 'name', { ...learner, name: long }],
    [MEMBERS, 'phone', { ...learner, phone: long }],
    [MEMBERS, 'unit', { ...learner, unit: long }],
    [SEATS, 'community', { community: long }],
  ];

  test.each(fields)('%s: one megabyte of %s', async (path, field, body) => {
    const sent = await host.send('POST', path, body);
    const { errors } = (await sent.clone().json()) as { errors: { path: string }[] };
    expect(errors.map((one) => one.path)).toContain(`/${field}`);
    await refused(sent, 422, 'invalid');
    const told = { 'content-length': String(JSON.stringify(body).length) };
    await refused(await host.send('POST', path, body, told), 413, 'tooLarge');
  });

  it('more than the whole body may have, whatever its length is said to be', async () => {
    const body = JSON.stringify({ ...learner, name: 'x'.repeat(3 * 1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    await refused(await raw(host, MEMBERS, { headers, body }), 413, 'tooLarge');
  });

  it('deeply nested', async () => {
    const body = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const headers = { 'content-type': 'application/json' };
    const sent = await raw(host, MEMBERS, { headers, body });
    expect([400, 422]).toContain(sent.status);
    expect(dump(t)).toEqual(before);
  });
});

describe('unknown fields', () => {
  test.each([
    ['POST', MEMBERS, { ...learner, isAdmin: true }, 'isAdmin'],
    ['POST', SEATS, { community: '新社区', position: 1 }, 'position'],
    ['PATCH', '/api/me', { name: '新名', is_admin: 1 }, 'is_admin'],
    ['PATCH', `/api/salons/${DEMO}/settings`, { recallPercent: 10 }, 'recallPercent'],
    ['POST', '/api/sign-in', { login: 'weiyun', password: 'x', remember: true }, 'remember'],
  ])('%s %s', async (method, path, body, field) => {
    const sent = await host.send(method, path, body);
    const { errors } = (await sent.clone().json()) as { errors: unknown };
    expect(errors).toEqual([{ path: '', message: `不认识的字段：${field}` }]);
    await refused(sent, 422, 'invalid');
  });

  it('__proto__ and constructor are unknown too', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const name of ['__proto__', 'constructor']) {
      const body = `{"community":"新社区","${name}":{"isAdmin":true}}`;
      const sent = await raw(host, SEATS, { headers, body });
      if (sent.status === 201) throw new Error(`${name} was taken`);
      await refused(sent, 422, 'invalid');
    }
  });

  it('in a query, and in a place of the path', async () => {
    await refused(await host.get(`${SEATS}?limit=5&sort=name`), 422, 'invalid');
    await refused(await host.get(`${SEATS}/NOT-AN-ID`), 422, 'invalid');
    await refused(await host.get('/api/salons/Not%20a%20slug'), 422, 'invalid');
    await refused(await host.get("/api/salons/x';--/seats"), 422, 'invalid');
  });
});

describe('characters that are not text', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['a bell', 'a\u0007b'],
    ['a line break', 'a\nb'],
    ['a half of a pair', 'a\ud800b'],
    ['another half', '\udfffa'],
    ['only marks that nobody sees', '\u200b\u202e\ufeff'],
    ['only spaces', ' \u3000 '],
  ])('%s in a name', async (_, name) => {
    const sent = await host.send('POST', MEMBERS, { ...learner, name });
    const { errors } = (await sent.clone().json()) as { errors: { path: string }[] };
    expect(errors.map(({ path }) => path)).toEqual(['/name']);
    await refused(sent, 422, 'invalid');
    await refused(await host.send('POST', SEATS, { community: name }), 422, 'invalid');
  });

  it('marks that turn the writing round are taken out', async () => {
    const name = '王\u202e一\u2066\u200b';
    const done = await host.send('POST', MEMBERS, { ...learner, name, phone: '13900000011' });
    expect(done.status).toBe(201);
    const { personId } = (await done.json()) as { personId: string };
    const select = t.services.db.sqlite.prepare('SELECT name FROM person WHERE id = ?');
    expect(select.get(personId)).toEqual({ name: '王一' });
  });
});

describe('SQL and HTML', () => {
  const texts = [
    "'; DROP TABLE person; --",
    '" OR ""="',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '#{7*7}{{7*7}}',
    '%s%n\\',
    'Robert\'); SELECT "x',
  ];

  test.each(texts)('%s is stored as typed, and shown as data', async (text) => {
    const added = await host.send('POST', SEATS, { community: text });
    expect(added.status).toBe(201);
    expect(await added.json()).toMatchObject({ community: text });
    const number = `139${String(texts.indexOf(text)).padStart(8, '0')}`;
    const person = { name: text, phone: number, unit: text, role: 'guest' };
    expect((await host.send('POST', MEMBERS, person)).status).toBe(201);
    const list = await host.get(MEMBERS);
    expect(list.headers.get('content-type')).toBe('application/json');
    expect(list.headers.get('x-content-type-options')).toBe('nosniff');
    const { members } = (await list.json()) as { members: { name: string; unit: string }[] };
    expect(members).toContainEqual(expect.objectContaining({ name: text, unit: text }));
    const renamed = await me.send('PATCH', '/api/me', { name: text });
    expect(renamed.status).toBe(200);
    expect(await (await me.get('/api/me')).json()).toMatchObject({ me: { name: text } });
    expect(Object.keys(dump(t))).toEqual(Object.keys(before));
  });

  test.each(texts)('%s is nobody’s name to sign in with', async (login) => {
    const sent = await t.visitor.send('POST', '/api/sign-in', { login, password: login });
    expect([sent.status, await codeOf(sent)]).toEqual([401, 'wrongLogin']);
  });
});

describe('writes from elsewhere', () => {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify({ community: '新社区' });
  test.each<[string, Record<string, string>]>([
    ['without Origin', {}],
    ['from another site', { origin: 'https://evil.example' }],
    ['from another scheme', { origin: 'https://localhost' }],
    ['from another port', { origin: 'http://localhost:81' }],
    ['from nowhere', { origin: 'null' }],
    ['from a name that begins alike', { origin: 'http://localhost.evil.example' }],
    ['cross-site', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
    ['same-site', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
    ['by hand', { 'sec-fetch-site': 'none' }],
  ])('%s', async (_, headers) => {
    const at = `${ORIGIN}${SEATS}`;
    const all = { cookie: host.cookie, ...json, ...headers };
    await refused(
      await t.app.request(at, { method: 'POST', headers: all, body }),
      403,
      'foreignOrigin',
    );
  });

  it('are let through from a page of our own', async () => {
    const headers = { cookie: host.cookie, ...json, 'sec-fetch-site': 'same-origin' };
    const sent = await t.app.request(`${ORIGIN}${SEATS}`, { method: 'POST', headers, body });
    expect(sent.status).toBe(201);
  });
});

describe('lists and methods', () => {
  const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=x',
    'limit=',
    'limit=-1',
    'cursor=',
    'cursor=%00',
    'cursor=e30',
    `cursor=${text({ after: '1', id: 'a' })}`,
    `cursor=${text({ after: 1, id: 'a', more: 1 })}`,
    `cursor=${'A'.repeat(300)}`,
  ])('%s', async (query) => {
    await refused(await host.get(`${SEATS}?${query}`), 422, 'invalid');
  });

  it('a cursor of another list leads nowhere wrong', async () => {
    const first = (await (await host.get(`${SEATS}?limit=7`)).json()) as { next: string };
    const second = await (await host.get(`${SEATS}?limit=100&cursor=${first.next}`)).json();
    expect(second).toMatchObject({ next: null });
    const elsewhere = await host.get(`/api/salons/${DEMO}/audit?cursor=${first.next}`);
    expect(elsewhere.status).toBe(200);
  });

  test.each([
    ['POST', '/api/me'],
    ['PUT', SEATS],
    ['DELETE', '/api/salons'],
    ['PATCH', `/api/salons/${DEMO}`],
    ['GET', '/api/sign-out'],
    ['PROPFIND', MEMBERS],
  ])('%s %s is not a method of it', async (method, path) => {
    const sent = await t.app.request(`${ORIGIN}${path}`, { method, headers: { origin: ORIGIN } });
    await refused(sent, 405, 'methodNotAllowed');
    expect(sent.headers.get('allow')).toMatch(/^[A-Z]+(?:, [A-Z]+)*$/);
  });

  test.each(['short', 'with space', 'x'.repeat(81), '中文编号一二三四'])(
    'Idempotency-Key “%s” is none of ours',
    async (key) => {
      const headers = { 'idempotency-key': Buffer.from(key).toString('latin1') };
      const sent = await host.send('POST', SEATS, { community: '新社区' }, headers);
      await refused(sent, 400, 'badRequest');
    },
  );
});

it('an error no one foresaw shows the request’s id and nothing else', async () => {
  const logged: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => logged.push(fields) };
  const own = await createTestApp({ log });
  const client = await own.as('minzheng');
  own.services.db.sqlite.exec('DROP TABLE membership');
  const sent = await client.get(`/api/salons/${DEMO}/members`);
  expect(sent.status).toBe(500);
  const problem = (await sent.json()) as { requestId: string };
  expect(problem).toEqual({
    type: 'urn:yuanzhuo:problem:internal',
    status: 500,
    title: '服务器出错',
    detail: expect.stringContaining('请求编号'),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(JSON.stringify(problem)).not.toMatch(/membership|SQL|sqlite/i);
  expect(logged).toEqual([expect.objectContaining({ requestId: problem.requestId })]);
  own.close();
});
