import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { dayOf, momentOf, timeOf } from '../../api/core/day.ts';
import { settingsOf } from '../../api/salon/charter.ts';
import { nextMonth } from '../../api/salon/rotation/rules.ts';
import {
  type Calendar,
  closesAfterLateStart,
  dueIn,
  monthDue,
  plannedTimes,
  ROUND_STATES,
  timesFrom,
  usualStart,
} from '../../api/salon/topics/rules.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const usual: Calendar = settingsOf({});
const at = (text: string): number => momentOf(text.slice(0, 10), text.slice(11));
const shown = (ms: number): string => `${dayOf(ms)} ${timeOf(ms)}`;
const inWords = (times: { opensAt: number; votingAt: number; closesAt: number } | undefined) =>
  times && [times.opensAt, times.votingAt, times.closesAt].map(shown);

describe('a session’s usual day', () => {
  test.each([
    ['2026-11', {}, '2026-11-28 15:00'],
    ['2027-02', {}, '2027-02-28 15:00'],
    ['2026-12', { sessionDay: 1, sessionHour: 8 }, '2026-12-01 08:00'],
  ])('%s', (month, change, expected) => {
    expect(shown(usualStart(month, { ...usual, ...change }))).toBe(expected);
  });
});

describe('a round’s planned days', () => {
  test.each([
    ['as the platform sets it', {}, ['2026-11-03 08:00', '2026-11-17 08:00', '2026-11-21 20:00']],
    [
      'a vote of one day, closing on the day before',
      { votingDays: 1, proposalDays: 1, roundEndsBefore: 1 },
      ['2026-11-26 08:00', '2026-11-27 08:00', '2026-11-27 20:00'],
    ],
    [
      'as long as can be set, over months’ ends',
      { votingDays: 30, proposalDays: 60, roundEndsBefore: 30 },
      ['2026-08-01 08:00', '2026-09-30 08:00', '2026-10-29 20:00'],
    ],
  ])('%s', (_, change, expected) => {
    expect(inWords(plannedTimes(at('2026-11-28 15:00'), { ...usual, ...change }))).toEqual(
      expected,
    );
  });

  it('go over the end of February', () => {
    const leap = plannedTimes(at('2028-03-05 15:00'), usual);
    expect(shown(leap.closesAt)).toBe('2028-02-27 20:00');
    const other = plannedTimes(at('2027-03-05 15:00'), usual);
    expect(shown(other.closesAt)).toBe('2027-02-26 20:00');
  });

  it('do not depend on the hour of the session', () => {
    const early = plannedTimes(at('2026-11-28 00:00'), usual);
    expect(plannedTimes(at('2026-11-28 23:59'), usual)).toEqual(early);
  });
});

describe('a round that is made now', () => {
  const session = at('2026-11-28 15:00');
  const planned = plannedTimes(session, usual);
  const from = (now: number) => timesFrom(now, session, usual);

  it('is the planned one up to the moment at which that opens', () => {
    expect(from(planned.opensAt - 1)).toEqual(planned);
    expect(from(planned.opensAt)).toEqual(planned);
  });

  it('keeps the planned vote, as long as a day is left for proposals', () => {
    const late = planned.opensAt + 1;
    expect(from(late)).toEqual({ ...planned, opensAt: late });
    const last = planned.votingAt - DAY;
    expect(from(last)).toEqual({ ...planned, opensAt: last });
  });

  it('shares out what is left in the same proportion after that', () => {
    const now = planned.votingAt - DAY + 1;
    const times = from(now);
    expect(times).toMatchObject({ opensAt: now, closesAt: planned.closesAt });
    const left = planned.closesAt - now;
    const voting = planned.closesAt - (times?.votingAt ?? 0);
    expect(Math.abs(voting - (left * 5) / 19)).toBeLessThan(1);
    // With less than four days, a quarter of them is less than a day, which a vote has in any case.
    expect(inWords(from(at('2026-11-18 20:00')))).toEqual([
      '2026-11-18 20:00',
      '2026-11-20 20:00',
      '2026-11-21 20:00',
    ]);
  });

  it('goes on until the evening before the session, if the planned close is nearer than two days', () => {
    expect(from(planned.closesAt - 2 * DAY)?.closesAt).toBe(planned.closesAt);
    expect(shown(from(planned.closesAt - 2 * DAY + 1)?.closesAt ?? 0)).toBe('2026-11-27 20:00');
  });

  it('is impossible with less than two days left until then', () => {
    const latest = at('2026-11-27 20:00');
    expect(inWords(from(latest - 2 * DAY))).toEqual([
      '2026-11-25 20:00',
      '2026-11-26 20:00',
      '2026-11-27 20:00',
    ]);
    expect(from(latest - 2 * DAY + 1)).toBeUndefined();
    expect(from(session + 1)).toBeUndefined();
  });
});

const calendars = fc.record({
  proposalDays: fc.integer({ min: 1, max: 60 }),
  votingDays: fc.integer({ min: 1, max: 30 }),
  roundEndsBefore: fc.integer({ min: 1, max: 30 }),
  sessionDay: fc.integer({ min: 1, max: 28 }),
  sessionHour: fc.integer({ min: 8, max: 20 }),
});
const START = at('2026-01-01 00:00');
const moments = fc.integer({ min: START, max: START + 800 * DAY });
/** How long before the session it is; more often a short time than a long one. */
const ahead = fc.oneof(
  fc.integer({ min: -DAY, max: 6 * DAY }),
  fc.integer({ min: 0, max: 150 * DAY }),
);

describe('whatever the settings, the session and the moment', () => {
  it('a round opens not before now, then votes, then closes in an evening, then is the session', () => {
    fc.assert(
      fc.property(calendars, moments, ahead, (calendar, session, before) => {
        const now = session - before;
        const times = timesFrom(now, session, calendar);
        const latest = momentOf(dayOf(session - DAY), '20:00');
        expect(times === undefined).toBe(
          latest - now < 2 * DAY && now > plannedTimes(session, calendar).opensAt,
        );
        if (!times) return;
        expect(times.opensAt).toBeGreaterThanOrEqual(now);
        expect(times.votingAt).toBeGreaterThan(times.opensAt);
        expect(times.closesAt - times.votingAt).toBeGreaterThanOrEqual(12 * HOUR);
        expect(timeOf(times.closesAt)).toBe('20:00');
        expect(times.closesAt).toBeLessThan(session);
      }),
      { numRuns: 2000 },
    );
  });

  it('a vote that opens late lasts a day at least and never shorter than planned', () => {
    fc.assert(
      fc.property(calendars, moments, ahead, (calendar, session, before) => {
        const now = session - before;
        const planned = plannedTimes(session, calendar);
        const closesAt = closesAfterLateStart(planned, now, session, calendar);
        expect(closesAt - now).toBeGreaterThanOrEqual(DAY);
        expect(closesAt).toBeGreaterThanOrEqual(planned.closesAt);
        expect(timeOf(closesAt)).toBe('20:00');
        // It runs into the session only where nothing else would leave a day.
        if (closesAt >= session) expect(closesAt - now).toBeLessThan(2 * DAY);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a vote that opens late', () => {
  const session = at('2026-11-28 15:00');
  const planned = plannedTimes(session, usual);
  test.each([
    ['an hour late', '2026-11-17 09:00', '2026-11-22 20:00'],
    ['a day before the planned close', '2026-11-20 20:00', '2026-11-25 20:00'],
    ['after the planned close', '2026-11-24 10:00', '2026-11-27 20:00'],
    ['a day before the last evening', '2026-11-26 20:00', '2026-11-27 20:00'],
    ['less than a day before it', '2026-11-26 20:01', '2026-11-28 20:00'],
    ['after the session', '2026-12-02 10:00', '2026-12-03 20:00'],
  ])('%s', (_, now, expected) => {
    expect(shown(closesAfterLateStart(planned, at(now), session, usual))).toBe(expected);
  });
});

describe('what is due in a round', () => {
  const times = { opensAt: 100, votingAt: 200, closesAt: 300 };
  const moment = { waiting: ['open', 100], proposing: ['startVote', 200], voting: ['close', 300] };
  test.each(ROUND_STATES)('%s', (state) => {
    const due = [99, 100, 101, 199, 200, 201, 299, 300, 301].map((now) =>
      dueIn({ ...times, state }, now),
    );
    const [step, from] = state in moment ? moment[state as keyof typeof moment] : [undefined, 0];
    const expected = [99, 100, 101, 199, 200, 201, 299, 300, 301].map((now) =>
      now >= Number(from) ? step : undefined,
    );
    expect(due).toEqual(expected);
  });
});

describe('the month that is due', () => {
  test.each([
    ['a moment before the next round opens', '2026-11', '2026-12-03 08:00', -1, undefined],
    ['when it opens', '2026-11', '2026-12-03 08:00', 0, ['2026-12', []]],
    ['over the year’s end', '2026-12', '2027-01-03 08:00', 0, ['2027-01', []]],
    [
      'with two days left before the last evening',
      '2026-11',
      '2026-12-25 20:00',
      0,
      ['2026-12', []],
    ],
    [
      'with a moment less: skipped, and the next not due yet',
      '2026-11',
      '2026-12-25 20:00',
      1,
      undefined,
    ],
    ['then, when the next opens', '2026-11', '2027-01-03 08:00', 0, ['2027-01', ['2026-12']]],
    [
      'after a stop of months',
      '2026-11',
      '2027-04-10 00:00',
      0,
      ['2027-04', ['2026-12', '2027-01', '2027-02', '2027-03']],
    ],
  ] as const)('%s', (_, last, now, more, expected) => {
    const due = monthDue(last, at(now) + more, usual);
    expect(due && [due.month, due.skipped]).toEqual(expected);
  });

  it('always has a time for its round, and those skipped are exactly the months passed', () => {
    fc.assert(
      fc.property(calendars, fc.nat(40 * 30), (calendar, days) => {
        const last = '2026-01';
        const now = START + days * DAY + 12345;
        const due = monthDue(last, now, calendar);
        if (!due) {
          // Then no month between has a round that could still be made after it should have opened.
          let month = nextMonth(last);
          while (plannedTimes(usualStart(month, calendar), calendar).opensAt <= now) {
            expect(timesFrom(now, usualStart(month, calendar), calendar)).toBeUndefined();
            month = nextMonth(month);
          }
          return;
        }
        expect(due.startsAt).toBe(usualStart(due.month, calendar));
        expect(timesFrom(now, due.startsAt, calendar)).toBeDefined();
        const passed: string[] = [];
        for (let month = nextMonth(last); month < due.month; month = nextMonth(month)) {
          passed.push(month);
          expect(timesFrom(now, usualStart(month, calendar), calendar)).toBeUndefined();
        }
        expect(due.skipped).toEqual(passed);
      }),
      { numRuns: 500 },
    );
  });
});
