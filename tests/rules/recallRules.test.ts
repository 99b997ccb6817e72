import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { addDays } from '../../api/core/day.ts';
import {
  arithmetic,
  evaluationDue,
  isRecalled,
  meetsQuorum,
} from '../../api/salon/committee/rules.ts';

interface Vectors {
  readonly about: string;
  readonly cases: readonly { attending: number; against: number; recalled: boolean }[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('recallVectors.json', import.meta.url), 'utf8'),
);

/** Long division: the share in whole percent, and what is left over. */
function against60(against: number, attending: number): 'above' | 'exactly' | 'below' {
  const hundredfold = BigInt(against) * 100n;
  const whole = hundredfold / BigInt(attending);
  const rest = hundredfold % BigInt(attending);
  if (whole === 60n && rest === 0n) return 'exactly';
  return whole >= 60n ? 'above' : 'below';
}

/** Every number against of every attendance up to 200. */
const allCounts = Array.from({ length: 200 }, (_, index) => index + 1).flatMap((attending) =>
  Array.from({ length: attending + 1 }, (_, against) => ({ attending, against })),
);

describe('§5 recall', () => {
  it('has the vectors that were agreed', () => {
    expect(vectors.cases).toHaveLength(12);
    expect(vectors.about).toContain('5 * against > 3 * attending');
  });

  test.each(vectors.cases)('$against of $attending: $recalled', (one) => {
    expect(isRecalled(one.against, one.attending)).toBe(one.recalled);
  });

  it('is right for every count up to 200, by long division', () => {
    expect(allCounts).toHaveLength(20_300);
    const wrong = allCounts.filter(
      ({ against, attending }) =>
        isRecalled(against, attending) !== (against60(against, attending) === 'above'),
    );
    expect(wrong).toEqual([]);
    // Exactly 60% is possible with 5, 10, 15 … seats, and recalls in none of these.
    const exactly = allCounts.filter((one) => against60(one.against, one.attending) === 'exactly');
    expect(exactly).toHaveLength(40);
    expect(exactly.some((one) => isRecalled(one.against, one.attending))).toBe(false);
  });

  it('divides every attendance at one number: the first above, none below', () => {
    for (let attending = 1; attending <= 200; attending += 1) {
      const needed = Array.from({ length: attending + 1 }, (_, n) => n).filter((n) =>
        isRecalled(n, attending),
      );
      // All of them recall; the fewest that do are one more than the whole part of 60%.
      expect(needed).toHaveLength(attending - Number((BigInt(attending) * 6n) / 10n));
      expect(needed.at(-1)).toBe(attending);
    }
  });
});

describe('§5 the reckoning written out', () => {
  test.each([
    [12, 19, '12 × 5 = 60 > 19 × 3 = 57，超过 60%，选题委员会重新选举'],
    [11, 19, '11 × 5 = 55 < 19 × 3 = 57，未超过 60%，不重新选举'],
    [9, 15, '9 × 5 = 45 = 15 × 3 = 45，恰好 60%，不重新选举'],
    [10, 15, '10 × 5 = 50 > 15 × 3 = 45，超过 60%，选题委员会重新选举'],
    [0, 3, '0 × 5 = 0 < 3 × 3 = 9，未超过 60%，不重新选举'],
  ])('%i of %i', (against, attending, expected) => {
    expect(arithmetic(against, attending)).toBe(expected);
  });

  it('says of every count up to 200 what the division says', () => {
    const words = {
      above: '，超过 60%，选题',
      exactly: '，恰好 60%，不',
      below: '，未超过 60%，不',
    };
    const wrong = allCounts.filter(
      ({ against, attending }) =>
        !arithmetic(against, attending).includes(words[against60(against, attending)]),
    );
    expect(wrong).toEqual([]);
  });
});

describe('§5 quorum', () => {
  test.each([
    ['off, nobody there', 0, 19, 0, true],
    ['half of 19, 9 there', 9, 19, 50, false],
    ['half of 19, 10 there', 10, 19, 50, true],
    ['half of 20, 10 there', 10, 20, 50, true],
    ['two thirds in whole percent, 12 of 19', 12, 19, 67, false],
    ['two thirds in whole percent, 13 of 19', 13, 19, 67, true],
    ['all, one missing', 18, 19, 100, false],
    ['all', 19, 19, 100, true],
    // 0.07 × 100 is more than 7 in floating point.
    ['7% of 100, 7 there', 7, 100, 7, true],
    ['29% of 100, 29 there', 29, 100, 29, true],
  ] as const)('%s', (_, attending, active, percent, met) => {
    expect(meetsQuorum(attending, active, percent)).toBe(met);
  });
});

const isLeap = (year: number): boolean => year % 400 === 0 || (year % 4 === 0 && year % 100 !== 0);
const lengthOf = (year: number, month: number): number =>
  [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;

/** The same by hand: month after month on the calendar's page, and no Date at all. */
function dueByHand(beganOn: string, held: number): string {
  let [year, month] = [Number(beganOn.slice(0, 4)), Number(beganOn.slice(5, 7))];
  for (let step = 0; step < 6 * (held + 1); step += 1) {
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  const day = Math.min(Number(beganOn.slice(8)), lengthOf(year, month));
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function inZone<T>(zone: string, run: () => T): T {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

const days = (from: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => addDays(from, index));

describe('§5 due dates', () => {
  test.each([
    ['2023-08-28', ['2024-02-28', '2024-08-28', '2025-02-28', '2025-08-28']],
    ['2023-08-29', ['2024-02-29', '2024-08-29', '2025-02-28', '2025-08-29']],
    ['2023-08-30', ['2024-02-29', '2024-08-30', '2025-02-28', '2025-08-30']],
    ['2023-08-31', ['2024-02-29', '2024-08-31', '2025-02-28', '2025-08-31']],
    ['2024-02-29', ['2024-08-29', '2025-02-28', '2025-08-29', '2026-02-28']],
    ['2023-10-31', ['2024-04-30', '2024-10-31', '2025-04-30', '2025-10-31']],
    ['2023-12-31', ['2024-06-30', '2024-12-31', '2025-06-30', '2025-12-31']],
    ['2023-07-01', ['2024-01-01', '2024-07-01', '2025-01-01', '2025-07-01']],
    // The secular year without a leap day.
    ['2099-08-31', ['2100-02-28', '2100-08-31', '2101-02-28', '2101-08-31']],
  ])('in office since %s', (beganOn, expected) => {
    expect([0, 1, 2, 3].map((held) => evaluationDue(beganOn, held))).toEqual(expected);
  });

  it('are those of the calendar for every day of nine years', () => {
    const wrong = days('2023-01-01', 9 * 365 + 2).flatMap((beganOn) =>
      [0, 1, 2, 7, 20]
        .filter((held) => evaluationDue(beganOn, held) !== dueByHand(beganOn, held))
        .map((held) => [beganOn, held]),
    );
    expect(wrong).toEqual([]);
  });

  it('are the same wherever the server stands', () => {
    const all = (): string[] => days('2023-08-01', 400).map((day) => evaluationDue(day, 0));
    const here = inZone('UTC', all);
    expect(here[30]).toBe('2024-02-29');
    for (const zone of ['Asia/Shanghai', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
      // The zone does take effect, or this could not fail.
      expect(inZone(zone, () => new Date(2024, 0, 1).getTimezoneOffset())).not.toBe(0);
      expect(inZone(zone, all)).toEqual(here);
    }
  });
});
