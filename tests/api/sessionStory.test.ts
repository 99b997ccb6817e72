import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SessionPage } from '../../api/salon/sessions/page.ts';
import { dump } from '../support/dump.ts';
import { createMeeting, type Meeting, outcome, SESSIONS } from '../support/meeting.ts';
import { addTopic, count, seatId } from '../support/months.ts';
import type { Client } from '../support/testApp.ts';

/** One month of the demo salon, from convening to closing; each step builds on the last. */
let m: Meeting;
let chair: Client;
let other: Client;
let guest: Client;
beforeAll(async () => {
  m = await createMeeting('2026-11-01');
  [chair, other, guest] = await Promise.all([m.who('jingyi'), m.who('weiyun'), m.who('yibao')]);
});
afterAll(() => m.t.close());

const ONE = `${SESSIONS}/1`;
const page = async (client: Client = m.host): Promise<SessionPage> =>
  (await (await client.get(ONE)).json()) as SessionPage;
/** Without what the calendar tells of rounds and turns. */
const inbox = (userName: string): string[] =>
  m.t.services.db.sqlite
    .prepare<[string], string>(
      `SELECT kind FROM inbox JOIN notice ON seq = notice_seq WHERE person_id = ?
       AND NOT (kind GLOB 'turn.*' OR kind GLOB 'round.*' OR kind = 'session.planned') ORDER BY seq`,
    )
    .pluck()
    .all(m.t.personId(userName));
const audited = (): string[] =>
  m.t.services.db.sqlite
    .prepare<[], string>(
      "SELECT action FROM audit WHERE action GLOB 'session.*' OR action GLOB 'guest.*' ORDER BY seq",
    )
    .pluck()
    .all();
let code = '';
let visit = '';

it('begins with nothing, and the host convenes', async () => {
  expect(await (await m.host.get(SESSIONS)).json()).toEqual({
    sessions: [],
    mayConvene: true,
    next: null,
  });
  expect((await (await other.get(SESSIONS)).json()).mayConvene).toBe(false);
  const input = { date: '2026-11-28', time: '15:00', place: ' 县民政局 ' };
  const made = await m.host.send('POST', SESSIONS, input);
  expect([made.status, await made.json()]).toEqual([201, { number: 1, month: '2026-11' }]);
  const { sessions, mayConvene } = await (await other.get(SESSIONS)).json();
  expect(mayConvene).toBe(false);
  expect(sessions).toMatchObject([
    { number: 1, startsAt: '2026-11-28T07:00:00.000Z', place: '县民政局', state: 'planned' },
  ]);
});

it('has a chair, a topic and an agenda', async () => {
  const { sqlite } = m.t.services.db;
  const { id } = await page();
  sqlite.exec('DELETE FROM turn');
  sqlite
    .prepare("INSERT INTO turn SELECT salon_id, '2026-11', id FROM seat WHERE community = ?")
    .run('景翼社区');
  const topic = addTopic(m.t, '渭运社区', { state: 'scheduled', sessionId: id, title: '万能章' });
  sqlite.prepare('INSERT INTO support VALUES (?, ?)').run(topic, seatId(m.t, '陕拖社区'));
  const items = [
    { title: '签到', minutes: 10 },
    { title: '讨论', minutes: 60, topicId: topic },
  ];
  const set = await chair.send('PUT', `${ONE}/agenda`, { items });
  const { agenda } = (await set.json()) as SessionPage;
  expect(agenda).toMatchObject([{ title: '签到', topicId: null }, items[1]]);
  const reversed = { items: [...agenda].reverse() };
  await chair.send('PUT', `${ONE}/agenda`, reversed);
  const readings = [
    { kind: 'case', entry: 'wan-neng-zhang' },
    { kind: 'case', entry: 'wan-neng-zhang' },
    { kind: 'method', entry: 'fishbone' },
  ];
  expect((await chair.send('PUT', `${ONE}/readings`, { readings })).status).toBe(200);
  expect(await page(other)).toMatchObject({
    agenda: reversed.items,
    readings: readings.slice(1),
    topics: [{ id: topic, title: '万能章', proposer: '渭运社区' }],
    chair: { community: '景翼社区' },
    may: { convene: false, prepare: false, run: false, checkIn: false, draft: false },
  });
  expect((await page(chair)).may).toMatchObject({ prepare: true, convene: false, run: false });
});

it('invites guests, with an account and with a link', async () => {
  const invite = (body: object) => chair.send('POST', `${ONE}/guests`, body);
  const about = { unit: '县医保局', name: '甲' };
  const withAccount = await invite({ ...about, personId: m.t.personId('yibao') });
  expect(await withAccount.json()).toMatchObject({ link: null, guest: { hasAccount: true } });
  expect((await guest.send('PUT', `${ONE}/answer`, { answer: 'accepted' })).status).toBe(200);
  const added = await (await invite({ unit: '某公司', name: '乙' })).json();
  visit = added.link;
  expect(visit).toMatch(/^http:\/\/localhost\/salon\/visit\/#(?:[2-9a-z]{4}-){5}[2-9a-z]{4}$/);
  visit = visit.split('#')[1] ?? '';
  const stored = JSON.stringify(dump(m.t));
  expect(stored).not.toContain(visit);
  expect(stored).not.toContain(visit.replaceAll('-', ''));
  const read = await (
    await m.t.visitor.send('POST', '/api/guest-visits/read', { pass: visit })
  ).json();
  expect(read).toMatchObject({ guest: { name: '乙' }, session: { number: 1, state: 'planned' } });
  const yes = { pass: visit, answer: 'accepted' };
  expect((await m.t.visitor.send('POST', '/api/guest-visits/answer', yes)).status).toBe(200);
  expect((await page()).guests.map(({ answer }) => answer)).toEqual(['accepted', 'accepted']);
  expect(inbox('yibao')).toEqual(['guest.invited']);
});

it('opens on its day and not before', async () => {
  m.at('2026-11-27', '23:59');
  expect(await outcome(await chair.send('POST', `${ONE}/open`))).toBe('409 sessionState');
  expect((await page(chair)).may.run).toBe(false);
  m.at('2026-11-28', '14:40');
  expect((await page(chair)).may.run).toBe(true);
  expect((await chair.send('POST', `${ONE}/open`)).status).toBe(200);
  expect(await page()).toMatchObject({ state: 'open', openedAt: new Date(m.now()).toISOString() });
});

it('shows a code, by which seats and guests sign in', async () => {
  const shown = await (await chair.get(`${ONE}/check-in-code`)).json();
  expect(shown).toMatchObject({ code: expect.stringMatching(/^\d{6}$/), seconds: 30 });
  code = shown.code;
  const body = { code };
  const due = 19;
  const first = await other.send('POST', `${ONE}/check-in`, body);
  expect(await first.json()).toEqual({ present: 1, due });
  const again = await other.send('POST', `${ONE}/check-in`, {
    code: ` ${code.slice(0, 3)} ${code.slice(3)}`,
  });
  expect(await again.json()).toEqual({ present: 1, due });
  expect(await (await chair.send('POST', `${ONE}/check-in`, body)).json()).toEqual({
    present: 2,
    due,
  });
  // Guests are counted apart.
  expect(await (await guest.send('POST', `${ONE}/check-in`, body)).json()).toEqual({
    present: 2,
    due,
  });
  const mine = { pass: visit, code };
  expect((await m.t.visitor.send('POST', '/api/guest-visits/check-in', mine)).status).toBe(200);
  const seen = await page(other);
  expect(seen.attendance).toMatchObject({ present: 2, guests: 2, due, me: true });
  expect((await page(await m.who('peixun'))).attendance.me).toBeNull();
});

it('deals with one item after the other', async () => {
  const [first, second] = (await page()).agenda.map(({ id }) => id);
  await chair.send('PUT', `${ONE}/current`, { item: first });
  const since = new Date(m.now()).toISOString();
  m.after(60_000);
  // Asked for again, it has still been going on since then.
  await chair.send('PUT', `${ONE}/current`, { item: first });
  expect((await page()).current).toEqual({ item: first, since });
  await m.host.send('PUT', `${ONE}/current`, { item: second });
  expect((await page()).current).toEqual({ item: second, since: new Date(m.now()).toISOString() });
});

it('lets the chair sign in one without a phone, and says why', async () => {
  const body = { seat: seatId(m.t, '陕拖社区'), reason: '手机没电' };
  expect(await outcome(await m.host.send('POST', `${ONE}/attendance`, body))).toBe(
    '403 handByChair',
  );
  const done = await chair.send('POST', `${ONE}/attendance`, body);
  expect(await done.json()).toEqual({ present: 3, due: 19 });
  const { attendance } = await page(other);
  expect(attendance.seats.filter(({ byHand }) => byHand)).toMatchObject([
    { community: '陕拖社区', present: true, reason: '手机没电' },
  ]);
  const seen = await m.t.visitor.send('POST', '/api/guest-visits/read', { pass: visit });
  const text = await seen.text();
  expect(text).toContain('陕拖社区');
  expect(text).not.toContain('手机没电');
  expect(
    JSON.parse(text)
      .session.guests.map(({ name }: { name: string }) => name)
      .sort(),
  ).toEqual(['', '乙']);
});

it('closes, and everything is as it was then for ever', async () => {
  const closed = await chair.send('POST', `${ONE}/close`);
  expect(await closed.json()).toEqual({ present: 3, due: 19 });
  const after = await page();
  expect(after).toMatchObject({
    state: 'closed',
    current: null,
    minutes: 'none',
    topics: [{ state: 'discussed' }],
    attendance: { present: 3, due: 19, guests: 2 },
    may: {
      convene: false,
      prepare: false,
      run: false,
      handSignIn: false,
      draft: true,
      publish: false,
    },
  });
  expect(count(m.t, 'minutes')).toBe(0);
  m.at('2026-12-05', '09:00');
  const seats = `/api/salons/fuping-demo/seats`;
  await m.host.send('POST', `${seats}/${seatId(m.t, '示例社区四')}/retire`);
  await m.host.send('POST', `${seats}/${seatId(m.t, '渭运社区')}/retire`);
  await m.host.send('POST', seats, { community: '后来的社区' });
  expect((await page()).attendance).toEqual({ ...after.attendance, me: null });
});

it('told everyone, and wrote it all down', () => {
  expect(inbox('minzheng')).toEqual([
    'guest.answered',
    'guest.answered',
    'session.opened',
    'session.closed',
  ]);
  expect(inbox('jingyi')).toEqual(['guest.answered', 'guest.answered']);
  expect(inbox('yibao')).toEqual(['guest.invited', 'session.opened']);
  expect(inbox('shantuo')).toEqual(['session.opened', 'topic.discussed']);
  expect(inbox('weiyun')).toEqual(['session.opened', 'topic.discussed']);
  expect(audited()).toEqual([
    'session.convene',
    'session.prepare',
    'session.prepare',
    'session.prepare',
    'guest.invite',
    'guest.answer',
    'guest.invite',
    'guest.answer',
    'session.open',
    'session.checkIn',
    'session.checkIn',
    'session.checkIn',
    'session.checkIn',
    'session.current',
    'session.current',
    'session.current',
    'session.handSignIn',
    'session.close',
  ]);
});
