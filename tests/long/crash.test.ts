import { join } from 'node:path';
import { afterAll, it } from 'vitest';
import { crashRound } from '../support/crash.ts';
import { expectNothingLost } from '../support/crashChecks.ts';
import { fixtureSite } from '../support/fixtureSite.ts';

const ROUNDS = 20;
const site = fixtureSite();
afterAll(() => site.remove());

it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
  `kill -9 in the middle of 1,000 writes, round %i of ${ROUNDS}`,
  async () => {
    const round = await crashRound(join(site.dir, 'site'), { clients: 20, writes: 1000 });
    expectNothingLost(round, 1000);
  },
);
