import { it } from 'vitest';
import { anyOrder } from '../support/ballotOrders.ts';
import { killedRounds } from '../support/ballotRounds.ts';

it('a ballot loses and doubles nothing, killed at 100 moments of it', async () => {
  await killedRounds(100, 600);
});

it('its counts are right whatever is done in whatever order', async () => {
  await anyOrder(300);
});
