import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createRounds, expectRefused, type Rounds, SECRETARIES } from '../support/rounds.ts';
import { DEMO } from '../support/testApp.ts';
import { chairs as chairsOf, readSwaps, START, takeLeave } from '../support/turns.ts';

let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
});
afterEach(() => salon.close());

const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = SECRETARIES;
interface Month {
  readonly month: string;
  readonly seatId: string | null;
  readonly state: string;
  readonly number: number | null;
}
interface Schedule {
  readonly started: boolean;
  readonly now: string;
  readonly months: readonly Month[];
  readonly past: readonly Month[];
  readonly seats: readonly { id: string; last: string | null }[];
}
const schedule = () => salon.read<Schedule>('', '/rotation');
const swaps = (login: string) => readSwaps(salon, login);
const chairs = () => chairsOf(salon);
const leave = (login: string, month: string, by = login) => takeLeave(salon, login, month, by);
const cancelLeave = (login: string, month: string, by = login) =>
  salon.send(by, 'DELETE', `/seats/${salon.seatOf(login)}/leaves/${month}`);
const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);

describe('before the first session', () => {
  it('nobody has a turn, and no month turns', async () => {
    expect(await schedule()).toMatchObject({ started: false, months: [], past: [] });
    await salon.settleTurns();
    await salon.tick();
    expect(chairs()).toEqual({});
  });

  it('a leave can be taken, and counts from the start', async () => {
    expect((await leave(first, '2026-11')).status).toBe(200);
    await salon.convene();
    expect(chairs()).toMatchObject({ '2026-11': second, '2026-12': first });
  });
});

describe('convening the first session', () => {
  it('announces its month and the next three, to everyone and each chair', async () => {
    await salon.convene();
    expect(chairs()).toEqual(START);
    const all =
      '公布了轮值主席。2026年11月：景翼社区；2026年12月：渭运社区；2027年1月：陕拖社区；2027年2月：示例社区四。';
    expect(await salon.told(second)).toContain('2026年12月由您担任轮值主席。');
    for (const login of [second, sixth, 'minzheng']) expect(await salon.told(login)).toContain(all);
    expect(await salon.told(sixth)).not.toContain('2026年12月由您担任轮值主席。');
    expect(await salon.told('xueyuan')).toEqual([]);
  });

  it('in a later month announces from that on', async () => {
    await salon.convene('2027-01-28T15:00');
    expect(chairs()).toEqual({ '2027-01': first, '2027-02': second });
    const { months } = await schedule();
    expect(months[0]).toMatchObject({ month: '2027-01', state: 'announced', number: 1 });
  });
});

describe('the schedule', () => {
  it('is public, a year ahead, by communities and without anybody’s name', async () => {
    await salon.convene();
    const response = await salon.visitor.get(`/api/salons/${DEMO}/rotation`);
    const text = await response.text();
    const { months, seats, now } = JSON.parse(text) as Schedule;
    expect(now).toBe('2026-11');
    expect(months.map(({ month }) => month).slice(0, 3)).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(months.map(({ state }) => state)).toEqual([
      'current',
      ...['announced', 'announced', 'announced'],
      ...Array.from({ length: 8 }, () => 'expected'),
    ]);
    const everyone = SECRETARIES.map((login) => salon.seatOf(login));
    expect(months.map(({ seatId }) => seatId)).toEqual(everyone.slice(0, 12));
    expect(seats.map(({ id }) => id)).toEqual(everyone);
    const names = salon.rows<{ name: string }>('SELECT name FROM person');
    expect(names.filter(({ name }) => text.includes(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(19);
  });

  it('is the same for the same facts, however often it is asked and settled', async () => {
    await salon.convene();
    await leave(second, '2026-12');
    const [before, shown] = [salon.state(), await schedule()];
    await salon.settleTurns();
    await salon.settleTurns();
    expect(await schedule()).toEqual(shown);
    expect(salon.state()).toEqual(before);
  });

  it('comes true: what was expected is what the months then announce', async () => {
    await salon.convene();
    const { months } = await schedule();
    for (const { month } of months) {
      salon.at(`${month}-01T00:00`);
      await salon.settleTurns();
    }
    const turns = salon.rows<{ month: string; seatId: string }>(
      'SELECT month, seat_id AS seatId FROM turn ORDER BY month LIMIT 12',
    );
    expect(turns).toEqual(months.map(({ month, seatId }) => ({ month, seatId })));
  });

  it('shows a month without a session as nobody’s, and whom the next months then go to', async () => {
    await salon.convene();
    // As cancelling it leaves it.
    salon.services.db.sqlite.exec(
      "UPDATE session SET state = 'cancelled', number = NULL; DELETE FROM turn WHERE month = '2026-11'",
    );
    await salon.settleTurns();
    const { months } = await schedule();
    const seats = [null, second, third, fourth, first, fifth];
    expect(months.slice(0, 6).map(({ seatId }) => seatId)).toEqual(
      seats.map((login) => login && salon.seatOf(login)),
    );
    salon.at('2026-12-01T00:00');
    await salon.settleTurns();
    expect(chairs()).toEqual({
      '2026-12': second,
      '2027-01': third,
      '2027-02': fourth,
      '2027-03': first,
    });
  });

  it('has nobody chair the months that the host leaves out', async () => {
    await salon.convene();
    await salon.convene('2027-02-28T15:00');
    expect(chairs()).toEqual({ '2026-11': first, '2027-02': fourth });
    await salon.convene('2026-12-28T15:00');
    expect(chairs()).toEqual({ '2026-11': first, '2026-12': second, '2027-02': fourth });
  });
});

describe('a month’s turn', () => {
  beforeEach(() => salon.convene());

  it('announces exactly one more month, once, however often the clock is looked at', async () => {
    salon.at('2026-11-30T23:59');
    await salon.settleTurns();
    expect(chairs()).toEqual(START);
    salon.at('2026-12-01T00:00');
    await Promise.all([salon.settleTurns(), salon.settleTurns()]);
    await salon.settleTurns();
    expect(chairs()).toEqual({ ...START, '2027-03': fifth });
    const told = (await salon.told(fifth)).filter((text) => text.includes('2027年3月'));
    expect(told).toEqual([
      '公布了轮值主席。2027年3月：示例社区五。',
      '2027年3月由您担任轮值主席。',
    ]);
  });

  it('after three months of downtime announces what is due then', async () => {
    salon.at('2027-02-10T09:00');
    await salon.settleTurns();
    expect(Object.keys(chairs())).toEqual([
      ...Object.keys(START),
      ...['2027-03', '2027-04', '2027-05'],
    ]);
    const before = salon.state();
    await salon.settleTurns();
    expect(salon.state()).toEqual(before);
  });

  it('set back by a clock that jumps changes nothing', async () => {
    salon.at('2026-12-02T09:00');
    await salon.settleTurns();
    const before = salon.state();
    salon.at('2026-11-05T09:00');
    await salon.settleTurns();
    expect(salon.state()).toEqual(before);
  });
});

describe('a leave', () => {
  beforeEach(() => salon.convene());

  it('refills only that month; everyone hears of it, but not who took it', async () => {
    expect((await leave(second, '2026-12')).status).toBe(200);
    expect(chairs()).toEqual({ ...START, '2026-12': fifth });
    const changed = '轮值主席有变化。2026年12月：示例社区五。';
    expect(await salon.told(fifth)).toContain('2026年12月由您担任轮值主席。');
    for (const login of [fifth, sixth, 'minzheng']) {
      expect(await salon.told(login)).toContain(changed);
    }
    expect(await salon.told(second)).not.toContain(changed);
  });

  it('gives the seat that lost its month the next turn', async () => {
    await leave(second, '2026-12');
    salon.at('2026-12-01T00:00');
    await salon.settleTurns();
    expect(chairs()['2027-03']).toBe(second);
  });

  it('taken twice is taken once, and in another month than one’s own changes no turn', async () => {
    await leave(second, '2026-12');
    const before = salon.state();
    expect((await leave(second, '2026-12')).status).toBe(200);
    expect(salon.state()).toEqual(before);
    await leave(sixth, '2027-01');
    expect(chairs()).toEqual({ ...START, '2026-12': fifth });
  });

  it('taken back leaves the month with whom it went to', async () => {
    await leave(second, '2026-12');
    expect((await swaps(second)).leaves).toMatchObject([{ month: '2026-12', mayCancel: true }]);
    expect((await swaps(sixth)).leaves).toMatchObject([{ month: '2026-12', mayCancel: false }]);
    expect((await cancelLeave(second, '2026-12')).status).toBe(200);
    expect(chairs()).toEqual({ ...START, '2026-12': fifth });
    expect((await swaps(second)).leaves).toEqual([]);
    const before = salon.state();
    expect((await cancelLeave(second, '2026-12')).status).toBe(200);
    expect(salon.state()).toEqual(before);
  });

  it('can be taken by the host for a seat, and by no other seat', async () => {
    expect((await leave(second, '2026-12', 'minzheng')).status).toBe(200);
    expect(await salon.told(second)).toContain('轮值主席有变化。2026年12月：示例社区五。');
    await refused(() => leave(third, '2027-01', sixth), [403, 'forbidden']);
    await refused(() => cancelLeave(second, '2026-12', sixth), [403, 'forbidden']);
    await refused(() => leave(third, '2027-01', 'xueyuan'), [403, 'forbidden']);
  });

  test.each([
    ['a month that is past', '2026-10', [409, 'monthOver']],
    ['a month that there is not', '2026-13', [422, 'invalid']],
    ['no month at all', '下个月', [422, 'invalid']],
  ] as [string, string, [number, string]][])('is refused for %s', async (_, month, wanted) => {
    await refused(() => leave(second, month), wanted);
  });

  it('is refused for this month once its session has begun', async () => {
    salon.services.db.sqlite.exec("UPDATE session SET state = 'open'");
    await refused(() => leave(first, '2026-11'), [409, 'monthOver']);
    expect((await schedule()).seats[0]).toMatchObject({ last: '2026-11' });
  });

  it('of all leaves the month without a chair; whoever is free first then has it', async () => {
    for (const login of SECRETARIES) await leave(login, '2026-12', 'minzheng');
    expect(chairs()).not.toHaveProperty('2026-12');
    expect((await schedule()).months[1]).toMatchObject({ month: '2026-12', seatId: null });
    expect((await salon.told(sixth))[0]).toBe('轮值主席有变化。2026年12月：暂缺。');
    await cancelLeave(sixth, '2026-12');
    expect(chairs()).toEqual({ ...START, '2026-12': sixth });
  });

  it('of all: a seat that joins has the month', async () => {
    for (const login of SECRETARIES) await leave(login, '2026-12', 'minzheng');
    const added = await salon.send('minzheng', 'POST', '/seats', { community: '新社区' });
    const { id } = await added.json();
    expect((await schedule()).months[1]).toMatchObject({ month: '2026-12', seatId: id });
  });
});

describe('a retired seat', () => {
  it('loses its announced months, which are refilled; nobody else’s change', async () => {
    await salon.convene();
    const seat = salon.seatOf(third);
    const retired = await salon.send('minzheng', 'POST', `/seats/${seat}/retire`);
    expect(retired.status).toBe(200);
    expect(chairs()).toEqual({ ...START, '2027-01': fifth });
    expect((await schedule()).seats.map(({ id }) => id)).not.toContain(seat);
    await refused(
      () => salon.send('minzheng', 'POST', `/seats/${seat}/leaves`, { month: '2027-03' }),
      [409, 'seatRetired'],
    );
  });
});
