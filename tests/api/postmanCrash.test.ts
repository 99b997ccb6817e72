import { expect, test } from 'vitest';
import { killedRound } from '../support/postmanKills.ts';

// Gathered and not sent; sent and not recorded. The other points are in tests/long.
test.each([
  ['transaction', 'after', 1],
  ['send', 'after', 3],
] as const)(
  'a postman killed (%s, %s, %i) loses nothing and repeats nothing',
  async (of, when, nth) => {
    expect(await killedRound({ of, when, nth })).toBe('SIGKILL');
  },
);
