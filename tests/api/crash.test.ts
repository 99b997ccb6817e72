import { join } from 'node:path';
import { afterAll, it } from 'vitest';
import { crashRound } from '../support/crash.ts';
import { expectNothingLost } from '../support/crashChecks.ts';
import { fixtureSite } from '../support/fixtureSite.ts';

const site = fixtureSite();
afterAll(() => site.remove());

it('kill -9 in the middle of 1,000 writes from 20 clients loses none that was acknowledged', async () => {
  const round = await crashRound(join(site.dir, 'site'), { clients: 20, writes: 1000 });
  expectNothingLost(round, 1000);
}, 60_000);
