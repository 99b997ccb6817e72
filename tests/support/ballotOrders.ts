import fc from 'fast-check';
import { expect } from 'vitest';
import type { Choice } from '../../api/ballot/rules.ts';
import {
  type BallotSite,
  CASTING,
  FIRST,
  MINUTE,
  type Taken,
  take,
  takingSite,
  voteOf,
} from './ballots.ts';

const CHOICES: readonly Choice[] = [['for'], ['against'], ['abstain']];
const ROLL = { due: 6, attending: 6, castingMs: CASTING };

const operation = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), who: fc.nat(5) }),
  fc.record({
    kind: fc.constant('cast' as const),
    who: fc.nat(5),
    choice: fc.constantFrom(...CHOICES),
  }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(12) }),
  fc.record({ kind: fc.constantFrom('close' as const, 'reopen' as const, 'tick' as const) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** What is refused is refused: here only counts what is kept. */
async function apply(site: BallotSite, mine: Taken[], done: Operation): Promise<void> {
  if (done.kind === 'take') {
    const one = await take(site.box, FIRST, `seat${done.who}`).catch(() => undefined);
    if (one) mine.push(one);
  }
  const one = done.kind === 'cast' ? mine[done.who] : undefined;
  if (one && done.kind === 'cast') {
    await site.box.cast(voteOf(FIRST, one, done.choice)).catch(() => {});
  }
  if (done.kind === 'close') await site.box.closeTaking(FIRST, ROLL);
  if (done.kind === 'wait') site.time.monotonic += done.minutes * MINUTE;
  if (done.kind === 'tick') await site.box.tick();
  if (done.kind === 'reopen') await site.reopen();
}

function expectCounts({ box }: BallotSite, mine: readonly Taken[]): void {
  const { phase, issued } = box.facts(FIRST) ?? {};
  expect(box.takers(FIRST)).toHaveLength(mine.length);
  expect(issued).toBe(phase === 'taking' ? null : mine.length);
  const { votes = [], attending } = box.outcome(FIRST) ?? {};
  expect(attending).toBe(phase === 'closed' ? ROLL.attending : undefined);
  expect(votes.length).toBeLessThanOrEqual(mine.length);
  expect(mine.map(({ token }) => token)).toEqual(
    expect.arrayContaining(votes.map(({ token }) => token)),
  );
  expect(new Set(votes.map(({ token }) => token)).size).toBe(votes.length);
}

export async function anyOrder(numRuns: number): Promise<void> {
  const orders = fc.array(operation, { minLength: 10, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(orders, async (operations) => {
      const site = await takingSite();
      const mine: Taken[] = [];
      try {
        for (const done of operations) {
          await apply(site, mine, done);
          expectCounts(site, mine);
        }
      } finally {
        await site.remove();
      }
    }),
    { numRuns },
  );
}
