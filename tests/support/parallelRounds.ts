import { expect, vi } from 'vitest';
import type { Vote } from '../../api/ballot/types.ts';
import { expectBallotCounts } from './ballotCounts.ts';
import { copyOf, finishSlip, type Signed, takeBody, voteWith } from './sealedVoting.ts';
import { DEMO } from './testApp.ts';
import { type WatchedApp, watchedApp } from './watchedApp.ts';
import type { Base } from './watchedBallot.ts';

const SECOND_PAPERS = 5;

/** All take at once, each from two tabs. */
async function takeTogether(app: WatchedApp, base: Base, path: string): Promise<Signed[]> {
  return Promise.all(
    base.slips.map(async (slip, voter) => {
      const headers = { cookie: base.cookies[voter] ?? '' };
      const ask = () => app.ask('POST', `${path}/take`, headers, takeBody(slip));
      const [one, two] = await Promise.all([ask(), ask()]);
      expect([one.status, two.status]).toEqual([200, 200]);
      expect(one.text).toBe(two.text);
      return finishSlip(slip, JSON.parse(one.text));
    }),
  );
}

/** All cast at once, each vote twice. */
async function castTogether(app: WatchedApp, votes: readonly Vote[]): Promise<void> {
  const cast = [...votes, ...votes.toReversed()].map((vote) =>
    app.ask('POST', '/ballot-box', {}, vote),
  );
  const statuses = (await Promise.all(cast)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200]));
}

async function round(app: WatchedApp, base: Base, against: number): Promise<void> {
  const path = `/api/salons/${DEMO}/ballots/${base.ballot}`;
  const signed = await takeTogether(app, base, path);
  expectBallotCounts({ ...app });
  const started = await app.ask('POST', `${path}/start`, { cookie: base.host });
  expect(started.status).toBe(200);
  const first = signed.map((one, voter) => voteWith(one, [voter < against ? 'against' : 'for']));
  const second = signed
    .slice(0, SECOND_PAPERS)
    .map((one) => voteWith(one, { marks: {}, comment: '' }, 1));
  await castTogether(app, [...first, ...second]);
  const page = async () => JSON.parse((await app.ask('GET', path)).text);
  await vi.waitUntil(async () => (await page()).state === 'decided', { timeout: 10_000 });
  const { length } = signed;
  expect((await page()).result).toMatchObject({
    ...{ attending: length, issued: length, received: length },
    ...{ against, recalled: 5 * against > 3 * length },
  });
  const bulletin = JSON.parse((await app.ask('GET', `${path}/bulletin.json`)).text);
  const tokens = bulletin.votes.map((vote: { token: string }) => vote.token);
  expect(tokens).toEqual(first.map(({ token }) => token).sort());
  expectBallotCounts({ ...app });
}

/** Everybody at once, over HTTP, again and again with the same papers on a server of its own. */
export async function parallelRounds(base: Base, rounds: number): Promise<void> {
  for (let done = 0; done < rounds; done += 1) {
    const { dir, remove } = copyOf(base.dir);
    const app = await watchedApp(dir, () => base.now);
    try {
      await round(app, base, done % 2 === 0 ? 12 : 11);
    } finally {
      await app.close();
      remove();
    }
  }
}
