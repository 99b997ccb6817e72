import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import {
  addMeeting,
  afternoon,
  forgetMonths,
  type Meeting,
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

let now: number;
let t: TestApp;
let held: Meeting;
let host: Client;
let chair: Client;
beforeEach(async () => {
  now = afternoon();
  t = await createTestApp({ clock: () => now });
  forgetMonths(t);
  held = addMeeting(t, {
    at: now,
    place: '三楼会议室',
    chair: '渭运社区',
    came: ['渭运社区', '景翼社区'],
    guests: [{ unit: '医疗保障局', name: '王五', personId: t.personId('yibao'), came: true }],
    topics: [{ title: '万能章', by: '陕拖社区', supporters: ['景翼社区'] }],
  });
  now += 3600_000;
  host = await t.as('minzheng');
  chair = await t.as('weiyun');
});
afterEach(() => t.close());

const AT = `/api/salons/${DEMO}/sessions/1/minutes`;
const read = async (client: Client) => (await client.get(AT)).json();
const save = (client: Client, change: object = {}, headers = {}) =>
  client.send('PUT', AT, { ...whole(), ...change }, headers);
const whole = () => ({
  version: 0,
  summary: '会议情况。',
  conclusions: [{ heading: '万能章', text: '予以清理。' }],
  recorder: '周八',
  absences: {},
  actions: [] as object[],
});
const rows = (sql: string): unknown[] => t.services.db.sqlite.prepare(sql).all();

describe('the draft', () => {
  it('is drafted from the agenda and the attendance, and stored nowhere', async () => {
    const before = dump(t);
    const page = await read(chair);
    expect(page).toMatchObject({
      state: 'none',
      version: 0,
      conclusions: [{ heading: '万能章', text: '' }],
      actions: [],
      publishedAt: null,
      mayPublish: false,
    });
    expect(page.summary).toContain(
      '由轮值主席渭运社区主持。应到社区19个，实到2个；医疗保障局列席。',
    );
    expect(page.absent).toHaveLength(17);
    expect(page.owners).toHaveLength(1 + 1 + 19);
    expect(page.owners[0]).toEqual({ owner: { kind: 'host' }, unit: '富平县民政局（演示）' });
    expect(await read(host)).toEqual({ ...page, mayPublish: true });
    expect(dump(t)).toEqual(before);
  });

  it('names nobody', async () => {
    const text = await (await chair.get(AT)).text();
    expect(text).not.toContain('王五');
    expect(text).not.toContain('演示·');
  });

  it('is kept as typed, complete or not', async () => {
    const [absent] = (await read(chair)).absent;
    const change = {
      summary: '',
      conclusions: [],
      absences: { [absent.seatId]: '外出培训' },
      actions: [{ what: '加装路灯', owner: { kind: 'host' }, dueOn: '2026-12-20' }],
    };
    expect(await (await save(chair, change)).json()).toEqual({ version: 1 });
    const page = await read(host);
    const unit = '富平县民政局（演示）';
    expect(page).toMatchObject({ ...change, state: 'draft', version: 1, actions: [{ unit }] });
    expect(page.updatedAt).toBe(new Date(now).toISOString());
  });

  it('keeps the order and the ids of its action items, and drops those left out', async () => {
    const items = ['甲', '乙', '丙'].map((what) => ({
      what: `${what}事`,
      owner: { kind: 'seat', id: held.seatOf('陕拖社区') },
      dueOn: null,
    }));
    await save(chair, { actions: items });
    const first = (await read(chair)).actions as { id: string; what: string; unit: string }[];
    expect(first.map(({ what, unit }) => `${unit}${what}`)).toEqual([
      '陕拖社区甲事',
      '陕拖社区乙事',
      '陕拖社区丙事',
    ]);
    const again = [2, 0].map((index) => ({ id: first[index]?.id, ...items[index] }));
    await save(host, { version: 1, actions: again });
    const second = (await read(chair)).actions as { id: string }[];
    expect(second.map(({ id }) => id)).toEqual([first[2]?.id, first[0]?.id]);
  });

  it('keeps the name a unit had then', async () => {
    const actions = [
      { what: '加装路灯', owner: { kind: 'guest', id: held.guests[0] }, dueOn: null },
    ];
    await save(chair, { actions });
    t.services.db.sqlite.exec("UPDATE guest SET unit = '医保局'");
    expect((await read(chair)).actions[0].unit).toBe('医疗保障局');
  });
});

describe('two writers', () => {
  it('do not overwrite each other: the second is refused and nothing changes', async () => {
    await save(chair, { summary: '一' });
    const before = dump(t);
    for (const version of [0, 2]) {
      const refused = await save(host, { version, summary: '二' });
      expect(refused.status).toBe(409);
      expect(await codeOf(refused)).toBe('minutesStale');
    }
    expect(dump(t)).toEqual(before);
    expect((await save(host, { version: 1, summary: '二' })).status).toBe(200);
    expect(await read(chair)).toMatchObject({ version: 2, summary: '二' });
  });

  it('at the same instant leave one of the two', async () => {
    const both = await Promise.all([save(chair, { summary: '一' }), save(host, { summary: '二' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await read(chair)).toMatchObject({ version: 1 });
  });

  it('are not what a second click with the same key is', async () => {
    const key = { 'idempotency-key': 'save-0001' };
    const answers = [await save(chair, {}, key), await save(chair, {}, key)];
    for (const answer of answers) expect(await answer.json()).toEqual({ version: 1 });
    expect(rows("SELECT * FROM audit WHERE action = 'minutes.save'")).toHaveLength(1);
  });
});

describe('a draft is refused, and nothing changes', () => {
  test.each([
    ['a seat of another salon', 'ownerUnknown', 'other'],
    ['a guest of another session', 'ownerUnknown', 'guest'],
    ['nobody at all', 'ownerUnknown', 'nobody'],
  ])('for an owner that is %s', async (_, code, which) => {
    const other = await addOtherSalon(t);
    const later = addMeeting(t, {
      number: 2,
      at: now + 40 * 24 * 3600_000,
      guests: [{ unit: '别的单位', name: '某人' }],
    });
    const owners: Readonly<Record<string, object>> = {
      other: { kind: 'seat', id: other.seat },
      guest: { kind: 'guest', id: later.guests[0] },
      nobody: { kind: 'seat', id: 'a'.repeat(20) },
    };
    const before = dump(t);
    const good = { what: '好的', owner: { kind: 'host' }, dueOn: null };
    const actions = [good, { what: '加装路灯', owner: owners[which], dueOn: null }];
    const refused = await save(chair, { actions });
    expect(refused.status).toBe(422);
    const problem = await refused.clone().json();
    expect(problem.errors).toMatchObject([{ path: '/actions/1/owner' }]);
    expect(await codeOf(refused)).toBe(code);
    expect(dump(t)).toEqual(before);
  });

  it('for an item of another session, one given twice, and a seat that came', async () => {
    await save(chair, { actions: [{ what: '加装路灯', owner: { kind: 'host' }, dueOn: null }] });
    const [item] = (await read(chair)).actions;
    const later = addMeeting(t, { number: 2, at: now + 40 * 24 * 3600_000, chair: '渭运社区' });
    const { number: _, ...elsewhere } = later;
    const before = dump(t);
    const owned = { what: '加装路灯', owner: { kind: 'host' }, dueOn: null };
    const foreign = `/api/salons/${DEMO}/sessions/2/minutes`;
    const body = { ...whole(), actions: [{ ...owned, id: item.id }] };
    expect(await codeOf(await chair.send('PUT', foreign, body))).toBe('invalid');
    expect(rows(`SELECT * FROM minutes WHERE session_id = '${elsewhere.id}'`)).toEqual([]);
    const twice = [
      { ...owned, id: item.id },
      { ...owned, id: item.id },
    ];
    expect(await codeOf(await save(chair, { version: 1, actions: twice }))).toBe('invalid');
    const absences = { [held.seatOf('景翼社区')]: '有事' };
    expect(await codeOf(await save(chair, { version: 1, absences }))).toBe('invalid');
    expect(dump(t)).toEqual(before);
  });

  it('before the session is over', async () => {
    const at = now + 40 * 24 * 3600_000;
    addMeeting(t, { number: 2, at, state: 'open', chair: '渭运社区' });
    const before = dump(t);
    const open = `/api/salons/${DEMO}/sessions/2/minutes`;
    const answers = [
      await chair.get(open),
      await chair.get(`${open}.docx`),
      await chair.send('PUT', open, whole()),
      await chair.send('POST', `${open}/submit`),
      await host.send('POST', `${open}/publish`),
      await host.send('POST', `${open}/corrections`, { text: '更正一处。' }),
    ];
    for (const answer of answers) expect(await codeOf(answer)).toBe('minutesTooEarly');
    expect(dump(t)).toEqual(before);
  });

  test.each([
    ['jingyi', 403],
    ['yibao', 403],
    ['xueyuan', 403],
    ['qita', 404],
    ['qitashuji', 404],
  ])('of %s: %i, reading included', async (who, status) => {
    await addOtherSalon(t);
    const client = await t.as(who);
    const before = dump(t);
    const answers = [
      await client.get(AT),
      await client.get(`${AT}.docx`),
      await save(client),
      await client.send('POST', `${AT}/submit`),
      await client.send('POST', `${AT}/publish`),
    ];
    for (const answer of answers) expect(answer.status).toBe(status);
    expect(dump(t)).toEqual(before);
  });
});

describe('submitting', () => {
  it('tells the hosts once, however often it is said', async () => {
    await save(chair);
    for (let time = 0; time < 2; time += 1) {
      expect((await chair.send('POST', `${AT}/submit`)).status).toBe(200);
    }
    expect(toldNames(t, 'minutes.submitted')).toEqual(['minzheng']);
    expect((await read(host)).state).toBe('submitted');
    // The host may still polish it.
    expect((await save(host, { version: 1 })).status).toBe(200);
    expect((await read(host)).state).toBe('submitted');
  });

  it('is refused while something is missing', async () => {
    const before = dump(t);
    expect(await codeOf(await chair.send('POST', `${AT}/submit`))).toBe('minutesEmpty');
    expect(dump(t)).toEqual(before);
  });
});
