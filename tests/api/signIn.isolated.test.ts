import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { newId } from '../../api/core/id.ts';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { person } from '../../db/schema/index.ts';
import { dump } from '../support/dump.ts';
import { addOtherSalon, codeOf, createTestApp } from '../support/testApp.ts';

/** The cost of each password check, in the order they were made. */
const hashed = vi.hoisted((): string[] => []);
vi.mock(import('node:crypto'), async (original) => {
  const real = await original();
  const argon2: typeof real.argon2 = (algorithm, parameters, callback) => {
    const { memory, passes, parallelism, tagLength } = parameters;
    hashed.push(`${algorithm} ${memory} ${passes} ${parallelism} ${tagLength}`);
    return real.argon2(algorithm, parameters, callback);
  };
  return { ...real, argon2 };
});
beforeEach(() => {
  hashed.length = 0;
});

let calls = 0;
const addressOf = () => {
  calls += 1;
  return `10.0.${calls >> 8}.${calls & 255}`;
};
const t = await createTestApp({ deps: { addressOf } });
afterAll(() => t.close());
const { orm } = t.services.db;
const signIn = (login: string, password = DEMO_PASSWORD, headers = {}) =>
  t.visitor.send('POST', '/api/sign-in', { login, password }, headers);
const sessions = () => t.services.db.sqlite.prepare('SELECT * FROM device_session').all();
const update = (userName: string, values: Partial<typeof person.$inferInsert>) =>
  orm.update(person).set(values).where(eq(person.userName, userName)).run();

describe('signing in', () => {
  test.each(['weiyun', ' WEIYUN ', 'ｗｅｉｙｕｎ'])(
    'by user name, typed as “%s”',
    async (login) => {
      const response = await signIn(login);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ done: true });
      const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
      const who = await t.visitor.get('/api/me', { cookie });
      expect(await who.json()).toMatchObject({ me: { userName: 'weiyun' } });
    },
  );

  test.each(['13800000077', '+86 138-0000-0077', '008613800000077', '１３８ ００００ ００７７'])(
    'by phone number, typed as “%s”',
    async (login) => {
      update('shequ7', { phone: '13800000077' });
      expect((await signIn(login)).status).toBe(200);
    },
  );

  it('is not possible by e-mail, which nobody proved to own', async () => {
    update('shequ8', { email: 'a@example.cn' });
    expect(await codeOf(await signIn('a@example.cn'))).toBe('wrongLogin');
  });

  it('takes two spellings of one character as one password', async () => {
    const { hashPassword } = await import('../../api/accounts/password.ts');
    update('shequ9', { passwordHash: await hashPassword('caf\u00e9-violet-otter') });
    expect((await signIn('shequ9', 'cafe\u0301-violet-otter')).status).toBe(200);
    expect((await signIn('shequ9', 'cafe-violet-otter')).status).toBe(401);
  });

  it('is in the audit log, without the name that was typed', async () => {
    await signIn('shantuo');
    const rows = t.services.db.sqlite
      .prepare<[], { action: string; subject: string; detail: string; actor_id: null }>(
        'SELECT * FROM audit ORDER BY seq DESC LIMIT 1',
      )
      .all();
    expect(rows).toMatchObject([{ action: 'session.enter', subject: t.personId('shantuo') }]);
    expect(JSON.stringify(rows)).not.toContain('shantuo');
  });

  it('ends the session that this device had before', async () => {
    const before = await t.as('weiyun');
    expect((await before.get('/api/me/devices')).status).toBe(200);
    await signIn('minzheng', DEMO_PASSWORD, { cookie: before.cookie });
    expect((await before.get('/api/me/devices')).status).toBe(401);
  });

  it('keeps the session when the password of another is wrong', async () => {
    const before = await t.as('weiyun');
    await signIn('minzheng', 'wrong', { cookie: before.cookie });
    expect((await before.get('/api/me/devices')).status).toBe(200);
  });

  it('ends by signing out, for this device only', async () => {
    const [one, two] = [await t.as('weiyun'), await t.as('weiyun')];
    const out = await one.send('POST', '/api/sign-out');
    expect(out.status).toBe(200);
    expect(out.headers.get('set-cookie')).toMatch(/^yuanzhuo=; Max-Age=0; Path=\//);
    expect((await one.get('/api/me/devices')).status).toBe(401);
    expect((await two.get('/api/me/devices')).status).toBe(200);
  });
});

describe('someone who may not come in', () => {
  const names = {
    'a wrong password': 'jingyi',
    'an unknown name': 'nobody-at-all',
    'an unknown phone number': '13911112222',
    'a closed account': 'shequ10',
    'an account without a password': 'shequ11',
    'what is not a name at all': "' OR 1=1 --",
  };

  test.each(Object.entries(names))('%s gets the one answer, after one hash', async (_, login) => {
    update('shequ10', { deactivatedAt: 1 });
    update('shequ11', { passwordHash: null });
    const [before, devices] = [dump(t, ['sign_in_failure']), sessions()];
    const wrong = login === 'shequ10' ? DEMO_PASSWORD : 'not-the-password';
    const response = await signIn(login, wrong);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      type: 'urn:yuanzhuo:problem:wrongLogin',
      status: 401,
      title: '没能登录',
      detail: '账号或密码不对。忘了密码，请主办单位发一个重置码。',
    });
    expect([...response.headers.keys()].sort()).not.toContain('set-cookie');
    expect(hashed).toEqual(['argon2id 19456 2 1 32']);
    expect(dump(t, ['sign_in_failure'])).toEqual(before);
    expect(sessions()).toEqual(devices);
  });

  it('finds nothing about whom they tried in the database', async () => {
    await signIn('13911113333', 'not-the-password');
    await signIn('someone-unheard-of', 'not-the-password');
    const text = JSON.stringify(dump(t));
    expect(text).not.toContain('13911113333');
    expect(text).not.toContain('someone-unheard-of');
    expect(text).not.toContain('not-the-password');
  });

  it('is the demo in production, with the same answer as nobody', async () => {
    const live = await createTestApp({ production: true });
    await addOtherSalon(live);
    const answer = async (login: string) => {
      const body = { login, password: DEMO_PASSWORD };
      return (await live.visitor.send('POST', '/api/sign-in', body)).text();
    };
    expect(await answer('weiyun')).toBe(await answer('nobody-at-all'));
    expect(await (await live.visitor.get('/api/sign-in')).json()).toMatchObject({ demo: null });
    live.close();
  });

  it('is not told apart by the request for a reset mail', async () => {
    const mailing = await createTestApp({ mail: true });
    mailing.services.db.orm
      .insert(person)
      .values({ id: newId(), name: '某人', userName: 'mou', email: 'mou@example.cn', createdAt: 0 })
      .run();
    const ask = async (login: string) => {
      const response = await mailing.visitor.send('POST', '/api/reset-requests', { login });
      return [response.status, await response.text()];
    };
    const known = await ask('mou');
    expect(known).toEqual([202, '{"done":true}']);
    expect(await ask('nobody-at-all')).toEqual(known);
    expect(await ask('weiyun')).toEqual(known);
    await vi.waitFor(() => expect(mailing.mails).toHaveLength(1));
    expect(mailing.mails[0]?.to).toBe('mou@example.cn');
    expect(mailing.mails[0]?.text).toMatch(/http:\/\/localhost\/join\/#[a-z2-9-]{14}\n/);
    mailing.close();
  });
});
