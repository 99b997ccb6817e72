import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRounds, moment, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';

const [first = '', second = ''] = SECRETARIES;
let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
});
afterEach(() => salon.close());

/** How often each kind of thing was told. */
const times = (kind: string): number =>
  salon.rows('SELECT 1 FROM notice WHERE kind = ?', kind).length;

describe('reminders', () => {
  const lastDay = '2026年11月的议题投票还剩不到一天，您还没有投票。';

  it('go on the vote’s last day, once, to the seats that have not voted and to nobody else', async () => {
    await salon.until(TIMES.opens);
    const id = await salon.propose(first);
    await salon.until(TIMES.votes);
    await salon.vote(first, [id]);
    await salon.vote(second, [id]);
    await salon.vote(second, []);
    await salon.until('2026-11-20T20:00', -1);
    expect(times('round.lastDay')).toBe(0);
    await salon.until('2026-11-20T20:00');
    await Promise.all([salon.tick(), salon.tick()]);
    await salon.until('2026-11-21T19:59');
    expect(times('round.lastDay')).toBe(1);
    for (const login of SECRETARIES) {
      const told = (await salon.told(login)).filter((text) => text === lastDay);
      expect([login, told.length]).toEqual([login, login === first ? 0 : 1]);
    }
    for (const login of ['minzheng', 'xueyuan']) {
      expect(await salon.told(login)).not.toContain(lastDay);
    }
  });

  it('of a vote go to nobody when all have voted', async () => {
    await salon.until(TIMES.opens);
    const id = await salon.propose(first);
    await salon.until(TIMES.votes);
    for (const login of SECRETARIES) await salon.vote(login, [id]);
    await salon.until('2026-11-21T00:00');
    expect(times('round.lastDay')).toBe(0);
  });

  it('of a session go to the table on the day before it, once', async () => {
    const words = '明天开会：第 1 期沙龙，11月28日 15:00，县民政局会议室。';
    await salon.until('2026-11-26T23:59');
    expect(times('session.tomorrow')).toBe(0);
    await salon.until('2026-11-27T00:00');
    await salon.tick();
    await salon.until('2026-11-28T09:00');
    expect(times('session.tomorrow')).toBe(1);
    for (const login of [first, 'minzheng']) {
      expect((await salon.told(login)).filter((text) => text === words)).toHaveLength(1);
    }
  });

  it('of a session at midnight go on the day before, not two before', async () => {
    salon.services.db.sqlite
      .prepare('UPDATE session SET starts_at = ?')
      .run(moment('2026-11-28T00:00'));
    await salon.until('2026-11-26T12:00');
    expect(times('session.tomorrow')).toBe(0);
    await salon.until('2026-11-27T12:00');
    expect(times('session.tomorrow')).toBe(1);
  });

  it('of a session that is cancelled go to nobody', async () => {
    salon.services.db.sqlite.exec("UPDATE session SET state = 'cancelled', number = NULL");
    await salon.until('2026-11-27T09:00');
    expect(times('session.tomorrow')).toBe(0);
  });
});
