import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayOf, timeOf } from '../../api/core/day.ts';
import {
  dueAt,
  FAR_AHEAD,
  LONGEST_PAUSE,
  MOST_TRIES,
  pauseAfter,
  rest,
  type Timing,
  usualChoice,
} from '../../api/notices/rules.ts';
import { moment } from '../support/rounds.ts';

const quiet = (from: string, until: string, digest: Timing['digest'] = 'daily'): Timing => {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { digest, quietFrom: minutes(from), quietUntil: minutes(until) };
};
const NONE = quiet('00:00', '00:00');
const NIGHT = quiet('22:00', '07:00');
const WEEKLY = quiet('00:00', '00:00', 'weekly');
const inWords = (ms: number): string => `${dayOf(ms)}T${timeOf(ms)}`;

describe('when a mail goes out', () => {
  // 2026-11-22 is a Sunday.
  test.each<[string, 'each' | 'digest', Timing, string]>([
    ['2026-11-22T16:09', 'each', NONE, '2026-11-22T16:09'],
    ['2026-11-22T21:59', 'each', NIGHT, '2026-11-22T21:59'],
    ['2026-11-22T22:00', 'each', NIGHT, '2026-11-23T07:00'],
    ['2026-11-22T23:59', 'each', NIGHT, '2026-11-23T07:00'],
    ['2026-11-23T00:00', 'each', NIGHT, '2026-11-23T07:00'],
    ['2026-11-23T06:59', 'each', NIGHT, '2026-11-23T07:00'],
    ['2026-11-23T07:00', 'each', NIGHT, '2026-11-23T07:00'],
    ['2026-12-31T23:00', 'each', NIGHT, '2027-01-01T07:00'],
    ['2026-11-22T12:00', 'each', quiet('12:00', '14:00'), '2026-11-22T14:00'],
    ['2026-11-22T14:00', 'each', quiet('12:00', '14:00'), '2026-11-22T14:00'],
    ['2026-11-22T23:00', 'each', quiet('22:00', '00:00'), '2026-11-23T00:00'],
    ['2026-11-22T05:00', 'each', quiet('00:00', '23:59'), '2026-11-22T23:59'],
    ['2026-11-22T05:00', 'each', quiet('09:00', '09:00'), '2026-11-22T05:00'],
    ['2026-11-22T07:59', 'digest', NONE, '2026-11-22T08:00'],
    ['2026-11-22T08:00', 'digest', NONE, '2026-11-22T08:00'],
    ['2026-11-22T08:01', 'digest', NONE, '2026-11-23T08:00'],
    ['2026-11-22T00:00', 'digest', NONE, '2026-11-22T08:00'],
    ['2026-11-22T23:59', 'digest', NONE, '2026-11-23T08:00'],
    ['2026-11-22T09:00', 'digest', quiet('22:00', '09:30'), '2026-11-23T09:30'],
    ['2026-11-22T23:59', 'digest', WEEKLY, '2026-11-23T08:00'],
    ['2026-11-23T08:00', 'digest', WEEKLY, '2026-11-23T08:00'],
    ['2026-11-23T08:01', 'digest', WEEKLY, '2026-11-30T08:00'],
    ['2026-11-24T07:00', 'digest', WEEKLY, '2026-11-30T08:00'],
    ['2027-12-28T09:00', 'digest', WEEKLY, '2028-01-03T08:00'],
    // Where others change their clocks in March and October, Shanghai does not.
    ['2026-03-28T23:00', 'each', NIGHT, '2026-03-29T07:00'],
    ['2026-10-24T23:00', 'digest', NONE, '2026-10-25T08:00'],
  ])('%s, %s → %s', (at, choice, timing, due) => {
    expect(inWords(dueAt(moment(at), choice, timing))).toBe(due);
  });

  it('is never before the event, never in quiet hours, never further than a week and a day', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const timing = fc.record({
      digest: fc.constantFrom('daily' as const, 'weekly' as const),
      quietFrom: minute,
      quietUntil: minute,
    });
    const at = fc.integer({ min: moment('2026-01-01T00:00'), max: moment('2031-01-01T00:00') });
    fc.assert(
      fc.property(
        at,
        fc.constantFrom('each' as const, 'digest' as const),
        timing,
        (ms, how, when) => {
          const due = dueAt(ms, how, when);
          expect(due).toBeGreaterThanOrEqual(ms);
          expect(due - ms).toBeLessThan(FAR_AHEAD);
          const time = timeOf(due);
          const of = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
          const { quietFrom: from, quietUntil: until } = when;
          const isQuiet = from <= until ? of >= from && of < until : of >= from || of < until;
          expect(isQuiet).toBe(false);
          // Once due, it stays due: asking again at that moment changes nothing.
          if (how === 'each') expect(dueAt(due, how, when)).toBe(due);
        },
      ),
    );
  });
});

it('tells at once by default, but gathers what is only followed', () => {
  expect([usualChoice('轮值'), usualChoice('关注的讨论')]).toEqual(['each', 'digest']);
});

it('tries for five days, with longer and longer pauses', () => {
  const minutes = [1, 2, 3, 4, 5, 6, 20].map((tries) => pauseAfter(tries) / 60_000);
  expect(minutes).toEqual([1, 5, 15, 60, 180, 180, 180]);
  const all = Array.from({ length: MOST_TRIES - 1 }, (_, index) => pauseAfter(index + 1));
  const days = all.reduce((sum, pause) => sum + pause, 0) / (24 * 3600_000);
  expect(days).toBeGreaterThanOrEqual(5);
  expect(days).toBeLessThan(5.5);
  expect(Math.max(...all)).toBe(LONGEST_PAUSE);
  expect([1, 2, 3, 4, 50].map((failures) => rest(failures) / 60_000)).toEqual([1, 5, 15, 15, 15]);
});
