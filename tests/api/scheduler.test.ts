import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../api/core/log.ts';
import { startScheduler, tick } from '../../api/salon/scheduler.ts';
import { openServices } from '../../api/services.ts';
import { createRounds, moment, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';
import { chairs } from '../support/turns.ts';

const [first = '', second = '', third = ''] = SECRETARIES;
let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
});
afterEach(() => salon.close());

const state = async (month = '2026-11') => (await salon.round('minzheng', month)).state;
/** How often each kind of thing was told and recorded. */
const times = (kind: string): number =>
  salon.rows('SELECT 1 FROM notice WHERE kind = ?', kind).length;
const recorded = (action: string): number =>
  salon.rows('SELECT 1 FROM audit WHERE action = ?', action).length;
const sessions = () =>
  salon.rows<{ month: string; number: number; place: string }>(
    'SELECT month, number, place FROM session ORDER BY month',
  );

describe('a round', () => {
  it('opens, votes and closes at its moments and not before', async () => {
    const steps = [
      [TIMES.opens, 'waiting', 'proposing'],
      [TIMES.votes, 'proposing', 'voting'],
      [TIMES.closes, 'voting', 'review'],
    ] as const;
    for (const [at, before, after] of steps) {
      await salon.until(at, -1);
      expect(await state()).toBe(before);
      await salon.until(at);
      expect(await state()).toBe(after);
      if (after === 'proposing') await salon.propose(first);
    }
  });

  it('does each once, however often and by however many the clock is looked at', async () => {
    const clock = salon.services.clock;
    const { file } = salon.services.db;
    const other = openServices({ file, production: false, log: silentLog, clock });
    for (const at of [TIMES.opens, TIMES.votes, TIMES.closes]) {
      salon.at(at);
      await Promise.all([salon.tick(), tick(other), salon.tick(), tick(other)]);
      await salon.tick();
      if (at === TIMES.opens) await salon.propose(first);
    }
    other.db.close();
    for (const kind of ['opened', 'voting', 'closed', 'review']) {
      expect([kind, times(`round.${kind}`)]).toEqual([kind, 1]);
    }
    for (const step of ['proposing', 'voting', 'review']) {
      expect([step, recorded(`round.${step}`)]).toEqual([step, 1]);
    }
  });

  it('changes nothing by being looked at when nothing is due, or by a clock set back', async () => {
    await salon.until(TIMES.opens);
    await salon.propose(first);
    await salon.until(TIMES.votes);
    const before = salon.state();
    await salon.tick();
    await salon.until(TIMES.opens, 1000);
    await salon.until('2026-10-01T09:00');
    expect(salon.state()).toEqual(before);
    expect(await state()).toBe('voting');
    await salon.until(TIMES.closes);
    expect(await state()).toBe('review');
  });

  it('without a topic ends when its vote would open; everyone hears of it', async () => {
    await salon.until(TIMES.opens);
    await salon.until(TIMES.votes);
    expect(await salon.round(first)).toMatchObject({ state: 'decided', topics: [], voters: 0 });
    expect((await salon.told(first))[0]).toBe('2026年11月没有征集到议题，本轮结束。');
    await salon.until(TIMES.closes);
    expect(times('round.empty')).toBe(1);
  });

  it('that only declined and withdrawn topics are left of is empty too', async () => {
    await salon.until(TIMES.opens);
    const [one, other] = [await salon.propose(first), await salon.propose(second)];
    const reason = { reason: '上一期已经讨论过' };
    await salon.send('minzheng', 'POST', `/topics/${one}/decline`, reason);
    await salon.send(second, 'POST', `/topics/${other}/withdraw`);
    await salon.until(TIMES.votes);
    expect(await state()).toBe('decided');
  });

  it('tells the day and hour at which its vote ends', async () => {
    await salon.until(TIMES.opens);
    expect((await salon.told(second))[0]).toBe('2026年11月的议题开始征集，11月17日开始投票。');
    await salon.propose(first);
    await salon.until(TIMES.votes);
    expect((await salon.told(second))[0]).toBe('2026年11月的议题开始投票，11月21日 20:00 截止。');
  });
});

describe('a process that ends in the middle of a step', () => {
  it('leaves nothing half-done; the next look does it whole', async () => {
    await salon.until(TIMES.opens);
    await salon.propose(first);
    const { sqlite } = salon.services.db;
    for (const [at, after] of [
      [TIMES.votes, 'voting'],
      [TIMES.closes, 'review'],
    ] as const) {
      salon.at(at);
      // Its last write fails, after all the others.
      sqlite.exec(
        "CREATE TEMP TRIGGER cut BEFORE INSERT ON notice BEGIN SELECT RAISE(ABORT, 'cut'); END",
      );
      const before = salon.state();
      await salon.tick();
      expect(salon.state()).toEqual(before);
      sqlite.exec('DROP TRIGGER cut');
      await salon.tick();
      expect(await state()).toBe(after);
    }
  });
});

describe('after a stop of the server', () => {
  const iso = (text: string) => new Date(moment(text)).toISOString();

  it('across the opening, what is left is shared out between proposals and vote', async () => {
    await salon.until('2026-11-18T20:00');
    expect(await salon.round(first)).toMatchObject({
      state: 'proposing',
      votingAt: iso('2026-11-20T20:00'),
      closesAt: iso('2026-11-21T20:00'),
    });
    await salon.propose(first);
    await salon.until('2026-11-20T20:00');
    expect(await state()).toBe('voting');
  });

  it('across the start of the vote, the vote lasts as long as it can, a day at least', async () => {
    await salon.until(TIMES.opens);
    const id = await salon.propose(first);
    await salon.until('2026-11-26T10:00');
    expect(await salon.round(first)).toMatchObject({
      state: 'voting',
      closesAt: iso('2026-11-27T20:00'),
    });
    expect((await salon.told(second))[0]).toBe('2026年11月的议题开始投票，11月27日 20:00 截止。');
    salon.at('2026-11-27T19:59');
    expect((await salon.vote(second, [id])).status).toBe(200);
    await salon.until('2026-11-27T20:00');
    expect((await salon.round(first)).topics).toMatchObject([{ id, votes: 1 }]);
  });

  it('of less than an hour, the vote closes when it was to', async () => {
    await salon.until(TIMES.opens);
    await salon.propose(first);
    await salon.until('2026-11-17T08:59');
    expect((await salon.round(first)).closesAt).toBe(iso(TIMES.closes));
  });

  it('across the close, the vote is closed with what was cast', async () => {
    await salon.until(TIMES.opens);
    const id = await salon.propose(first);
    await salon.until(TIMES.votes);
    await salon.vote(second, [id]);
    await salon.until('2027-01-02T09:00');
    expect((await salon.round(first, '2026-11')).topics).toMatchObject([{ id, votes: 1, rank: 1 }]);
  });

  it('across a whole month, that month is skipped: the host hears of it, its chair keeps the turn', async () => {
    await salon.until('2027-01-05T09:00');
    await salon.settleTurns();
    expect(sessions().map(({ month, number }) => [month, number])).toEqual([
      ['2026-11', 1],
      ['2027-01', 2],
    ]);
    const words = '2026年12月因系统停用没有安排沙龙，请知悉。';
    expect(await salon.told('minzheng')).toContain(words);
    expect(await salon.told(third)).not.toContain(words);
    expect(recorded('month.skip')).toBe(1);
    // December was to be second’s, who now has the first month that is not announced yet.
    expect(chairs(salon)).toMatchObject({ '2026-11': first, '2027-01': third });
    expect(chairs(salon)).not.toHaveProperty('2026-12');
    expect(chairs(salon)['2027-03']).toBe(second);
    const before = salon.state();
    await salon.tick();
    await salon.settleTurns();
    expect(salon.state()).toEqual(before);
  });

  it('of half a year, only the one month is made that still has time', async () => {
    await salon.until('2027-05-05T09:00');
    expect(sessions().map(({ month }) => month)).toEqual(['2026-11', '2027-05']);
    expect(times('month.skipped')).toBe(1);
  });
});

describe('the next month', () => {
  it('is made when its round opens, at the usual hour, where the salon met last; once', async () => {
    await salon.until('2026-12-03T08:00', -1);
    expect(sessions()).toHaveLength(1);
    salon.at('2026-12-03T08:00');
    await Promise.all([salon.tick(), salon.tick()]);
    await salon.tick();
    const place = '县民政局会议室';
    expect(sessions()).toEqual([
      { month: '2026-11', number: 1, place },
      { month: '2026-12', number: 2, place },
    ]);
    expect(await state('2026-12')).toBe('proposing');
    expect((await salon.told(third)).filter((text) => text.includes('第 2 期'))).toEqual([
      '第 2 期沙龙定于12月28日 15:00，县民政局会议室。',
    ]);
  });

  it('goes by the salon’s own calendar', async () => {
    const change = { sessionDay: 10, sessionHour: 9, proposalDays: 7, votingDays: 3 };
    expect((await salon.send('minzheng', 'PATCH', '/settings', change)).status).toBe(200);
    await salon.until('2026-11-24T08:00', -1);
    expect(sessions()).toHaveLength(1);
    await salon.until('2026-11-24T08:00');
    expect(await salon.round(first, '2026-12')).toMatchObject({
      state: 'proposing',
      votingAt: new Date(moment('2026-12-01T08:00')).toISOString(),
      closesAt: new Date(moment('2026-12-03T20:00')).toISOString(),
      session: { number: 2, startsAt: new Date(moment('2026-12-10T09:00')).toISOString() },
    });
  });

  it('never comes where the host has not begun', async () => {
    const idle = await createRounds();
    await idle.until('2027-05-05T09:00');
    expect(idle.rows('SELECT * FROM session')).toEqual([]);
    idle.close();
  });
});

describe('the scheduler', () => {
  it('looks at the calendar when it starts, and stops when it is told to', async () => {
    salon.at('2026-12-05T09:00');
    const stop = startScheduler(salon.services);
    await stop();
    expect(sessions()).toHaveLength(2);
    expect(Object.keys(chairs(salon))).toContain('2027-03');
  });

  it('outlives an error, and says so', async () => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (_: object, message: string) => errors.push(message) };
    salon.at('2026-12-05T09:00');
    const { sqlite } = salon.services.db;
    sqlite.exec(
      "CREATE TEMP TRIGGER cut BEFORE INSERT ON session BEGIN SELECT RAISE(ABORT, 'cut'); END",
    );
    await startScheduler({ ...salon.services, log })();
    expect(errors).toContain('a step of the calendar failed');
    sqlite.exec('DROP TRIGGER cut');
    await salon.tick();
    expect(sessions()).toHaveLength(2);
  });
});
