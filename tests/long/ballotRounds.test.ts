import { join } from 'node:path';
import { it } from 'vitest';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { calledBallot, randomKills } from '../support/ballotKills.ts';
import { walkBallots } from '../support/ballotWalk.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { parallelRounds } from '../support/parallelRounds.ts';
import { signedInBase } from '../support/watchedBallot.ts';

it('19 take at once and cast at once, 100 times over', async () => {
  const base = await signedInBase(DEMO_SEATS.map(({ login }) => login));
  await parallelRounds(base, 100);
  base.remove();
});

it('the counts are right after every step of 30 random walks', async () => {
  await walkBallots(30, 100);
});

it('a server that is killed at 30 moments of a ballot brings it to the right end', async () => {
  const site = fixtureSite();
  const base = await calledBallot();
  await randomKills(join(site.dir, 'site'), base, 30);
  base.remove();
  site.remove();
});
