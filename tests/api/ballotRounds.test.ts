import { it } from 'vitest';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { walkBallots } from '../support/ballotWalk.ts';
import { parallelRounds } from '../support/parallelRounds.ts';
import { signedInBase } from '../support/watchedBallot.ts';

it('19 take at once and cast at once, five times over', async () => {
  const base = await signedInBase(DEMO_SEATS.map(({ login }) => login));
  await parallelRounds(base, 5);
  base.remove();
}, 60_000);

it('cast ≤ issued ≤ attending ≤ due after every step of a random walk', async () => {
  await walkBallots(2, 60);
}, 60_000);
