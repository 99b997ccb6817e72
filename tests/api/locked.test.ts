import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readiness } from '../../api/core/http/readiness.ts';
import { silentLog } from '../../api/core/log.ts';
import { openServices } from '../../api/services.ts';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { deviceSession, person } from '../../db/schema/index.ts';
import { holdDatabase } from '../support/holdDatabase.ts';
import { codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let test: TestApp;
let holder: { release(): Promise<void> } | undefined;
beforeEach(async () => {
  test = await createTestApp();
});
afterEach(async () => {
  await holder?.release();
  holder = undefined;
  test.close();
});

const hold = async (): Promise<void> => {
  holder = await holdDatabase(test.services.db.file);
};
const learner = { name: '某学员', userName: 'xinxueyuan', role: 'learner' };
const added = () =>
  test.services.db.orm.select().from(person).where(eq(person.userName, learner.userName)).all()
    .length;

describe('while another process holds the database', () => {
  it('answers readers, lets a write wait, and does it when the lock is let go', async () => {
    const host = await test.as('minzheng');
    await hold();
    let over = false;
    const writing = host.send('POST', `/api/salons/${DEMO}/members`, learner).then((response) => {
      over = true;
      return response;
    });
    expect((await test.visitor.get('/api/health')).status).toBe(200);
    expect((await test.visitor.get(`/api/salons/${DEMO}/seats`)).status).toBe(200);
    expect((await host.get('/api/me')).status).toBe(200);
    expect((await host.get(`/api/salons/${DEMO}/members`)).status).toBe(200);
    // All of these were answered while the write stood waiting.
    expect(over).toBe(false);
    await holder?.release();
    expect((await writing).status).toBe(201);
    expect(added()).toBe(1);
  });

  it('refuses a write after five seconds, with Retry-After, and has changed nothing', async () => {
    const host = await test.as('minzheng');
    await hold();
    const response = await host.send('POST', `/api/salons/${DEMO}/members`, learner);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await codeOf(response)).toBe('busy');
    await holder?.release();
    expect(added()).toBe(0);
    expect((await host.send('POST', `/api/salons/${DEMO}/members`, learner)).status).toBe(201);
  });

  it('lets signing in and out wait as well', async () => {
    const host = await test.as('minzheng');
    await hold();
    const login = { login: 'weiyun', password: DEMO_PASSWORD };
    const entering = test.visitor.send('POST', '/api/sign-in', login);
    const leaving = host.send('POST', '/api/sign-out');
    expect((await test.visitor.get('/api/health')).status).toBe(200);
    await holder?.release();
    expect((await entering).status).toBeLessThan(300);
    expect((await leaving).status).toBeLessThan(300);
    expect((await host.get('/api/me/devices')).status).toBe(401);
  });

  it('takes an expired cookie for a visitor, though it cannot be cleared away', async () => {
    const secretary = await test.as('weiyun');
    test.services.db.orm.update(deviceSession).set({ expiresAt: 1 }).run();
    await hold();
    expect((await secretary.get(`/api/salons/${DEMO}/seats`)).status).toBe(200);
    expect((await secretary.get('/api/me/devices')).status).toBe(401);
  });

  it('says that it is not ready, and that the database is why', async () => {
    await hold();
    const response = await test.visitor.get('/api/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ready: false,
      checks: { database: '数据库现在不能写入', migrations: 'ok', disk: 'ok' },
    });
    await holder?.release();
    expect((await test.visitor.get('/api/ready')).status).toBe(200);
  });

  it('opens it once the lock is let go, as a command beside a busy server must', async () => {
    const { file } = test.services.db;
    // Opening blocks this process, so the other one lets go by itself.
    holder = await holdDatabase(file, 300);
    const second = openServices({ file, production: false, log: silentLog });
    expect(second.db.sqlite.pragma('busy_timeout', { simple: true })).toBe(0);
    second.db.close();
  });
});

describe('readiness', () => {
  it('names migrations that the code does not have', async () => {
    test.services.db.sqlite.prepare("INSERT INTO migration VALUES (9999, 'later', '', 0)").run();
    const response = await test.visitor.get('/api/ready');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      ready: false,
      checks: { database: 'ok', migrations: '数据库版本与程序不符', disk: 'ok' },
    });
  });

  it('names the disk when less than the floor is free', async () => {
    const state = await readiness(test.services.db, Number.MAX_SAFE_INTEGER);
    expect(state.ready).toBe(false);
    expect(state.checks.disk).toMatch(/^磁盘只剩 \d+ MB$/);
    expect(state.checks.database).toBe('ok');
    expect((await readiness(test.services.db, 0)).ready).toBe(true);
  });
});
