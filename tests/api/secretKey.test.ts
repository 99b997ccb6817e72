import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSecret } from '../../api/accounts/secondFactor.ts';
import { createApp } from '../../api/app.ts';
import { silentLog } from '../../api/core/log.ts';
import { takeRunningLock } from '../../api/core/runningLock.ts';
import { keyFileOf, openServices } from '../../api/services.ts';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { person, secondFactor } from '../../db/schema/index.ts';
import { runCommand } from '../support/runCommand.ts';
import { launch } from '../support/serverProcess.ts';
import { codeOf, createTestApp, DEMO, ORIGIN, type TestApp } from '../support/testApp.ts';

let test: TestApp;
let file: string;
let key: string;
beforeEach(async () => {
  test = await createTestApp();
  file = test.services.db.file;
  key = keyFileOf(file);
});
afterEach(() => test.close());

/** Opens the database once more, as a server started now would. */
function reopen() {
  const services = openServices({ file, production: false, log: silentLog });
  const app = createApp({ services, siteDir: test.dir, version: '1' });
  const send = async (path: string, body: unknown, cookie = ''): Promise<Response> =>
    app.request(`${ORIGIN}${path}`, {
      method: 'POST',
      headers: { origin: ORIGIN, 'content-type': 'application/json', ...(cookie && { cookie }) },
      body: JSON.stringify(body),
    });
  return { services, send, close: () => services.db.close() };
}

async function startedWith(): Promise<{ code: number | string; output: string }> {
  writeFileSync(join(test.dir, 'index.html'), '');
  const { ended, output } = launch({
    DATABASE_URL: `file://${file}`,
    SITE_DIR: test.dir,
    PORT: '0',
  });
  return { code: await ended, output: output() };
}

/** Switches on a second factor, sealed with the key in use now. */
function guard(userName: string): void {
  const sealedSecret = test.services.secret.seal('totp', newSecret(userName).base32);
  const row = { personId: test.personId(userName), sealedSecret, confirmedAt: 1 };
  test.services.db.orm.insert(secondFactor).values(row).run();
}

describe('a server without its key', () => {
  it.each([
    ['is lost', () => rmSync(key), '不见了'],
    ['is another one', () => writeFileSync(key, 'ab'.repeat(32)), '与数据库不配'],
    ['is no key', () => writeFileSync(key, 'something else'), '已损坏'],
  ])('refuses to start when it %s, and says what to do', async (_, spoil, sentence) => {
    test.services.db.close();
    spoil();
    const left = existsSync(key) ? readFileSync(key, 'utf8') : undefined;
    const { code, output } = await startedWith();
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).toContain('请把原来的密钥文件放回去');
    expect(output.trim().split('\n')).toHaveLength(1);
    // No new key in the place of the one to be put back.
    expect(existsSync(key) ? readFileSync(key, 'utf8') : undefined).toBe(left);
  });
});

describe('npm run setup', () => {
  it('prints a link that sets the admin’s password, once', async () => {
    const { code, output } = await runCommand('setup', file);
    expect(code).toBe(0);
    const pass = /\/join\/#([0-9a-z-]+)/.exec(output)?.[1] ?? '';
    const body = { pass, password: '四只乌龟绕着湖边走路', userName: 'guanli' };
    const first = await test.visitor.send('POST', '/api/passes/redeem', body);
    expect(first.status).toBeLessThan(300);
    const login = { login: 'guanli', password: body.password };
    const entered = await test.visitor.send('POST', '/api/sign-in', login);
    expect(entered.status).toBeLessThan(300);
    const found = test.services.db.orm.select().from(person).where(eq(person.userName, 'guanli'));
    expect(found.get()?.isAdmin).toBe(true);
    const again = await test.visitor.send('POST', '/api/passes/redeem', body);
    expect([again.status, await codeOf(again)]).toEqual([410, 'passInvalid']);
  });

  it('--new-key changes nothing while the key fits or a server runs', async () => {
    guard('weiyun');
    const before = readFileSync(key, 'utf8');
    const fits = await runCommand('setup', file, { args: ['--new-key'] });
    expect(fits).toEqual({
      code: 1,
      output: '密钥文件完好，与数据库相配，不用换：没有改动什么。\n',
    });
    const release = takeRunningLock(file);
    const runs = await runCommand('setup', file, { args: ['--new-key'] });
    release?.();
    expect(runs).toEqual({ code: 1, output: '圆桌正在运行：请先停掉它，再换密钥。\n' });
    expect(readFileSync(key, 'utf8')).toBe(before);
  });

  it('--new-key keeps a foreign key file aside', async () => {
    test.services.db.close();
    const foreign = 'ab'.repeat(32);
    writeFileSync(key, foreign);
    expect((await runCommand('setup', file, { args: ['--new-key'] })).code).toBe(0);
    const aside = readdirSync(test.dir).find((name) => name.startsWith('secret.key.before-')) ?? '';
    expect(readFileSync(join(test.dir, aside), 'utf8')).toBe(foreign);
    expect(readFileSync(key, 'utf8')).not.toBe(foreign);
  });
});

describe('after --new-key', () => {
  const enter = { login: 'weiyun', password: DEMO_PASSWORD };

  it('whoever had a second factor is told what to do, and enters once a host has dropped it', async () => {
    guard('weiyun');
    const secretary = await test.as('shantuo');
    const host = await test.as('minzheng');
    const weiyun = test.personId('weiyun');
    rmSync(key);
    const setup = await runCommand('setup', file, { args: ['--new-key'] });
    expect(setup.output).toContain('已换新密钥');
    expect(setup.code).toBe(0);
    const after = reopen();
    try {
      for (const code of [undefined, '123456', 'abcd-efgh-jkmn']) {
        const refused = await after.send('/api/sign-in', { ...enter, ...(code && { code }) });
        expect([refused.status, await codeOf(refused)]).toEqual([409, 'secondFactorLost']);
      }
      // Only to whoever knows the password.
      const wrong = await after.send('/api/sign-in', { ...enter, password: 'wrong' });
      expect(await codeOf(wrong)).toBe('wrongLogin');
      const drop = await createApp({
        services: after.services,
        siteDir: test.dir,
        version: '1',
      }).request(`${ORIGIN}/api/salons/${DEMO}/members/${weiyun}/second-factor`, {
        method: 'DELETE',
        headers: { origin: ORIGIN, cookie: host.cookie },
      });
      expect(drop.status).toBe(200);
      expect((await after.send('/api/sign-in', enter)).status).toBeLessThan(300);
      // Sessions do not hang on the key.
      expect(await after.services.sessions.read(secretary.cookie.slice(9))).toBeDefined();
    } finally {
      after.close();
    }
    expect(await runCommand('audit-verify', file)).toMatchObject({ code: 0 });
  });

  it('the admin’s own second factor ends with the link, as nobody else could end it', async () => {
    const setup = await runCommand('setup', file);
    const pass = /\/join\/#([0-9a-z-]+)/.exec(setup.output)?.[1] ?? '';
    const password = '四只乌龟绕着湖边走路';
    await test.visitor.send('POST', '/api/passes/redeem', { pass, password, userName: 'guanli' });
    guard('guanli');
    rmSync(key);
    const renewed = await runCommand('setup', file, { args: ['--new-key'] });
    const second = /\/join\/#([0-9a-z-]+)/.exec(renewed.output)?.[1] ?? '';
    const after = reopen();
    try {
      const login = { login: 'guanli', password };
      expect(await codeOf(await after.send('/api/sign-in', login))).toBe('secondFactorLost');
      const redeemed = await after.send('/api/passes/redeem', { pass: second, password });
      expect(redeemed.status).toBeLessThan(300);
      expect((await after.send('/api/sign-in', login)).status).toBeLessThan(300);
    } finally {
      after.close();
    }
  });

  it('an answer kept for a retry is forgotten with the key that sealed it', async () => {
    const host = await test.as('minzheng');
    const body = { name: '某学员', userName: 'xinxueyuan', role: 'learner' };
    const headers = { 'idempotency-key': 'kept-before-the-loss' };
    const path = `/api/salons/${DEMO}/members`;
    expect((await host.send('POST', path, body, headers)).status).toBe(201);
    rmSync(key);
    await runCommand('setup', file, { args: ['--new-key'] });
    const after = reopen();
    try {
      const app = createApp({ services: after.services, siteDir: test.dir, version: '1' });
      const again = await app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        headers: {
          origin: ORIGIN,
          cookie: host.cookie,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body),
      });
      expect([again.status, await codeOf(again)]).toEqual([409, 'alreadyMember']);
    } finally {
      after.close();
    }
  });
});
