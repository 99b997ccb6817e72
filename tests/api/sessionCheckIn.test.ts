import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { momentOf } from '../../api/core/day.ts';
import { dump } from '../support/dump.ts';
import { createMeeting, type Meeting, outcome, SESSIONS } from '../support/meeting.ts';
import { type AddedSession, addGuest, addSession, count, seatId } from '../support/months.ts';
import { addOtherSalon, type Client } from '../support/testApp.ts';

let m: Meeting;
let session: AddedSession;
let me: Client;
let chair: Client;
beforeEach(async () => {
  m = await createMeeting('2026-11-28');
  const startsAt = momentOf('2026-11-28', '15:00');
  session = addSession(m.t, { startsAt, state: 'open', chair: '景翼社区' });
  m.at('2026-11-28', '15:00');
  [me, chair] = await Promise.all([m.who('weiyun'), m.who('jingyi')]);
});
afterEach(() => m.t.close());

const ONE = `${SESSIONS}/1`;
const exec = (sql: string) => m.t.services.db.sqlite.exec(sql);
const codeNow = async (): Promise<string> =>
  (await (await m.host.get(`${ONE}/check-in-code`)).json()).code;
const checkIn = (code: string, client = me, headers = {}) =>
  client.send('POST', `${ONE}/check-in`, { code }, headers);
const wrong = (code: string): string => String((Number(code) + 1) % 1e6).padStart(6, '0');
const signedIn = () => count(m.t, 'attendance');

async function refused(wanted: string, work: () => Promise<Response>): Promise<void> {
  const before = dump(m.t);
  expect(await outcome(await work())).toBe(wanted);
  expect(dump(m.t)).toEqual(before);
}

describe('the code', () => {
  it('changes every 30 s and is accepted for 60 s', async () => {
    const first = await codeNow();
    m.after(29_999);
    expect(await codeNow()).toBe(first);
    m.after(1);
    const second = await codeNow();
    expect(second).not.toBe(first);
    m.after(29_000);
    expect(await outcome(await checkIn(first))).toBe('done');
    m.after(1000);
    await refused('422 wrongCode', () => checkIn(first, chair));
    expect(await outcome(await checkIn(second, chair))).toBe('done');
  });

  it('says when the next one comes, and goes by the salon’s own setting', async () => {
    exec(`UPDATE salon SET settings = '{"checkInSeconds":20}'`);
    m.after(5000);
    const shown = await (await chair.get(`${ONE}/check-in-code`)).json();
    const changesAt = new Date(momentOf('2026-11-28', '15:00') + 20_000).toISOString();
    expect(shown).toMatchObject({ changesAt, seconds: 20 });
    m.after(15_000);
    expect(await codeNow()).not.toBe(shown.code);
  });

  it('is not taken before it is shown', async () => {
    m.after(30_000);
    const next = await codeNow();
    m.after(-1);
    await refused('422 wrongCode', () => checkIn(next));
  });

  it('of another session is wrong here', async () => {
    addSession(m.t, { month: '2026-12', number: 2, state: 'open' });
    const other = await (await m.host.get(`${SESSIONS}/2/check-in-code`)).json();
    expect(other.code).not.toBe(await codeNow());
    await refused('422 wrongCode', () => checkIn(other.code));
  });

  test.each(['12345', '1234567', 'abcdef', ''])('is not %j', async (code) => {
    await refused('422 invalid', () => checkIn(code));
  });

  it('is shown to chair and host only, and only while the session is open', async () => {
    await refused('403 forbidden', () => me.get(`${ONE}/check-in-code`));
    exec("UPDATE session SET state = 'closed', closed_at = 5");
    await refused('409 attendanceClosed', () => chair.get(`${ONE}/check-in-code`));
  });

  it('is guessed ten times a minute at most', async () => {
    const code = await codeNow();
    for (let i = 0; i < 10; i += 1) {
      expect(await outcome(await checkIn(wrong(code)))).toBe('422 wrongCode');
    }
    const stopped = await checkIn(code);
    expect(stopped.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await outcome(stopped)).toBe('429 tooMany');
    expect(signedIn()).toBe(0);
    // Somebody else in the same room is not held up.
    expect(await outcome(await checkIn(code, chair))).toBe('done');
  });
});

describe('signing in', () => {
  it('twice at the same instant, or again later, is once', async () => {
    const code = await codeNow();
    const both = await Promise.all([checkIn(code), checkIn(code)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    m.after(600_000);
    expect(await (await checkIn(code)).json()).toEqual({ present: 1, due: 19 });
    expect(signedIn()).toBe(1);
    expect(count(m.t, 'audit', "action = 'session.checkIn'")).toBe(1);
  });

  it('again under the same key gives the same answer', async () => {
    const key = { 'idempotency-key': 'my-check-in' };
    const code = await codeNow();
    const first = await (await checkIn(code, me, key)).json();
    await checkIn(code, chair);
    exec("UPDATE session SET state = 'closed', closed_at = 5");
    expect(await (await checkIn(code, me, key)).json()).toEqual(first);
    await refused('409 replayMismatch', () => checkIn(wrong(code), me, key));
    expect(signedIn()).toBe(2);
  });

  test.each([
    ['planned', '409 sessionState'],
    ['closed', '409 attendanceClosed'],
  ])('is not possible while it is %s', async (state, wanted) => {
    const code = await codeNow();
    exec(`UPDATE session SET state = '${state}', closed_at = 5`);
    await refused(wanted, () => checkIn(code));
    const body = { seat: seatId(m.t, '渭运社区'), reason: '手机没电' };
    await refused(wanted, () => chair.send('POST', `${ONE}/attendance`, body));
  });

  it('is not for hosts, trainers, learners, or guests of another session', async () => {
    const code = await codeNow();
    const other = addSession(m.t, { month: '2026-12', number: 2 });
    addGuest(m.t, other, { personId: m.t.personId('yibao') });
    for (const who of ['minzheng', 'peixun', 'xueyuan', 'yibao', 'admin']) {
      const client = await m.who(who);
      await refused('403 forbidden', () => checkIn(code, client));
    }
    const guest = await m.who('yibao');
    await refused('403 forbidden', () => guest.get(ONE));
    expect((await guest.get(`${SESSIONS}/2`)).status).toBe(200);
  });

  it('is for the seat, whoever holds it now', async () => {
    const code = await codeNow();
    const seat = seatId(m.t, '渭运社区');
    const next = { person: { name: '新书记', phone: '13900000001' } };
    await m.host.send('POST', `/api/salons/fuping-demo/seats/${seat}/hand-over`, next);
    await refused('404 notFound', () => checkIn(code));
    await m.host.send('POST', `/api/salons/fuping-demo/seats/${seatId(m.t, '陕拖社区')}/retire`);
    const retired = await m.who('shantuo');
    await refused('404 notFound', () => checkIn(code, retired));
  });
});

describe('signing in by hand', () => {
  const hand = (client: Client, body: object) => client.send('POST', `${ONE}/attendance`, body);
  const reason = '手机没电';

  it('is the host’s until the chair is there', async () => {
    const seat = seatId(m.t, '陕拖社区');
    expect(await outcome(await hand(m.host, { seat, reason }))).toBe('done');
    await checkIn(await codeNow(), chair);
    const another = { seat: seatId(m.t, '示例社区四'), reason };
    await refused('403 handByChair', () => hand(m.host, another));
    expect(await outcome(await hand(chair, another))).toBe('done');
  });

  it('is the host’s where nobody chairs', async () => {
    exec('DELETE FROM turn');
    await checkIn(await codeNow(), chair);
    const body = { seat: seatId(m.t, '陕拖社区'), reason };
    expect(await outcome(await hand(m.host, body))).toBe('done');
    await refused('403 forbidden', () => hand(chair, body));
  });

  it('of somebody who is there changes nothing', async () => {
    await checkIn(await codeNow());
    const body = { seat: seatId(m.t, '渭运社区'), reason };
    await refused('done', () => hand(chair, body));
  });

  it('takes a guest of this session', async () => {
    const guest = addGuest(m.t, session);
    expect(await (await hand(chair, { guest, reason })).json()).toEqual({ present: 0, due: 19 });
    expect(count(m.t, 'attendance', 'guest_id IS NOT NULL AND by_hand = 1')).toBe(1);
  });

  it('takes nobody from elsewhere, and gives a reason', async () => {
    const { seat: foreign } = await addOtherSalon(m.t);
    const other = addSession(m.t, { month: '2026-12', number: 2 });
    const guest = addGuest(m.t, other);
    const removed = addGuest(m.t, session, { removedAt: 1 });
    const seat = seatId(m.t, '渭运社区');
    await refused('404 notFound', () => hand(chair, { seat: foreign, reason }));
    await refused('404 notFound', () => hand(chair, { guest, reason }));
    await refused('404 notFound', () => hand(chair, { guest: removed, reason }));
    await refused('422 invalid', () => hand(chair, { seat, reason: ' 。' }));
    await refused('422 invalid', () => hand(chair, { seat, guest, reason }));
    await refused('422 invalid', () => hand(chair, { reason }));
    await refused('403 forbidden', () => hand(me, { seat, reason }));
  });
});

describe('the seats that are due', () => {
  it('are those of the day and whoever signed in, listed and counted alike', async () => {
    await checkIn(await codeNow());
    const on = (community: string, set: string) =>
      exec(`UPDATE seat SET ${set} WHERE community = '${community}'`);
    on('示例社区四', "joined_on = '2026-11-29'");
    on('示例社区五', "joined_on = '2026-11-28'");
    on('示例社区六', "retired_on = '2026-11-28'");
    on('渭运社区', "retired_on = '2026-11-28'");
    const { attendance } = await (await m.host.get(ONE)).json();
    const closed = await (await chair.send('POST', `${ONE}/close`)).json();
    expect(closed).toEqual({ present: 1, due: 17 });
    expect([attendance.due, attendance.seats.length]).toEqual([17, 17]);
    m.after(86_400_000 * 40);
    // Signed in anew: the session of the day before has ended by then.
    const host = await m.t.as('minzheng');
    const later = (await (await host.get(ONE)).json()).attendance;
    expect(later).toEqual(attendance);
  });
});

describe('after the closing', () => {
  beforeEach(async () => {
    await checkIn(await codeNow());
    expect(await outcome(await m.host.send('POST', `${ONE}/close`))).toBe('done');
  });

  it('not even SQL changes who was there', () => {
    const before = dump(m.t);
    const seat = seatId(m.t, '陕拖社区');
    for (const sql of [
      `INSERT INTO attendance (session_id, party_id, seat_id, at) VALUES ('${session.id}', '${seat}', '${seat}', 1)`,
      'UPDATE attendance SET at = 1',
      'DELETE FROM attendance',
      "UPDATE session SET state = 'open'",
    ]) {
      expect(() => exec(sql), sql).toThrow('attendance_closed');
    }
    expect(dump(m.t)).toEqual(before);
  });

  it('nothing is opened or closed again', async () => {
    await refused('409 sessionState', () => chair.send('POST', `${ONE}/open`));
    await refused('409 sessionState', () => chair.send('POST', `${ONE}/close`));
  });
});

it('two who close at the same instant close once', async () => {
  const both = await Promise.all([
    chair.send('POST', `${ONE}/close`),
    m.host.send('POST', `${ONE}/close`),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(count(m.t, 'notice', "kind = 'session.closed'")).toBe(1);
});
