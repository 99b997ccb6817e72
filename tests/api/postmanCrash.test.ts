import { randomInt } from 'node:crypto';
import { expect, it, test } from 'vitest';
import { killedAfter, killedRound } from '../support/postmanKills.ts';

// The first transaction gathers; then each mail has one before and one after it.
test.each([
  ['transaction', 'before', 1],
  ['transaction', 'after', 1],
  ['transaction', 'after', 2],
  ['send', 'before', 3],
  ['send', 'after', 3],
  ['transaction', 'after', 7],
] as const)(
  'a postman killed (%s, %s, %i) loses nothing and repeats nothing',
  async (of, when, nth) => {
    expect(await killedRound({ of, when, nth })).toBe('SIGKILL');
  },
);

it('nor does one that is killed at any moment', async () => {
  await killedAfter(randomInt(1, 31), randomInt(0, 20));
});
