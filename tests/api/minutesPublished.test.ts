import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../api/core/audit.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { insertSeat, seatPerson } from '../../api/salon/seats.ts';
import { seat } from '../../db/schema/index.ts';
import { dump } from '../support/dump.ts';
import {
  addMeeting,
  afternoon,
  forgetMonths,
  type Meeting,
  told,
  toldNames,
} from '../support/heldMeeting.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

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
    chair: '渭运社区',
    came: ['渭运社区', '景翼社区'],
    guests: [
      { unit: '医疗保障局', name: '王五', personId: t.personId('yibao'), came: true },
      { unit: '某保险公司', name: '孙七', pass: 'aaaabbbb', came: true },
    ],
    topics: [{ title: '万能章', by: '陕拖社区', supporters: ['景翼社区', '渭运社区'] }],
  });
  now += 3600_000;
  host = await t.as('minzheng');
  chair = await t.as('weiyun');
});
afterEach(() => t.close());

const at = (number = 1) => `/api/salons/${DEMO}/sessions/${number}/minutes`;
const item = (what: string, owner: object, dueOn: string | null = null) => ({ what, owner, dueOn });
const whole = (actions: object[] = []) => ({
  version: 0,
  summary: '会议情况。',
  conclusions: [{ heading: '万能章', text: '予以清理。' }],
  recorder: '周八',
  absences: {},
  actions,
});
const publish = (number = 1, headers = {}) =>
  host.send('POST', `${at(number)}/publish`, undefined, headers);
const rows = (sql: string): unknown[] => t.services.db.sqlite.prepare(sql).all();

describe('publishing', () => {
  it('closes the topics, gives out the items and tells everyone, in one go', async () => {
    const seat = { kind: 'seat', id: held.seatOf('渭运社区') };
    const [withAccount, byLink] = held.guests.map((id) => ({ kind: 'guest', id }));
    const actions = [
      item('社区的事', seat, '2099-12-20'),
      item('嘉宾的事', withAccount ?? {}),
      item('持链接嘉宾的事', byLink ?? {}),
      item('主办的事', { kind: 'host' }),
    ];
    await chair.send('PUT', at(), whole(actions));
    expect(rows('SELECT * FROM action_item WHERE published')).toEqual([]);
    expect((await publish()).status).toBe(200);
    expect(rows('SELECT * FROM action_item WHERE published')).toHaveLength(4);
    expect(rows('SELECT state, by FROM topic_step')).toEqual([{ state: 'closed', by: 'host' }]);
    expect(rows('SELECT state FROM topic')).toEqual([{ state: 'closed' }]);
    expect(toldNames(t, 'topic.closed')).toEqual(['jingyi', 'shantuo', 'weiyun']);
    // The host did it and is not told.
    // Three of the nineteen heard of it by the topic that they follow.
    expect(toldNames(t, 'minutes.published')).toHaveLength(16);
    expect(told(t, 'action.given').map(({ who, data }) => [who, data['what']])).toEqual([
      ['weiyun', '社区的事'],
      ['yibao', '嘉宾的事'],
    ]);
    expect(rows('SELECT * FROM election')).toEqual([]);
    expect(verifyAudit(t.services.db.orm, t.services.secret).fault).toBeUndefined();
  });

  it('tells the other host of an item of the host, and the secretary of now', async () => {
    const ctx = systemContext(t.services);
    await write(ctx, { name: 'test', input: null }, (tx) => {
      const [place] = tx
        .select()
        .from(seat)
        .all()
        .filter(({ community }) => community === '示例社区四');
      if (place) seatPerson(tx, ctx, place, t.personId('xueyuan'));
    });
    const added = { name: '主办二', userName: 'zhuban2' };
    await host.send('POST', `/api/salons/${DEMO}/hosts`, added);
    const place = { kind: 'seat', id: held.seatOf('示例社区四') };
    const actions = [item('社区的事', place), item('主办的事', { kind: 'host' })];
    await chair.send('PUT', at(), whole(actions));
    await publish();
    expect(toldNames(t, 'action.given')).toEqual(['xueyuan', 'zhuban2']);
  });

  it('twice is refused; a second click with the same key is the first', async () => {
    await chair.send('PUT', at(), whole());
    const key = { 'idempotency-key': 'publish-1' };
    expect((await publish(1, key)).status).toBe(200);
    const after = dump(t);
    expect((await publish(1, key)).status).toBe(200);
    for (const refused of [
      await publish(),
      await chair.send('PUT', at(), { ...whole(), version: 1 }),
      await chair.send('POST', `${at()}/submit`),
    ]) {
      expect(await codeOf(refused)).toBe('minutesPublished');
    }
    expect(dump(t)).toEqual(after);
  });

  it('at the same instant by two clicks happens once', async () => {
    await chair.send('PUT', at(), whole());
    const both = await Promise.all([publish(), publish()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    // Three of the nineteen heard of it by the topic that they follow.
    expect(toldNames(t, 'minutes.published')).toHaveLength(16);
  });

  it('is refused while something is missing, with the paths', async () => {
    const conclusions = [{ heading: '万能章', text: '' }];
    await chair.send('PUT', at(), { ...whole(), summary: '', conclusions });
    const before = dump(t);
    const refused = await publish();
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      errors: [{ path: '/summary' }, { path: '/conclusions/0/text' }],
    });
    expect(dump(t)).toEqual(before);
  });

  it('is not for the chair', async () => {
    await chair.send('PUT', at(), whole());
    const before = dump(t);
    expect((await chair.send('POST', `${at()}/publish`)).status).toBe(403);
    expect(dump(t)).toEqual(before);
  });

  it('opens the minutes to the members of the salon', async () => {
    const secretary = await t.as('jingyi');
    const invited = await t.as('yibao');
    await chair.send('PUT', at(), whole());
    expect((await secretary.get(at())).status).toBe(403);
    await publish();
    for (const reader of [secretary, invited, await t.as('xueyuan')]) {
      const page = await (await reader.get(at())).json();
      expect(page).toMatchObject({ state: 'published', summary: '会议情况。', mayPublish: false });
      expect(page.owners).toEqual([]);
    }
    expect((await (await t.as('baoxian')).get(at())).status).toBe(403);
    expect((await t.visitor.get(at())).status).toBe(401);
  });
});

describe('the pilot stage', () => {
  const month = 31 * 24 * 3600_000;
  const holdAndPublish = async (number: number): Promise<void> => {
    if (number > 1) addMeeting(t, { number, at: now + number * month, chair: '渭运社区' });
    await host.send('PUT', at(number), whole());
    expect((await publish(number)).status).toBe(200);
  };

  it('ends with the third publication and calls the election once', async () => {
    for (const number of [1, 2, 3, 4]) {
      await holdAndPublish(number);
      expect(rows('SELECT * FROM election')).toHaveLength(number < 3 ? 0 : 1);
    }
    expect(told(t, 'election.called').map(({ data }) => data)).toEqual(
      Array.from({ length: 19 }, () => ({ election: 'first', number: 3 })),
    );
  });

  it('lasts as long as the salon decided', async () => {
    await host.send('PATCH', `/api/salons/${DEMO}/settings`, { pilotSessions: 2 });
    await holdAndPublish(1);
    expect(toldNames(t, 'election.called')).toEqual([]);
    await holdAndPublish(2);
    expect(toldNames(t, 'election.called')).toHaveLength(19);
  });

  it('counts the sessions of this salon alone', async () => {
    const ctx = systemContext(t.services);
    await host.send('PATCH', `/api/salons/${DEMO}/settings`, { pilotSessions: 2 });
    t.services.db.sqlite.exec(
      "INSERT INTO salon (id, slug, name, county, host_unit, created_at) VALUES ('x', 'other', '另一个', '另一县', '另一局', 0)",
    );
    await write(ctx, { name: 'test', input: null }, (tx) =>
      insertSeat(tx, ctx, 'x', { community: '别处社区' }),
    );
    const other = addMeeting(t, { salon: 'other', at: now });
    t.services.db.sqlite
      .prepare("INSERT INTO minutes VALUES (?, '情况', '[]', '', '{}', 1, 0, NULL, 0)")
      .run(other.id);
    await holdAndPublish(1);
    expect(toldNames(t, 'election.called')).toEqual([]);
  });
});

describe('corrections', () => {
  const correct = (text: string, headers = {}) =>
    host.send('POST', `${at()}/corrections`, { text }, headers);

  it('bear their date and change nothing else; everyone is told', async () => {
    await chair.send('PUT', at(), whole());
    await publish();
    const before = await (await host.get(at())).json();
    now += 24 * 3600_000;
    const key = { 'idempotency-key': 'correct-1' };
    for (let click = 0; click < 2; click += 1) {
      expect((await correct('第二项的时限改为年底。', key)).status).toBe(200);
    }
    const corrections = [{ at: new Date(now).toISOString(), text: '第二项的时限改为年底。' }];
    expect(await (await host.get(at())).json()).toEqual({ ...before, corrections });
    expect(toldNames(t, 'minutes.corrected')).toHaveLength(19);
  });

  it('wait for publication, and are the host’s', async () => {
    await chair.send('PUT', at(), whole());
    const before = dump(t);
    expect(await codeOf(await correct('第二项的时限改为年底。'))).toBe('minutesNotPublished');
    const refused = await chair.send('POST', `${at()}/corrections`, { text: '改一处。' });
    expect(refused.status).toBe(403);
    expect(dump(t)).toEqual(before);
  });
});
