import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayOf } from '../../api/core/day.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { NOTICE_KINDS } from '../../api/notices/kinds.ts';
import { remind } from '../../api/salon/minutes/remind.ts';
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
import { addOtherSalon, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const DAY_MS = 24 * 3600_000;
let start: number;
let now: number;
let t: TestApp;
beforeEach(async () => {
  start = afternoon();
  now = start;
  t = await createTestApp({ clock: () => now });
  forgetMonths(t);
});
afterEach(() => t.close());

const day = (count: number): string => addDays(dayOf(start), count);
const ask = (most?: number): Promise<number> =>
  write(systemContext(t.services), { name: 'remind', input: null }, (tx) =>
    remind(tx, systemContext(t.services), most),
  );
/** Asks three times each day. @returns the days from the start on which something was told */
async function live(days: number): Promise<number[]> {
  const on: number[] = [];
  for (let count = 0; count < days; count += 1) {
    for (const hour of [0, 3, 6]) {
      now = start + count * DAY_MS + hour * 3600_000;
      if ((await ask()) > 0) on.push(count);
    }
  }
  return on;
}
const hold = (): Meeting => addMeeting(t, { at: start, chair: '渭运社区', came: ['渭运社区'] });
const give = (held: Meeting, dueOn: string | null, at = start): string[] => {
  const seatId = held.seatOf('陕拖社区');
  return publishAsRows(t, held, at, [{ what: '社区的事', seatId, unit: '陕拖社区', dueOn }]);
};

describe('minutes that are late', () => {
  it('are told to chair and host, first after five days and then weekly: 40 days, five times', async () => {
    hold();
    expect(await live(41)).toEqual([6, 13, 20, 27, 34]);
    expect(toldNames(t, 'minutes.late')).toEqual(
      Array.from({ length: 5 }, () => ['minzheng', 'weiyun']).flat(),
    );
    expect(told(t, 'minutes.late')[0]?.data).toEqual({ number: 1 });
  });

  it('are told as late as the salon decided, and no more once published', async () => {
    const host = await t.as('minzheng');
    await host.send('PATCH', `/api/salons/${DEMO}/settings`, { minutesDays: 10 });
    const held = hold();
    expect(await live(12)).toEqual([11]);
    give(held, null, now);
    expect(await live(41)).toEqual([]);
  });

  it('are told once after three weeks without the server', async () => {
    hold();
    await live(2);
    now = start + 23 * DAY_MS;
    expect(await ask()).toBe(1);
    expect(await ask()).toBe(0);
    expect(toldNames(t, 'minutes.late')).toEqual(['minzheng', 'weiyun']);
  });

  it('are not those of a session that goes on, or of one long ago', async () => {
    addMeeting(t, { at: start, state: 'open' });
    addMeeting(t, { number: 2, at: start - 370 * DAY_MS });
    expect(await live(8)).toEqual([]);
  });
});

describe('action items', () => {
  it('are told three days before, on the first day after, and then weekly', async () => {
    const held = hold();
    const [action] = give(held, day(10));
    expect(await live(41)).toEqual([7, 11, 18, 25, 32, 39]);
    expect(toldNames(t, 'action.due')).toEqual(['minzheng', 'shantuo']);
    expect(toldNames(t, 'action.overdue')).toHaveLength(10);
    const data = { action, what: '社区的事', unit: '陕拖社区', dueOn: day(10) };
    for (const kind of ['action.due', 'action.overdue'] as const) {
      for (const one of told(t, kind)) {
        expect(one.data).toEqual(data);
        expect(NOTICE_KINDS[kind].text(data as never)).not.toContain('undefined');
      }
    }
  });

  it('are told once after three weeks without the server', async () => {
    give(hold(), day(10));
    now = start + 31 * DAY_MS;
    expect(await ask()).toBe(1);
    expect(await ask()).toBe(0);
    expect(toldNames(t, 'action.due')).toEqual([]);
    expect(toldNames(t, 'action.overdue')).toEqual(['minzheng', 'shantuo']);
  });

  it('are told no more once they are done, and again once opened again', async () => {
    const [action = ''] = give(hold(), day(10));
    expect(await live(12)).toEqual([7, 11]);
    const { sqlite } = t.services.db;
    const set = sqlite.prepare(
      "UPDATE action_item SET state = ?, result = '办完', done_at = 1 WHERE id = ?",
    );
    set.run('done', action);
    expect(await live(41)).toEqual([]);
    set.run('doing', action);
    now = start + 40 * DAY_MS;
    expect(await ask()).toBe(1);
  });

  it('are told to whoever holds the seat now, to a guest with an account, to the host once', async () => {
    const held = addMeeting(t, {
      at: start,
      guests: [
        { unit: '医保局', name: '王五', personId: t.personId('yibao') },
        { unit: '保险公司', name: '孙七', pass: 'aaaabbbb' },
      ],
    });
    const [account = '', link = ''] = held.guests;
    const seatId = held.seatOf('陕拖社区');
    const dueOn = day(-1);
    publishAsRows(t, held, start, [
      { seatId, dueOn },
      { guestId: account, dueOn },
      { guestId: link, dueOn },
      { dueOn },
      { seatId, dueOn: null },
    ]);
    const host = await t.as('minzheng');
    const personId = t.personId('xueyuan');
    await host.send('POST', `/api/salons/${DEMO}/seats/${seatId}/hand-over`, { personId });
    expect(await ask()).toBe(4);
    const names = toldNames(t, 'action.overdue').sort();
    expect(names).toEqual([...Array.from({ length: 4 }, () => 'minzheng'), 'xueyuan', 'yibao']);
  });

  it('are told a few at a time, where there are many', async () => {
    const dueOn = day(-1);
    publishAsRows(t, hold(), start, [{ dueOn }, { dueOn }, { dueOn }]);
    expect([await ask(2), await ask(2), await ask(2)]).toEqual([2, 1, 0]);
    expect(toldNames(t, 'action.overdue')).toHaveLength(3);
  });

  it('of several salons go to the people of each', async () => {
    const other = await addOtherSalon(t);
    give(hold(), day(-1));
    const elsewhere = addMeeting(t, { salon: other.slug, at: start });
    publishAsRows(t, elsewhere, start, [{ seatId: other.seat, dueOn: day(-1) }]);
    expect(await ask()).toBe(2);
    expect(toldNames(t, 'action.overdue').sort()).toEqual([
      'minzheng',
      'qita',
      'qitashuji',
      'shantuo',
    ]);
    const after = dump(t);
    expect(await ask()).toBe(0);
    expect(dump(t)).toEqual(after);
  });
});
