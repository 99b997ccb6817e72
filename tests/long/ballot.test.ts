import { it } from 'vitest';
import { killedRounds } from '../support/ballotRounds.ts';

it('a ballot loses and doubles nothing, killed at 100 moments of it', async () => {
  await killedRounds(100, 600);
});
