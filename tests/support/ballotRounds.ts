import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { leftovers, type Round, randomRound } from './ballotCrash.ts';
import { CASTING, FIRST } from './ballots.ts';

/** Nothing that was answered is lost, nothing is there twice, and the ballot comes to an end. */
async function expectNothingLost({ killed, voters, site }: Round): Promise<void> {
  const { box, time } = site;
  const roll = { due: 19, attending: 19, castingMs: CASTING };
  const takers = new Set(box.takers(FIRST));
  for (const { seat, answer } of killed.said) {
    if (!seat || !answer) continue;
    const { blinded = '' } = voters.find((one) => one.seat === seat) ?? {};
    expect(takers.has(seat)).toBe(true);
    // Once it is closed, nothing of what was signed is kept.
    if (box.facts(FIRST)?.phase !== 'closed') {
      expect(await box.take(FIRST, seat, blinded)).toBe(answer);
    }
  }
  await box.closeTaking(FIRST, roll);
  time.monotonic += CASTING;
  await box.tick();
  const { phase, issued } = box.facts(FIRST) ?? {};
  expect(phase).toBe((issued ?? 0) < 3 ? 'void' : 'closed');
  expect(issued).toBe(takers.size);
  const tokens = (box.outcome(FIRST)?.votes ?? []).map(({ token }) => token);
  const acknowledged = killed.said.flatMap(({ cast }) => cast ?? []);
  expect(tokens).toEqual(expect.arrayContaining(acknowledged));
  // One more may have been stored whose answer was still on its way.
  expect(tokens.length - acknowledged.length).toBeLessThanOrEqual(1);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(tokens.length).toBeLessThanOrEqual(issued ?? 0);
  expect(leftovers(site)).toEqual([]);
}

/** @param longest milliseconds after the start within which the process is killed */
export async function killedRounds(rounds: number, longest: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const done = await randomRound(randomInt(longest));
    try {
      await expectNothingLost(done);
    } finally {
      await done.site.remove();
      done.killed.remove();
    }
  }
}
