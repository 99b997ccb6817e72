import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { backupsToKeep } from '../../api/backup/rules.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 7);
/** In Asia/Shanghai. */
const local = (at: number) => new Date(at + 8 * HOUR);
const dayOf = (at: number) => local(at).toISOString().slice(0, 10);
const monthOf = (at: number) => local(at).toISOString().slice(0, 7);
function weekOf(at: number): string {
  const date = local(at);
  return dayOf(at - ((date.getUTCDay() + 6) % 7) * DAY);
}
const hourly = (days: number) =>
  Array.from({ length: days * 24 }, (_, hours) => NOW - hours * HOUR);
const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 500 * 24 * 60 }), { maxLength: 120 })
  .map((minutes) => minutes.map((one) => NOW - one * 60_000));
const kept = (all: readonly number[], from: number, to: number) =>
  [...backupsToKeep(all, NOW)].filter((at) => NOW - at > from && NOW - at <= to);

describe('hourly backups of two years', () => {
  const all = hourly(730);

  test.each([
    ['every one of the last day', -1, DAY, 25],
    ['one a day for a week', DAY, 7 * DAY, 7],
    ['one a week for five weeks', 7 * DAY, 35 * DAY, 5],
    ['one a month for a year', 35 * DAY, 366 * DAY, 12],
    ['none that is older', 366 * DAY, Number.MAX_SAFE_INTEGER, 0],
  ])('%s', (_, from, to, number) => {
    expect(kept(all, from, to)).toHaveLength(number);
  });
});

describe('whatever there is', () => {
  it('the newest is kept, even alone and very old', () => {
    fc.assert(
      fc.property(times, (all) => {
        const keeping = backupsToKeep(all, NOW);
        expect(keeping.has(Math.max(...all))).toBe(all.length > 0);
        for (const at of keeping) expect(all).toContain(at);
      }),
    );
    expect(backupsToKeep([5], NOW)).toEqual(new Set([5]));
    expect(backupsToKeep([], NOW)).toEqual(new Set());
  });

  it('each day, week and month that has a backup keeps its newest, and only that', () => {
    const tiers = [
      [DAY, 7 * DAY, dayOf],
      [7 * DAY, 35 * DAY, weekOf],
      [35 * DAY, 366 * DAY, monthOf],
    ] as const;
    fc.assert(
      fc.property(times, (all) => {
        const newest = Math.max(...all);
        for (const [from, to, period] of tiers) {
          const within = all.filter((at) => NOW - at > from && NOW - at <= to);
          const best = new Map<string, number>();
          for (const at of within) best.set(period(at), Math.max(at, best.get(period(at)) ?? 0));
          const expected = new Set([...best.values(), ...within.filter((at) => at === newest)]);
          expect(new Set(kept(all, from, to))).toEqual(expected);
        }
      }),
    );
  });

  it('all of the last day are kept, also ones that a wrong clock dated ahead', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 10 * DAY }), (all, ahead) => {
        const keeping = backupsToKeep([...all, NOW + ahead], NOW);
        for (const at of [...all, NOW + ahead]) {
          if (NOW - at <= DAY) expect(keeping.has(at)).toBe(true);
        }
      }),
    );
  });

  it('the order does not matter, and deciding again removes nothing more', () => {
    fc.assert(
      fc.property(times, (all) => {
        const keeping = backupsToKeep(all, NOW);
        expect(backupsToKeep([...all].reverse(), NOW)).toEqual(keeping);
        expect(backupsToKeep([...keeping], NOW)).toEqual(keeping);
      }),
    );
  });

  it('never more than the last day’s and twenty-six others, deciding every hour', () => {
    let stored: number[] = [];
    const start = NOW - 400 * DAY;
    for (let hour = 0; hour <= 400 * 24; hour += 6) {
      const now = start + hour * HOUR;
      stored = [...backupsToKeep([...stored, now], now)];
      expect(stored.filter((at) => now - at > DAY).length).toBeLessThanOrEqual(26);
    }
    // Nothing that the weeks and months need was thrown away too early.
    expect(new Set(stored.map(monthOf)).size).toBeGreaterThanOrEqual(12);
  });
});
