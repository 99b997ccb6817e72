import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Answer, Call } from '../../api/core/outbound/outbound.ts';
import { createOutbound } from '../../api/core/outbound/outbound.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { NOTICE_KINDS, type NoticeKind } from '../../api/notices/kinds.ts';
import { type Notice, notify } from '../../api/notices/notify.ts';
import { lanesOf } from '../../api/notices/postman/postman.ts';
import { webhookSender } from '../../api/notices/webhooks/send.ts';
import { webhook } from '../../db/schema/index.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';

const KEY = '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa';
const SECRET = 'SEC-f0e1d2c3b4a5968778695a4b3c2d1e0f';
const GROUP = {
  name: '书记群',
  format: 'dingtalk',
  url: `https://oapi.dingtalk.com/robot/send?access_token=${KEY}`,
  secret: SECRET,
  groups: ['会议', '议题'],
};
const PATH = `/api/salons/${DEMO}/webhooks`;
const OK: Answer = { kind: 'answered', status: 200, body: '{"errcode":0,"errmsg":"ok"}' };

let t: TestApp;
let host: Client;
/** What was called, and what is answered next. */
const calls: Call[] = [];
let answer: Answer = OK;
const logged: string[] = [];
const keep = (fields: object, message: string): void => {
  logged.push(JSON.stringify([fields, message]));
};

beforeAll(async () => {
  const outbound = {
    ...createOutbound({ allowOwn: false }),
    post: async (call: Call) => {
      calls.push(call);
      return answer;
    },
  };
  t = await createTestApp({ outbound, log: { info: keep, warn: keep, error: keep } });
  host = await t.as('minzheng');
});
afterAll(() => t.close());

const rows = (): (typeof webhook.$inferSelect)[] => t.services.db.orm.select().from(webhook).all();
async function add(change: object = {}): Promise<{ id: string; secret: string | null }> {
  const response = await host.send('POST', PATH, { ...GROUP, ...change });
  expect(response.status, await response.clone().text()).toBe(201);
  const made = await response.json();
  return { id: made.webhook.id, secret: made.secret };
}
const remove = (id: string) => host.send('DELETE', `${PATH}/${id}`);
const listed = async () => (await (await host.get(PATH)).json()).webhooks;

describe('a webhook', () => {
  it('is shown with enough of its address to know it by, and no more', async () => {
    const { id, secret } = await add();
    expect(secret).toBeNull();
    const text = await (await host.get(PATH)).text();
    expect(JSON.parse(text)).toMatchObject({
      webhooks: [
        {
          id,
          name: '书记群',
          format: 'dingtalk',
          address: 'https://oapi.dingtalk.com/…5aaa',
          hasSecret: true,
          groups: ['会议', '议题'],
          lastOkAt: null,
          trouble: null,
        },
      ],
      groups: ['轮值', '议题', '会议', '选题委员会', '纪要与待办'],
    });
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(SECRET);
    await remove(id);
  });

  it('lies sealed at rest, and leaves nothing of its secrets when it is removed', async () => {
    const { id } = await add();
    const onDisk = (): string =>
      readdirSync(t.dir)
        .filter((name) => name.startsWith('yuanzhuo.db'))
        .map((name) => readFileSync(join(t.dir, name), 'latin1'))
        .join();
    expect(onDisk()).toContain(id);
    expect(onDisk()).not.toContain(KEY);
    expect(onDisk()).not.toContain(SECRET);
    expect(t.services.secret.unseal('webhook', rows().at(-1)?.sealedUrl ?? '')).toBe(GROUP.url);
    expect((await remove(id)).status).toBe(200);
    expect(await listed()).toEqual([]);
    expect(rows().at(-1)).toMatchObject({ id, sealedUrl: '', sealedSecret: null });
    expect((await remove(id)).status).toBe(404);
  });

  it('of the plain format gets a secret, shown once', async () => {
    const { id, secret } = await add({
      format: 'plain',
      url: 'https://robot.example/',
      secret: undefined,
    });
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(await (await host.get(PATH)).text()).not.toContain(secret);
    expect(t.services.secret.unseal('webhook', rows().at(-1)?.sealedSecret ?? '')).toBe(secret);
    await remove(id);
  });

  it('is added once, however often the same request comes', async () => {
    const headers = { 'idempotency-key': 'one-wish-of-a-host' };
    const twice = [1, 2].map(() => host.send('POST', PATH, GROUP, headers));
    const [first, second] = await Promise.all(twice.map(async (one) => (await one).json()));
    expect(second).toEqual(first);
    expect(await listed()).toHaveLength(1);
    await remove(first.webhook.id);
  });

  test.each([
    ['/url', { url: 'http://oapi.dingtalk.com/robot/send?access_token=a' }],
    ['/url', { url: 'https://127.0.0.1/robot/send?access_token=a' }],
    ['/url', { url: 'https://[::ffff:10.0.0.1]/?access_token=a' }],
    ['/url', { url: 'https://oapi.dingtalk.com:22/robot/send?access_token=a' }],
    ['/url', { url: 'https://oapi.dingtalk.com/robot/send' }],
    ['/url', { url: 'javascript:alert(1)' }],
    ['/url', { format: 'wecom' }],
    ['/url', { format: 'feishu' }],
    ['/format', { format: 'slack' }],
    ['/groups', { groups: [] }],
    ['/groups/0', { groups: ['回复和提到我的'] }],
    ['/groups/0', { groups: ['toString'] }],
    ['/name', { name: '\u202e' }],
    ['/secret', { secret: 'short' }],
  ])('is refused at %s with %j, and nothing is kept', async (path, change) => {
    const before = rows();
    const response = await host.send('POST', PATH, { ...GROUP, ...change });
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(JSON.parse(text).errors[0]).toMatchObject({
      path,
      message: expect.stringMatching(/\p{sc=Han}/u),
    });
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(SECRET);
    expect(rows()).toEqual(before);
  });

  it('is one of ten at most', async () => {
    const ids = [];
    for (let n = 0; n < 10; n += 1) ids.push((await add({ name: `书记群${n}` })).id);
    const response = await host.send('POST', PATH, GROUP);
    expect([response.status, await codeOf(response)]).toEqual([409, 'tooManyWebhooks']);
    expect(await listed()).toHaveLength(10);
    for (const id of ids) await remove(id);
  });

  it('is nobody’s but the host’s of its salon', async () => {
    const { id } = await add();
    await addOtherSalon(t);
    const before = rows();
    const requests = (client: Client, slug = DEMO) => [
      client.get(`/api/salons/${slug}/webhooks`),
      client.send('POST', `/api/salons/${slug}/webhooks`, GROUP),
      client.send('POST', `/api/salons/${slug}/webhooks/${id}/try`),
      client.send('DELETE', `/api/salons/${slug}/webhooks/${id}`),
    ];
    const statuses = async (client: Client, slug?: string) =>
      (await Promise.all(requests(client, slug))).map(({ status }) => status);
    calls.length = 0;
    expect(await statuses(await t.as('weiyun'))).toEqual([403, 403, 403, 403]);
    expect(await statuses(await t.as('qita'))).toEqual([404, 404, 404, 404]);
    expect(await statuses(t.visitor)).toEqual([401, 401, 401, 401]);
    const ofOthers = await t.as('qita');
    for (const what of ['try', '']) {
      const path = `/api/salons/other/webhooks/${id}${what && `/${what}`}`;
      expect((await ofOthers.send(what ? 'POST' : 'DELETE', path)).status).toBe(404);
    }
    expect(rows()).toEqual(before);
    expect(calls).toEqual([]);
    await remove(id);
  });
});

describe('a test now', () => {
  it('calls the robot, gives its answer in words, and remembers it', async () => {
    const { id } = await add();
    calls.length = 0;
    answer = {
      kind: 'answered',
      status: 200,
      body: '{"errcode":310000,"errmsg":"sign not match"}',
    };
    const refused = await (await host.send('POST', `${PATH}/${id}/try`)).json();
    expect(refused).toEqual({
      accepted: false,
      text: '安全设置没有通过：请核对加签密钥，或把“圆桌”设为关键词（310000 sign not match）。',
    });
    expect(await listed()).toMatchObject([{ trouble: refused.text, lastOkAt: null }]);
    answer = OK;
    const good = await (await host.send('POST', `${PATH}/${id}/try`)).json();
    expect(good).toEqual({ accepted: true, text: '机器人收下了，请到群里看一眼。' });
    expect(await listed()).toMatchObject([{ trouble: null, lastOkAt: expect.any(String) }]);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.url).toMatch(/^https:\/\/oapi\.dingtalk\.com\/robot\/send\?access_token=/);
    expect(calls[1]?.body).toContain('这是一条测试');
    await remove(id);
  });

  it('repeats no secret that the other side says back, to nobody', async () => {
    const { id } = await add();
    const errmsg = `no token ${KEY} ${SECRET}`;
    answer = { kind: 'answered', status: 200, body: JSON.stringify({ errcode: 1, errmsg }) };
    const text = await (await host.send('POST', `${PATH}/${id}/try`)).text();
    expect(JSON.parse(text).text).toBe('机器人没有收下（1 no token … …）。');
    expect(rows().at(-1)?.trouble).not.toContain(KEY);
    answer = OK;
    await remove(id);
  });

  it('says what to do when the key that it was sealed with is lost', async () => {
    const { id } = await add();
    t.services.db.sqlite.prepare('UPDATE webhook SET sealed_url = ? WHERE id = ?').run('AAAA', id);
    const lost = '密钥文件换过，地址打不开了，请移除后重新添加。';
    expect(await listed()).toMatchObject([{ address: lost }]);
    const tried = await (await host.send('POST', `${PATH}/${id}/try`)).json();
    expect(tried).toEqual({ accepted: false, text: lost });
    expect((await remove(id)).status).toBe(200);
  });

  it('has left nothing secret in the log', () => {
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.join('\n')).not.toContain(KEY);
    expect(logged.join('\n')).not.toContain(SECRET);
    expect(logged.join('\n')).not.toContain('access_token');
  });
});

describe('what goes to a group chat', () => {
  const queued = (): { kind: string; name: string }[] =>
    t.services.db.sqlite
      .prepare<[], { kind: string; name: string }>(
        `SELECT kind, name FROM delivery JOIN webhook ON webhook.id = webhook_id
         JOIN notice ON notice.seq = notice_seq ORDER BY delivery.seq`,
      )
      .all();
  const tell = <K extends NoticeKind>(notice: Omit<Notice<K>, 'salonId' | 'to'>, slug = DEMO) => {
    const ctx = systemContext(t.services);
    const id = t.services.db.sqlite
      .prepare<[string], string>('SELECT id FROM salon WHERE slug = ?')
      .pluck()
      .get(slug);
    return write(ctx, { name: 'test', input: null }, (tx) =>
      notify(tx, ctx, {
        ...notice,
        salonId: id ?? '',
        to: [t.personId('weiyun'), t.personId('jingyi')],
      } as Notice<K>),
    );
  };

  it('is what concerns the whole salon, of the groups that were chosen, while it is there', async () => {
    const one = await add({ name: '书记群', groups: ['会议'] });
    const two = await add({ name: '委员群', groups: ['议题', '会议'] });
    const gone = await add({ name: '旧群', groups: ['会议'] });
    await remove(gone.id);
    await tell({ kind: 'session.planned', data: { number: 5 } });
    await tell({ kind: 'round.opened', data: { month: '2026-12', until: '2026-12-01' } });
    await tell({ kind: 'round.lastDay', data: { month: '2026-12' } });
    await tell({ kind: 'guest.invited', data: { number: 5 } });
    await tell({ kind: 'turn.announced', data: { turns: [] } });
    await tell({ kind: 'session.planned', data: { number: 1 } }, 'other');
    const told = [
      { kind: 'session.planned', name: '书记群' },
      { kind: 'session.planned', name: '委员群' },
      { kind: 'round.opened', name: '委员群' },
    ];
    expect(queued()).toEqual(told);
    const once = 'once for all';
    const again = { kind: 'session.tomorrow', data: { number: 5 }, once } as const;
    expect(await tell(again)).toBe(true);
    expect(await tell(again)).toBe(false);
    expect(
      queued()
        .slice(told.length)
        .map(({ kind }) => kind),
    ).toEqual(['session.tomorrow', 'session.tomorrow']);
    await Promise.all([one, two].map(({ id }) => remove(id)));
  });

  it('is nothing personal, nothing about one vote, nothing that someone said', () => {
    const forRoom = Object.entries(NOTICE_KINDS).filter(([, { room }]) => room);
    expect(forRoom.map(([kind]) => kind).sort()).toEqual([
      'ballot.called',
      'ballot.void',
      'committee.recalled',
      'election.called',
      'election.decided',
      'election.lapsed',
      'evaluation.decided',
      'minutes.corrected',
      'minutes.published',
      'nominations.closed',
      'nominations.extended',
      'round.closed',
      'round.decided',
      'round.empty',
      'round.opened',
      'round.voting',
      'session.cancelled',
      'session.moved',
      'session.opened',
      'session.planned',
      'session.tomorrow',
      'turn.announced',
      'turn.changed',
    ]);
  });

  it('leaves the house by the postman, once, in one call with all that is due', async () => {
    const { id } = await add({ format: 'wecom', url: `https://qyapi.example/send?key=${KEY}` });
    await tell({ kind: 'session.planned', data: { number: 7 } });
    await tell({ kind: 'round.empty', data: { month: '2027-03' } });
    calls.length = 0;
    const options = { siteUrl: 'https://yuanzhuo.example', wait: async () => undefined };
    const sendWebhook = webhookSender(t.services);
    for (let round = 0; round < 2; round += 1) {
      const lanes = lanesOf(t.services, { ...options, sendWebhook, stopped: () => false });
      for (const lane of lanes) await lane.run();
    }
    const mine = calls.filter(({ url }) => url.includes(KEY));
    expect(mine).toHaveLength(1);
    expect(mine[0]?.body).toContain('https://yuanzhuo.example/salon/sessions/7/?salon=');
    expect(mine[0]?.body).toContain('2027年3月没有征集到议题');
    expect(await listed()).toMatchObject([{ id, trouble: null, lastOkAt: expect.any(String) }]);
    await remove(id);
  });

  it('is called by the postman’s sender, with the id of the dispatch', async () => {
    const { id } = await add({ format: 'plain', url: 'https://robot.example/', groups: ['会议'] });
    calls.length = 0;
    const row = rows().find((one) => one.id === id);
    if (!row) throw new Error('it is there');
    const item = {
      seq: 1,
      kind: 'session.planned',
      group: '会议',
      text: '第 5 期沙龙定于11月28日。',
      link: 'https://yuanzhuo.example/salon/sessions/5/',
      salon: '沙龙',
      at: 0,
    } as const;
    answer = { kind: 'answered', status: 202, body: '' };
    const send = webhookSender(t.services);
    expect(await send({ id: 'd'.repeat(20), webhook: row }, [item])).toEqual({ is: 'accepted' });
    expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({
      id: 'd'.repeat(20),
      salon: '沙龙',
      notices: [{ text: item.text }],
    });
    answer = { kind: 'failed', why: 'too slow' };
    const late = await send({ id: 'd'.repeat(20), webhook: row }, [item]);
    expect(late).toMatchObject({ is: 'failed', inDoubt: true });
    answer = OK;
  });
});
