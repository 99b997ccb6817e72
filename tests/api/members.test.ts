import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from '../support/dump.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';

let now: number;
let t: TestApp;
let host: Client;
beforeEach(async () => {
  now = Date.now() + 3600_000;
  t = await createTestApp({ clock: () => now });
  host = await t.as('minzheng');
});
afterEach(() => t.close());

const MEMBERS = `/api/salons/${DEMO}/members`;
const add = (body: object) =>
  host.send('POST', MEMBERS, { name: '王一', role: 'learner', ...body });
const remove = (who: string) => host.send('DELETE', `${MEMBERS}/${t.personId(who)}`);
interface Row {
  readonly name: string;
  readonly phone: string | null;
  readonly role: string;
  readonly community: string | null;
}
const list = async (client = host): Promise<Row[]> =>
  ((await (await client.get(MEMBERS)).json()) as { members: Row[] }).members;

describe('members', () => {
  it('are listed by seat and then by role, their numbers masked, for members only', async () => {
    await add({ phone: '13912345678' });
    const rows = await list(await t.as('yibao'));
    expect(rows.slice(0, 2).map(({ community }) => community)).toEqual(['景翼社区', '渭运社区']);
    expect(rows.slice(19).map(({ role }) => role)).toEqual([
      'guest',
      'guest',
      'host',
      'learner',
      'learner',
      'trainer',
    ]);
    expect(rows.find(({ name }) => name === '王一')?.phone).toBe('139****5678');
    expect(JSON.stringify(rows)).not.toContain('13912345678');
  });

  it('are added with an invitation if they are new, without if they have entered', async () => {
    const fresh = await (await add({ phone: '13900000001' })).json();
    expect(fresh.invitation).toMatchObject({ kind: 'invitation', personId: fresh.personId });
    const known = await add({ name: '演示·学员', userName: 'xueyuan', role: 'guest' });
    expect(await known.json()).toEqual({ personId: t.personId('xueyuan'), invitation: null });
  });

  it('are not added twice, without a login, or under another’s number', async () => {
    t.services.db.sqlite.exec("UPDATE person SET phone = '13900000009' WHERE user_name = 'weiyun'");
    const before = dump(t);
    const refused = async (body: object) => codeOf(await add(body));
    expect(await refused({ name: '演示·学员', userName: 'xueyuan' })).toBe('alreadyMember');
    expect(await refused({})).toBe('noLogin');
    expect(await refused({ phone: '13900000009' })).toBe('loginTaken');
    expect(await refused({ phone: '13900000001', role: 'host' })).toBe('invalid');
    expect(await refused({ phone: '13900000001', role: 'secretary' })).toBe('invalid');
    expect(dump(t)).toEqual(before);
  });

  it('lose the role and its permissions at once when removed, and can have it again', async () => {
    const learner = await t.as('xueyuan');
    expect((await learner.get(MEMBERS)).status).toBe(200);
    expect((await remove('xueyuan')).status).toBe(200);
    expect((await learner.get(MEMBERS)).status).toBe(404);
    expect(await codeOf(await remove('xueyuan'))).toBe('notFound');
    expect((await add({ name: '演示·学员', userName: 'xueyuan' })).status).toBe(201);
    expect((await learner.get(MEMBERS)).status).toBe(200);
  });

  it('are removed although the clock was set back', async () => {
    now = Date.UTC(2000, 0, 1);
    expect((await remove('xueyuan')).status).toBe(200);
    expect((await list()).some(({ role }) => role === 'learner')).toBe(false);
  });

  it('keep a seat: a secretary is not removed here', async () => {
    const before = dump(t);
    expect(await codeOf(await remove('weiyun'))).toBe('isSecretary');
    expect(dump(t)).toEqual(before);
  });

  it('of another salon stay where they are', async () => {
    await addOtherSalon(t);
    const before = dump(t);
    expect(await codeOf(await remove('qita'))).toBe('notFound');
    expect(dump(t)).toEqual(before);
    const added = await add({ name: 'qita', userName: 'qita' });
    expect(added.status).toBe(201);
    await remove('qita');
    const qita = await t.as('qita');
    expect((await qita.get('/api/salons/other/members')).status).toBe(200);
  });
});

describe('hosts', () => {
  it('cannot remove the last of them, also not two each other at once', async () => {
    const before = dump(t);
    expect(await codeOf(await remove('minzheng'))).toBe('lastHost');
    expect(dump(t)).toEqual(before);
    const second = { name: '主办二', userName: 'zhuban2' };
    expect((await host.send('POST', `/api/salons/${DEMO}/hosts`, second)).status).toBe(201);
    const other = await t.as('zhuban2');
    const both = await Promise.all([
      remove('zhuban2'),
      other.send('DELETE', `${MEMBERS}/${t.personId('minzheng')}`),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = t.services.db.sqlite
      .prepare("SELECT count(*) FROM membership WHERE role = 'host' AND until IS NULL")
      .pluck();
    expect(left.get()).toBe(1);
  });

  it('are appointed by the admin too, who can do nothing else in a salon', async () => {
    const admin = await t.as('admin');
    const body = { name: '主办二', userName: 'zhuban2' };
    expect((await admin.send('POST', `/api/salons/${DEMO}/hosts`, body)).status).toBe(201);
    expect((await admin.get(MEMBERS)).status).toBe(403);
  });
});
