import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { momentOf } from '../../api/core/day.ts';
import { dump } from '../support/dump.ts';
import { createMeeting, type Meeting, outcome, SESSIONS } from '../support/meeting.ts';
import { addSession, addTopic, count, type SessionGiven, seatId } from '../support/months.ts';
import { addOtherSalon, type Client } from '../support/testApp.ts';

let m: Meeting;
beforeEach(async () => {
  m = await createMeeting('2026-11-01');
});
afterEach(() => m.t.close());

const ONE = `${SESSIONS}/1`;
const ON_28TH = momentOf('2026-11-28', '15:00');
const planned = (given: SessionGiven = {}) =>
  addSession(m.t, { startsAt: ON_28TH, chair: '景翼社区', round: {}, ...given });
const times = () =>
  m.t.services.db.sqlite.prepare('SELECT opens_at, voting_at, closes_at FROM round').get();

/** Refused so, and nothing has changed. */
async function refused(wanted: string, work: () => Promise<Response>): Promise<void> {
  const before = dump(m.t);
  expect(await outcome(await work())).toBe(wanted);
  expect(dump(m.t)).toEqual(before);
}

describe('convening', () => {
  const convene = (date: string, client: Client = m.host) =>
    client.send('POST', SESSIONS, { date, time: '15:00' });

  it('is done once a month', async () => {
    expect((await convene('2026-11-28')).status).toBe(201);
    await refused('409 monthTaken', () => convene('2026-11-30'));
    expect(await (await convene('2026-12-28')).json()).toMatchObject({ number: 2 });
  });

  test.each([
    ['2026-10-31', '422 sessionPast'],
    ['2026-11-02', '422 sessionTooSoon'],
    ['2026-02-30', '422 invalid'],
    ['28.11.2026', '422 invalid'],
  ])('for %s: %s', async (date, wanted) => {
    await refused(wanted, () => convene(date));
  });

  it('twice at once, and again under the same key, is once', async () => {
    const [one, two] = await Promise.all([convene('2026-11-28'), convene('2026-11-28')]);
    expect([one.status, two.status]).toEqual([201, 409]);
    const key = { 'idempotency-key': 'convene-december' };
    const body = { date: '2026-12-28', time: '15:00' };
    const first = await m.host.send('POST', SESSIONS, body, key);
    const again = await m.host.send('POST', SESSIONS, body, key);
    expect(await again.json()).toEqual(await first.json());
    expect(count(m.t, 'session')).toBe(2);
    expect(count(m.t, 'audit', "action = 'session.convene'")).toBe(2);
  });
});

describe('the list', () => {
  it('goes back month by month, page by page, cancelled ones included', async () => {
    for (const month of ['2026-08', '2026-09', '2026-10']) {
      const state = month === '2026-09' ? ('cancelled' as const) : ('closed' as const);
      const number = state === 'cancelled' ? null : Number(month.slice(5));
      const id = addSession(m.t, { month, state, number, startsAt: 1, closedAt: 2 }).id;
      addTopic(m.t, '渭运社区', { sessionId: id, state: 'closed', title: `议题 ${month}` });
    }
    const seen: unknown[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const path: string = `${SESSIONS}?limit=2${next && `&cursor=${next}`}`;
      const page = await (await m.host.get(path)).json();
      for (const { month, number, topics } of page.sessions) seen.push([month, number, ...topics]);
      expect(page.mayConvene).toBe(false);
      next = page.next;
    }
    expect(seen).toEqual([
      ['2026-10', 10, '议题 2026-10'],
      ['2026-09', null, '议题 2026-09'],
      ['2026-08', 8, '议题 2026-08'],
    ]);
  });
});

describe('moving a session', () => {
  const change = (body: object, client: Client = m.host) => client.send('PATCH', ONE, body);

  it('takes its round along while the vote has not opened, and tells everyone', async () => {
    planned();
    expect((await change({ date: '2026-11-30' })).status).toBe(200);
    expect(times()).toEqual({
      opens_at: momentOf('2026-11-05', '08:00'),
      voting_at: momentOf('2026-11-19', '08:00'),
      closes_at: momentOf('2026-11-23', '20:00'),
    });
    const text = m.t.services.db.sqlite.prepare('SELECT kind, data FROM notice').get();
    expect(text).toMatchObject({ kind: 'session.moved' });
    expect(count(m.t, 'inbox')).toBe(19);
  });

  it('never opens its round earlier than now, and leaves an open one open', async () => {
    planned({ round: { state: 'proposing', opensAt: 5 } });
    m.at('2026-11-10', '09:00');
    await change({ date: '2026-11-24', time: '10:00' });
    expect(times()).toMatchObject({ opens_at: 5, closes_at: momentOf('2026-11-17', '20:00') });
    const { sqlite } = m.t.services.db;
    sqlite.exec("UPDATE round SET state = 'waiting'");
    await change({ time: '11:00' });
    expect(times()).toMatchObject({ opens_at: m.now() });
  });

  it('to another room says so and touches no round', async () => {
    planned();
    const before = times();
    expect((await change({ place: '二楼' })).status).toBe(200);
    expect(times()).toEqual(before);
    expect(count(m.t, 'notice')).toBe(1);
    // Said again, it is nothing new.
    await refused('done', async () => change({ place: '二楼' }));
  });

  test.each([
    [{ date: '2026-12-01' }, '422 sessionOtherMonth'],
    [{ date: '2026-11-02' }, '422 sessionTooSoon'],
    [{ date: '2026-11-01', time: '07:59' }, '422 sessionPast'],
    [{ time: '24:00' }, '422 invalid'],
    [{ number: 3 }, '422 invalid'],
  ])('%j: %s', async (body, wanted) => {
    planned();
    await refused(wanted, () => change(body));
  });

  it('is refused before a vote that has begun would close, and once it is open', async () => {
    const closesAt = momentOf('2026-11-21', '20:00');
    planned({ round: { state: 'voting', closesAt } });
    const before = times();
    await refused('422 sessionTooSoon', () => change({ date: '2026-11-21' }));
    expect((await change({ date: '2026-11-22' })).status).toBe(200);
    expect(times()).toEqual(before);
    m.t.services.db.sqlite.exec("UPDATE session SET state = 'open'");
    await refused('409 sessionState', () => change({ place: '二楼' }));
  });
});

describe('cancelling a session', () => {
  const cancel = (client: Client = m.host) =>
    client.send('POST', `${ONE}/cancel`, { reason: '会场另有安排' });
  const topicRow = (id: string) =>
    m.t.services.db.sqlite
      .prepare('SELECT state, round_id, session_id FROM topic WHERE id = ?')
      .get(id);

  it('loses no topic, gives number and turn back, and ends the round', async () => {
    const { id } = planned({ round: { id: 'r', state: 'voting' } });
    const { sqlite } = m.t.services.db;
    const on = (state: 'on-ballot' | 'proposed' | 'scheduled', rest: object) =>
      addTopic(m.t, '渭运社区', { state, newInRoundId: 'r', ...rest });
    const first = on('on-ballot', { roundId: 'r' });
    const second = on('on-ballot', { roundId: 'r' });
    const waiting = on('proposed', { roundId: 'r' });
    const scheduled = on('scheduled', { sessionId: id, newInRoundId: null });
    addSession(m.t, { startsAt: 1, number: 9, round: { id: 'old', state: 'decided' } });
    const put = sqlite.prepare(
      'INSERT INTO round_topic (round_id, topic_id, outcome) VALUES (?, ?, ?)',
    );
    for (const one of [first, second]) put.run('r', one, null);
    put.run('old', second, 'rolled-over');
    sqlite.prepare("INSERT INTO vote VALUES ('r', ?, ?)").run(seatId(m.t, '陕拖社区'), first);

    expect((await cancel()).status).toBe(200);
    expect(
      sqlite.prepare('SELECT state, number, cancel_reason FROM session WHERE id = ?').get(id),
    ).toEqual({
      state: 'cancelled',
      number: null,
      cancel_reason: '会场另有安排',
    });
    expect(topicRow(first)).toMatchObject({ state: 'rolled-over', round_id: null });
    expect(topicRow(second)).toMatchObject({ state: 'lapsed' });
    expect(topicRow(waiting)).toMatchObject({ state: 'proposed', round_id: null });
    expect(topicRow(scheduled)).toMatchObject({ state: 'confirmed', session_id: null });
    expect(count(m.t, 'topic', "new_in_round_id = 'r'")).toBe(3);
    expect(
      sqlite
        .prepare("SELECT outcome, reason FROM round_topic WHERE round_id = 'r' ORDER BY outcome")
        .all(),
    ).toEqual([
      { outcome: 'lapsed', reason: '会议取消' },
      { outcome: 'rolled-over', reason: '会议取消' },
    ]);
    expect(sqlite.prepare("SELECT state, decision_note FROM round WHERE id = 'r'").get()).toEqual({
      state: 'decided',
      decision_note: '会议取消',
    });
    expect(count(m.t, 'vote')).toBe(0);
    const turns = m.t.services.db.sqlite.prepare('SELECT month FROM turn ORDER BY month').pluck();
    expect(turns.all()).not.toContain('2026-11');
    const kinds = sqlite
      .prepare("SELECT kind FROM notice WHERE kind NOT LIKE 'turn.%' ORDER BY kind")
      .pluck()
      .all();
    expect(kinds).toEqual([
      'session.cancelled',
      'topic.backToConfirmed',
      'topic.lapsed',
      'topic.rolledOver',
    ]);
    expect((await m.host.get(ONE)).status).toBe(404);
    expect(
      (await m.host.send('POST', SESSIONS, { date: '2026-12-28', time: '15:00' })).status,
    ).toBe(201);
  });

  it('writes down what stood on the ballot before its vote began', async () => {
    planned({ round: { id: 'r', state: 'proposing' } });
    addSession(m.t, { startsAt: 1, number: 9, round: { id: 'old', state: 'decided' } });
    const rolled = addTopic(m.t, '渭运社区', { state: 'on-ballot', roundId: 'r' });
    const { sqlite } = m.t.services.db;
    sqlite
      .prepare(
        "INSERT INTO round_topic (round_id, topic_id, outcome) VALUES ('old', ?, 'rolled-over')",
      )
      .run(rolled);
    await cancel();
    expect(topicRow(rolled)).toMatchObject({ state: 'lapsed', round_id: null });
    expect(count(m.t, 'round_topic', "round_id = 'r' AND outcome = 'lapsed'")).toBe(1);
  });

  it('leaves a round alone that is decided', async () => {
    planned({ round: { state: 'decided', decisionNote: '已定' } });
    await cancel();
    const { sqlite } = m.t.services.db;
    expect(sqlite.prepare('SELECT decision_note FROM round').pluck().get()).toBe('已定');
  });

  test.each(['open', 'closed'] as const)('is refused when it is %s', async (state) => {
    planned({ state, closedAt: state === 'closed' ? 5 : null });
    await refused('409 sessionState', () => cancel());
  });

  it('is the host’s', async () => {
    planned();
    const chair = await m.who('jingyi');
    await refused('403 forbidden', () => cancel(chair));
    await refused('403 forbidden', () => chair.send('PATCH', ONE, { place: '二楼' }));
  });
});

describe('the agenda', () => {
  const put = (items: object[], client: Client = m.host) =>
    client.send('PUT', `${ONE}/agenda`, { items });
  const item = { title: '开场', minutes: 5 };

  it('knows its own items and topics only', async () => {
    const session = planned();
    const elsewhere = addTopic(m.t, '渭运社区', { state: 'confirmed' });
    const { agenda } = await (await put([item])).json();
    const [mine] = agenda;
    await refused('422 invalid', () => put([{ ...item, topicId: elsewhere }]));
    await refused('422 invalid', () => put([{ ...item, id: session.id }]));
    await refused('422 invalid', () => put([mine, mine]));
    await refused('422 invalid', () => put([{ ...item, minutes: 0 }]));
    await refused('422 invalid', () => put(Array(31).fill(item)));
    const wrong = await put([item, { ...item, topicId: elsewhere }]);
    expect((await wrong.json()).errors).toMatchObject([{ path: '/items/1/topicId' }]);
  });

  it('without the item that was being dealt with ends it', async () => {
    planned({ state: 'open' });
    const { agenda } = await (await put([item, { ...item, title: '讨论' }])).json();
    await m.host.send('PUT', `${ONE}/current`, { item: agenda[1].id });
    await put([agenda[1]]);
    expect((await (await m.host.get(ONE)).json()).current.item).toBe(agenda[1].id);
    await put([item]);
    expect((await (await m.host.get(ONE)).json()).current).toBeNull();
  });

  it('is left as it is by others, and after the end', async () => {
    planned({ state: 'closed', closedAt: 5 });
    await refused('409 sessionState', () => put([item]));
    await refused('409 sessionState', () =>
      m.host.send('PUT', `${ONE}/readings`, { readings: [] }),
    );
    await refused('409 sessionState', () => m.host.send('PUT', `${ONE}/current`, { item: null }));
    const secretary = await m.who('weiyun');
    await refused('403 forbidden', () => put([item], secretary));
  });

  it('has no place for another session’s item on the screen', async () => {
    planned({ state: 'open' });
    await refused('404 notFound', () =>
      m.host.send('PUT', `${ONE}/current`, { item: '0'.repeat(20) }),
    );
  });
});

describe('the chair of another month or salon', () => {
  it('runs nothing here', async () => {
    planned();
    const { seat, slug } = await addOtherSalon(m.t);
    addSession(m.t, { startsAt: momentOf('2026-10-28', '15:00'), number: 2, chair: '渭运社区' });
    const there = addSession(m.t, { slug, startsAt: ON_28TH });
    const turn = { salonId: there.salonId, month: there.month, seatId: seat };
    m.t.services.db.sqlite.prepare('INSERT INTO turn VALUES (@salonId, @month, @seatId)').run(turn);
    m.at('2026-11-28', '15:00');
    const october = await m.who('weiyun');
    const stranger = await m.who('qitashuji');
    expect((await stranger.send('POST', `/api/salons/${slug}/sessions/1/open`)).status).toBe(200);
    for (const [method, path] of [
      ['POST', 'open'],
      ['POST', 'close'],
      ['GET', 'check-in-code'],
    ] as const) {
      await refused('403 forbidden', () => october.send(method, `${ONE}/${path}`));
      await refused('404 notFound', () => stranger.send(method, `${ONE}/${path}`));
    }
  });
});
