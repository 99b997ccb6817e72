import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { momentOf } from '../../api/core/day.ts';
import { createSecret } from '../../api/core/secret.ts';
import {
  acceptedWindows,
  isDue,
  mayOpen,
  maySignByHand,
  monthNumber,
  monthOfNumber,
  sixDigits,
  windowAt,
  windowEnds,
} from '../../api/salon/sessions/rules.ts';

const seconds = fc.integer({ min: 15, max: 120 });
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('a check-in code', () => {
  it('changes after its seconds and is good for as long again, never longer', () => {
    fc.assert(
      fc.property(moment, seconds, (shown, every) => {
        const window = windowAt(shown, every);
        const end = windowEnds(window, every);
        expect(end - shown).toBeGreaterThan(0);
        expect(end - shown).toBeLessThanOrEqual(every * 1000);
        const good = (now: number) => acceptedWindows(now, every).includes(window);
        expect([shown, end - 1, end, end + every * 1000 - 1].map(good)).toEqual(
          Array(4).fill(true),
        );
        expect(good(end + every * 1000)).toBe(false);
        expect(good(end - every * 1000 - 1)).toBe(false);
      }),
    );
  });

  it('is six digits, with zeros in front', () => {
    const bytes = (...list: number[]) => Buffer.from([...list, 9, 9]).toString('base64url');
    expect(sixDigits(bytes(0, 0, 0, 0, 0, 7))).toBe('000007');
    expect(sixDigits(bytes(0, 0, 0, 15, 66, 64))).toBe('000000');
    expect(sixDigits(bytes(0, 0, 0, 15, 66, 63))).toBe('999999');
    expect(sixDigits(bytes(0, 0, 0, 15, 66, 63))).toHaveLength(6);
  });

  it('is another one in every window and session, and uses the whole range', () => {
    const secret = createSecret(new Uint8Array(32));
    const codes = Array.from({ length: 1000 }, (_, window) =>
      sixDigits(secret.digest('checkIn', `session ${window}`)),
    );
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(990);
    for (const digit of '0123456789') {
      expect(codes.some((code) => code.startsWith(digit))).toBe(true);
    }
  });
});

describe('opening', () => {
  const startsAt = momentOf('2026-11-28', '15:00');
  test.each([
    ['2026-11-27', '23:59', false],
    ['2026-11-28', '00:00', true],
    ['2026-11-28', '15:00', true],
    ['2026-11-30', '08:00', true],
  ])('at %s %s: %s', (day, time, may) => {
    expect(mayOpen(momentOf(day, time), startsAt)).toBe(may);
  });
});

describe('signing in by hand', () => {
  test.each([
    [true, false, true, true],
    [true, false, false, true],
    [false, true, false, true],
    [false, true, true, false],
    [true, true, true, true],
    [false, false, false, false],
  ])('chair %s, host %s, chair present %s: %s', (isChair, isHost, chairPresent, may) => {
    expect(maySignByHand({ isChair, isHost, chairPresent })).toBe(may);
  });
});

describe('the table of a day', () => {
  const seat = { joinedOn: '2026-01-01', retiredOn: null, present: false };
  test.each([
    [seat, '2026-01-01', true],
    [seat, '2025-12-31', false],
    [{ ...seat, retiredOn: '2026-06-01' }, '2026-05-31', true],
    [{ ...seat, retiredOn: '2026-06-01' }, '2026-06-01', false],
    [{ ...seat, retiredOn: '2026-06-01', present: true }, '2026-06-01', true],
  ])('%j on %s: %s', (one, day, due) => {
    expect(isDue(one, day)).toBe(due);
  });
});

describe('a month as a number', () => {
  it('comes back, and sorts as the months do', () => {
    const month = fc
      .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, one]) => `${year}-${String(one).padStart(2, '0')}`);
    fc.assert(
      fc.property(month, month, (a, b) => {
        expect(monthOfNumber(monthNumber(a))).toBe(a);
        expect(monthNumber(a) < monthNumber(b)).toBe(a < b);
      }),
    );
  });

  it('that no list gave stands before every month', () => {
    expect(monthOfNumber(0) < '1000-01').toBe(true);
  });
});
