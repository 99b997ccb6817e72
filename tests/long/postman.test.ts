import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import { killedAfter } from '../support/postmanKills.ts';

const ROUNDS = 30;

it(`kill -9 of a postman at ${ROUNDS} random moments loses nothing and repeats nothing`, async () => {
  const endings: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    endings.push(await killedAfter(randomInt(1, 31), randomInt(0, 10)));
  expect(endings.filter((ending) => ending === 'SIGKILL').length).toBeGreaterThan(ROUNDS / 2);
});
