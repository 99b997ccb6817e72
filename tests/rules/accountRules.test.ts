import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  canonicalLogin,
  lockMs,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
  sessionEnd,
} from '../../api/accounts/rules.ts';
import { phone, userName } from '../../api/core/text.ts';

const DAY = 24 * 3600_000;

describe('lockMs', () => {
  test.each([
    [0, 0],
    [1, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [8, 8],
    [9, 16],
    [10, 32],
    [11, 60],
    [12, 60],
    [1000, 60],
    [Number.MAX_SAFE_INTEGER, 60],
  ])('after %i failures: %i minutes', (failures, minutes) => {
    expect(lockMs(failures)).toBe(minutes * 60_000);
  });

  it('never gets shorter by failing more', () => {
    fc.assert(
      fc.property(fc.nat(5000), (failures) => {
        expect(lockMs(failures + 1)).toBeGreaterThanOrEqual(lockMs(failures));
      }),
    );
  });
});

describe('sessionEnd', () => {
  test.each([
    ['when it begins', 0, 30],
    ['after a day', 1, 31],
    ['after 60 days', 60, 90],
    ['after 61 days', 61, 90],
    ['at the last moment', 90, 90],
  ])('%s', (_, used, end) => {
    expect(sessionEnd(0, used * DAY)).toBe(end * DAY);
  });

  it('is never after 90 days, nor after 30 without use', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (created, later) => {
        const end = sessionEnd(created, created + later);
        expect(end).toBeLessThanOrEqual(created + SESSION_ABSOLUTE_MS);
        expect(end).toBeLessThanOrEqual(created + later + SESSION_IDLE_MS);
      }),
    );
    expect([SESSION_IDLE_MS, SESSION_ABSOLUTE_MS]).toEqual([30 * DAY, 90 * DAY]);
  });
});

describe('canonicalLogin', () => {
  test.each([
    ['13800000000', '13800000000'],
    [' 138 0000 0000 ', '13800000000'],
    ['138-0000-0000', '13800000000'],
    ['+86 138 0000 0000', '13800000000'],
    ['(+86)13800000000', '13800000000'],
    ['008613800000000', '13800000000'],
    ['8613800000000', '13800000000'],
    ['１３８００００００００', '13800000000'],
    ['\u202d13800000000\u202c', '13800000000'],
    ['8600000000', '8600000000'],
    ['1380000000', '1380000000'],
    ['Weiyun', 'weiyun'],
    ['ＷＥＩＹＵＮ', 'weiyun'],
    [' 渭运 ', '渭运'],
    ['wei-yun', 'wei-yun'],
    ['', ''],
  ])('“%s” is %s', (typed, stored) => {
    expect(canonicalLogin(typed)).toBe(stored);
  });

  it('finds whatever may be registered: it changes no user name and no phone number', () => {
    const known = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 34 }),
      fc.stringMatching(/^[\p{L}\p{N}._-]{2,32}$/u),
      fc.stringMatching(/^(?:\+?86)?1[0-9-]{10,14}$/),
    );
    let names = 0;
    fc.assert(
      fc.property(known, (text) => {
        for (const shape of [userName, phone]) {
          const stored = shape.safeParse(text);
          if (!stored.success) continue;
          names += 1;
          expect(canonicalLogin(stored.data)).toBe(stored.data);
          expect(canonicalLogin(text)).toBe(stored.data);
        }
      }),
      { numRuns: 2000 },
    );
    expect(names).toBeGreaterThan(200);
  });
});
