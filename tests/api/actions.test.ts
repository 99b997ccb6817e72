import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { addDays, dayOf } from '../../api/core/day.ts';
import { dump } from '../support/dump.ts';
import {
  addMeeting,
  afternoon,
  forgetMonths,
  type Meeting,
  publishAsRows,
  told,
  toldNames,
} from '../support/heldMeeting.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';
import { jpg, pdf } from '../support/uploads.ts';

const PASS = 'aaaa-bbbb-cccc-dddd-eeee-ffff';
let now: number;
let t: TestApp;
let held: Meeting;
let items: { community: string; guest: string; byLink: string; host: string; chair: string };
beforeEach(async () => {
  now = afternoon();
  t = await createTestApp({ clock: () => now });
  forgetMonths(t);
  held = addMeeting(t, {
    at: now,
    chair: '渭运社区',
    guests: [
      { unit: '医疗保障局', name: '王五', personId: t.personId('yibao') },
      { unit: '某保险公司', name: '孙七', pass: PASS },
    ],
    topics: [{ title: '万能章', by: '陕拖社区', supporters: ['景翼社区', '渭运社区'] }],
  });
  now += 3600_000;
  const [guestId = '', linkId = ''] = held.guests;
  const [community = '', guest = '', byLink = '', host = '', chair = ''] = publishAsRows(
    t,
    held,
    now,
    [
      { what: '社区的事', seatId: held.seatOf('陕拖社区'), unit: '陕拖社区', dueOn: day(5) },
      { what: '嘉宾的事', guestId, unit: '医疗保障局', dueOn: day(-1) },
      { what: '链接的事', guestId: linkId, unit: '某保险公司' },
      { what: '主办的事', unit: '主办单位', dueOn: day(0) },
      { what: '主席的事', seatId: held.seatOf('渭运社区'), unit: '渭运社区', dueOn: day(-9) },
    ],
  );
  items = { community, guest, byLink, host, chair };
});
afterEach(() => t.close());

const day = (count: number): string => addDays(dayOf(now), count);
const BOARD = `/api/salons/${DEMO}/actions`;
const step = (client: Client, item: string, state: string, text: string, headers = {}) =>
  client.send('POST', `${BOARD}/${item}/progress`, { state, text }, headers);
const page = async (client: Client, item: string) => (await client.get(`${BOARD}/${item}`)).json();
const names = async (client: Client, query = '') => {
  const list = await (await client.get(`${BOARD}${query}`)).json();
  return list.actions.map(({ what }: { what: string }) => what);
};

describe('the board', () => {
  it('shows what is open by its day, those without one last', async () => {
    const client = await t.as('jingyi');
    const list = await (await client.get(BOARD)).json();
    expect(
      list.actions.map(({ what, overdue }: { what: string; overdue: boolean }) => [what, overdue]),
    ).toEqual([
      ['主席的事', true],
      ['嘉宾的事', true],
      ['主办的事', false],
      ['社区的事', false],
      ['链接的事', false],
    ]);
    expect(list.counts).toEqual({ todo: 5, doing: 0, overdue: 2, done: 0 });
    expect(list.units.map(({ name }: { name: string }) => name)).toEqual([
      '富平县民政局（演示）',
      '渭运社区',
      '陕拖社区',
    ]);
    expect(list.next).toBeNull();
    expect(list.actions[0]).toMatchObject({
      unit: '渭运社区',
      mine: false,
      session: { number: 1 },
    });
  });

  it('can be narrowed to overdue, mine, a unit', async () => {
    const client = await t.as('shantuo');
    expect(await names(client, '?view=overdue')).toEqual(['主席的事', '嘉宾的事']);
    expect(await names(client, '?of=mine')).toEqual(['社区的事']);
    expect(await names(await t.as('yibao'), '?of=mine')).toEqual(['嘉宾的事']);
    expect(await names(await t.as('minzheng'), '?of=mine')).toEqual(['主办的事']);
    expect(await names(await t.as('xueyuan'), '?of=mine')).toEqual([]);
    expect(await names(client, '?unit=host')).toEqual(['主办的事']);
    expect(await names(client, `?unit=${held.seatOf('渭运社区')}`)).toEqual(['主席的事']);
    expect(await names(client, `?unit=${held.seatOf('渭运社区')}&of=mine`)).toEqual([]);
  });

  it('can be narrowed to what is begun or not, and counts what it is narrowed to', async () => {
    const host = await t.as('minzheng');
    await step(host, items.chair, 'doing', '开了头');
    expect(await names(host, '?view=doing')).toEqual(['主席的事']);
    expect(await names(host, '?view=todo')).toEqual([
      '嘉宾的事',
      '主办的事',
      '社区的事',
      '链接的事',
    ]);
    const counts = async (query: string) => (await (await host.get(BOARD + query)).json()).counts;
    expect(await counts('?of=mine')).toEqual({ todo: 1, doing: 0, overdue: 0, done: 0 });
    const chair = `?unit=${held.seatOf('渭运社区')}`;
    expect(await counts(chair)).toEqual({ todo: 0, doing: 1, overdue: 1, done: 0 });
    await step(host, items.chair, 'done', '办完了');
    expect(await counts(chair)).toEqual({ todo: 0, doing: 0, overdue: 0, done: 1 });
    expect(await counts('')).toEqual({ todo: 4, doing: 0, overdue: 1, done: 1 });
  });

  test.each(['open', 'todo', 'done'])('goes page by page: %s', async (view) => {
    const host = await t.as('minzheng');
    if (view === 'done') {
      for (const item of Object.values(items)) await step(host, item, 'done', '办完了');
    }
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const path: string = `${BOARD}?view=${view}&limit=1${next && `&cursor=${next}`}`;
      const list = await (await host.get(path)).json();
      seen.push(...list.actions.map(({ what }: { what: string }) => what));
      next = list.next;
    }
    expect(seen).toEqual(await names(host, `?view=${view}`));
    expect(new Set(seen).size).toBe(5);
  });

  it('shows what is done newest first', async () => {
    const host = await t.as('minzheng');
    for (const item of [items.host, items.chair, items.guest]) {
      now += 1000;
      await step(host, item, 'done', '办完了');
    }
    expect(await names(host, '?view=done')).toEqual(['嘉宾的事', '主席的事', '主办的事']);
    const list = await (await host.get(`${BOARD}?view=done`)).json();
    expect(list.counts).toEqual({ todo: 2, doing: 0, overdue: 0, done: 3 });
    expect(list.actions[0]).toMatchObject({ result: '办完了', overdue: false });
  });

  it('holds nothing of minutes that are not published', async () => {
    const at = now + 40 * 24 * 3600_000;
    addMeeting(t, { number: 2, at });
    const host = await t.as('minzheng');
    const action = { what: '草稿里的事', owner: { kind: 'host' }, dueOn: null };
    const text = { version: 0, summary: '', conclusions: [], recorder: '', absences: {} };
    const saved = await host.send('PUT', `/api/salons/${DEMO}/sessions/2/minutes`, {
      ...text,
      actions: [action],
    });
    expect(saved.status).toBe(200);
    expect(await names(host)).not.toContain('草稿里的事');
    const { id } = t.services.db.sqlite
      .prepare<[], { id: string }>('SELECT id FROM action_item WHERE NOT published')
      .get() ?? { id: '' };
    expect((await host.get(`${BOARD}/${id}`)).status).toBe(404);
    expect((await step(host, id, 'doing', '开始办')).status).toBe(404);
  });

  it('refuses a cursor that no page gave', async () => {
    const client = await t.as('jingyi');
    expect((await client.get(`${BOARD}?cursor=xx`)).status).toBe(422);
    expect((await client.get(`${BOARD}?view=all`)).status).toBe(422);
  });
});

describe('the work on an item', () => {
  it('goes from 待办 over 办理中 to 已办结, with what was said at each step', async () => {
    const owner = await t.as('shantuo');
    expect(await page(owner, items.community)).toMatchObject({
      mine: true,
      mayWork: true,
      notes: [],
    });
    await step(owner, items.community, 'doing', '已经开工');
    await step(owner, items.community, 'doing', '完成一半');
    now += 1000;
    await step(owner, items.community, 'done', '全部办完');
    const shown = await page(await t.as('xueyuan'), items.community);
    expect(shown).toMatchObject({
      state: 'done',
      result: '全部办完',
      doneAt: new Date(now).toISOString(),
      mine: false,
      mayWork: false,
      topics: [{ id: held.topics[0], title: '万能章' }],
    });
    expect(
      shown.notes.map(({ unit, state, text }: Record<string, string>) => [unit, state, text]),
    ).toEqual([
      ['陕拖社区', 'doing', '已经开工'],
      ['陕拖社区', 'doing', '完成一半'],
      ['陕拖社区', 'done', '全部办完'],
    ]);
  });

  it('is opened again by the host alone', async () => {
    const owner = await t.as('shantuo');
    const host = await t.as('minzheng');
    await step(owner, items.community, 'done', '全部办完');
    const before = dump(t);
    expect(await codeOf(await step(owner, items.community, 'doing', '还有一点'))).toBe(
      'actionDone',
    );
    expect(await codeOf(await step(host, items.community, 'done', '再结一次'))).toBe('actionDone');
    expect(await codeOf(await step(host, items.community, 'todo', '退回待办'))).toBe(
      'actionNoWayBack',
    );
    expect(dump(t)).toEqual(before);
    expect((await step(host, items.community, 'doing', '第三处没有修好')).status).toBe(200);
    const shown = await page(owner, items.community);
    expect(shown).toMatchObject({ state: 'doing', result: '', doneAt: null });
    expect(shown.notes.at(-1)).toMatchObject({ unit: '富平县民政局（演示）' });
    expect(toldNames(t, 'topic.progress').filter((who) => who === 'shantuo')).toHaveLength(1);
  });

  it('said twice is said once, with a key or without', async () => {
    const owner = await t.as('shantuo');
    const key = { 'idempotency-key': 'progress-1' };
    await step(owner, items.community, 'doing', '已经开工', key);
    const after = dump(t);
    expect((await step(owner, items.community, 'doing', '已经开工', key)).status).toBe(200);
    expect(dump(t)).toEqual(after);
    expect((await step(owner, items.community, 'doing', '已经开工')).status).toBe(200);
    expect(dump(t)).toEqual(after);
  });

  test.each([
    ['jingyi', 403],
    ['weiyun', 403],
    ['yibao', 403],
    ['peixun', 403],
    ['admin', 403],
    ['qita', 404],
    ['qitashuji', 404],
  ])('is not for %s: %i', async (who, status) => {
    await addOtherSalon(t);
    const client = await t.as(who);
    const before = dump(t);
    expect((await step(client, items.community, 'doing', '已经开工')).status).toBe(status);
    const upload = await send(client, items.community, pdf());
    expect(upload.status).toBe(status);
    expect(dump(t)).toEqual(before);
  });

  it('is the new holder’s after the seat changed hands', async () => {
    const old = await t.as('shantuo');
    const host = await t.as('minzheng');
    const seat = held.seatOf('陕拖社区');
    const personId = t.personId('xueyuan');
    await host.send('POST', `/api/salons/${DEMO}/seats/${seat}/hand-over`, { personId });
    expect((await step(old, items.community, 'doing', '已经开工')).status).toBe(404);
    expect((await step(await t.as('xueyuan'), items.community, 'doing', '接着办')).status).toBe(
      200,
    );
  });

  it('is a guest’s with an account, until they are removed', async () => {
    const guest = await t.as('yibao');
    expect((await step(guest, items.guest, 'doing', '正在核对')).status).toBe(200);
    expect((await page(guest, items.guest)).notes[0].unit).toBe('医疗保障局');
    t.services.db.sqlite.exec('UPDATE guest SET removed_at = 1');
    expect((await step(guest, items.guest, 'done', '核对完毕')).status).toBe(403);
  });

  it('leaves an item of another salon alone under one’s own address', async () => {
    const other = await addOtherSalon(t);
    const client = await t.as('qita');
    const before = dump(t);
    const path = `/api/salons/${other.slug}/actions/${items.host}`;
    expect((await client.get(path)).status).toBe(404);
    const body = { state: 'done', text: '办完了' };
    expect((await client.send('POST', `${path}/progress`, body)).status).toBe(404);
    expect(dump(t)).toEqual(before);
  });
});

describe('who hears of it', () => {
  it('followers of the topic, hosts and the chair; nobody twice, and not who did it', async () => {
    await step(await t.as('shantuo'), items.community, 'doing', '已经开工');
    // 渭运社区 chairs and supports: told once, of the topic.
    expect(told(t, 'topic.progress')).toEqual(
      ['jingyi', 'weiyun'].map((who) => ({
        who,
        data: { topic: held.topics[0], title: '万能章', what: '社区的事', state: '开始办理' },
      })),
    );
    expect(told(t, 'action.progress')).toEqual([
      {
        who: 'minzheng',
        data: { action: items.community, what: '社区的事', unit: '陕拖社区', state: '开始办理' },
      },
    ]);
  });

  it('the owner, where the host took the step', async () => {
    await step(await t.as('minzheng'), items.guest, 'done', '当面核对完毕');
    expect(toldNames(t, 'topic.progress')).toEqual(['jingyi', 'shantuo', 'weiyun']);
    expect(told(t, 'action.progress')).toMatchObject([{ who: 'yibao', data: { state: '已办结' } }]);
  });
});

describe('a guest with a link alone', () => {
  const visit = (change: object = {}) =>
    t.visitor.send('POST', '/api/guest-visits/progress', {
      pass: PASS,
      action: items.byLink,
      state: 'doing',
      text: '正在办理',
      ...change,
    });

  it('works on their own item', async () => {
    expect((await visit()).status).toBe(200);
    const after = dump(t);
    expect((await visit()).status).toBe(200);
    expect(dump(t)).toEqual(after);
    expect((await visit({ state: 'done', text: '办理完毕' })).status).toBe(200);
    const shown = await page(await t.as('jingyi'), items.byLink);
    expect(shown).toMatchObject({ state: 'done', result: '办理完毕' });
    expect(shown.notes[0].unit).toBe('某保险公司');
    expect(toldNames(t, 'action.progress')).toEqual(['minzheng', 'minzheng']);
  });

  it('and on no other, nor with another link', async () => {
    const before = dump(t);
    for (const action of [items.community, items.guest, items.host]) {
      expect((await visit({ action })).status).toBe(404);
    }
    expect((await visit({ pass: 'zzzz-bbbb-cccc-dddd-eeee-ffff' })).status).toBe(410);
    expect(await codeOf(await visit({ state: 'todo' }))).toBe('actionNoWayBack');
    expect(dump(t)).toEqual(before);
    t.services.db.sqlite.exec('UPDATE guest SET removed_at = 1');
    expect(await codeOf(await visit())).toBe('guestLinkDead');
  });

  it('is a guest there, even on a device where the host is signed in', async () => {
    const host = await t.as('minzheng');
    await visit({ state: 'done', text: '办理完毕' });
    const body = { pass: PASS, action: items.byLink, state: 'doing', text: '重新打开' };
    const refused = await host.send('POST', '/api/guest-visits/progress', body);
    expect(await codeOf(refused)).toBe('actionDone');
  });
});

const send = (client: Client, item: string, bytes: Buffer, name = '照片.jpg') =>
  t.app.request(`http://localhost${BOARD}/${item}/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: {
      cookie: client.cookie,
      origin: 'http://localhost',
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(bytes),
  });

describe('evidence', () => {
  it('is kept once, named by its content, and handed over whole', async () => {
    const owner = await t.as('shantuo');
    const bytes = pdf();
    const added = await send(owner, items.community, bytes, '验收单.docx');
    expect(added.status).toBe(201);
    const row = await added.json();
    expect(row).toMatchObject({
      name: '验收单.pdf',
      kind: 'pdf',
      size: bytes.length,
      unit: '陕拖社区',
    });
    const after = dump(t);
    expect(await (await send(owner, items.community, bytes, '验收单.docx')).json()).toEqual(row);
    expect(dump(t)).toEqual(after);
    const reader = await t.as('xueyuan');
    expect((await page(reader, items.community)).attachments).toEqual([row]);
    const got = await reader.get(`${BOARD}/${items.community}/attachments/${row.id}`);
    expect(got.headers.get('content-disposition')).toContain('attachment; filename=');
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    // Under another item's address it does not exist.
    expect((await reader.get(`${BOARD}/${items.host}/attachments/${row.id}`)).status).toBe(404);
  });

  it('of another kind is refused, and nothing is kept', async () => {
    const owner = await t.as('shantuo');
    const before = dump(t);
    expect((await send(owner, items.community, Buffer.from('<html>'))).status).toBe(422);
    expect((await send(owner, items.community, Buffer.alloc(0))).status).toBe(422);
    expect(dump(t)).toEqual(before);
    expect((await send(owner, items.community, jpg())).status).toBe(201);
  });
});
