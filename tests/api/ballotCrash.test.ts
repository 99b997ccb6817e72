import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Point, Step } from '../support/ballotChild.ts';
import { type Killed, leftovers, newVoter, runKilled, startAgain } from '../support/ballotCrash.ts';
import {
  type BallotSite,
  CASTING,
  castingFolder,
  FIRST,
  prepare,
  seatsOf,
  take,
  takeAll,
  takingSite,
  voteOf,
} from '../support/ballots.ts';
import { contentOf } from '../support/ballotTraces.ts';

/** Processes start at the same time as others of the tests: milliseconds. */
const PATIENT = { timeout: 60_000 };

const after: (() => unknown)[] = [];
afterAll(async () => {
  for (const clear of after.splice(0)) await clear();
});

async function crash(from: string, point: Point, steps: readonly Step[]) {
  const killed: Killed = await runKilled(from, point, steps);
  after.push(killed.remove);
  expect([killed.signal, killed.said.some(({ survived }) => survived)]).toEqual(['SIGKILL', false]);
  const site: BallotSite = await startAgain(killed);
  after.push(site.remove);
  return { killed, site, box: site.box };
}

/** A folder where so many have taken and taking goes on. */
async function takenFolder(count: number) {
  const site = await takingSite();
  after.push(site.remove);
  const taken = await takeAll(site.box, FIRST, seatsOf(count));
  await site.box.stop();
  return { dir: site.dir, publicKey: site.publicKey, taken };
}

describe.concurrent('§6 killed while taking', PATIENT, () => {
  it('between key and ballot: the key goes', async () => {
    const { dir } = await takenFolder(0);
    const open: Step = { do: 'open', id: 'other' };
    const { killed, site, box } = await crash(dir, { method: 'add', when: 'before', nth: 1 }, [
      open,
    ]);
    expect(leftovers(site)).toEqual([expect.stringContaining(`${FIRST}.key`)]);
    expect(box.list()).toEqual([{ id: FIRST, phase: 'taking' }]);
    expect(killed.said).toEqual([{ ready: true }]);
  });

  it('between signing and storing: the seat has taken nothing and may take another', async () => {
    const { dir, publicKey } = await takenFolder(0);
    const { blinded } = prepare(publicKey, FIRST, 'seat');
    const step: Step = { do: 'take', seat: 'seat', blinded };
    const { killed, box } = await crash(dir, { method: 'issue', when: 'before', nth: 1 }, [step]);
    expect([killed.said, box.takers(FIRST)]).toEqual([[{ ready: true }], []]);
    await take(box, FIRST, 'seat');
    expect(box.takers(FIRST)).toEqual(['seat']);
  });

  it('between storing and answering: the same value gets its answer, another one nothing', async () => {
    const { dir, publicKey } = await takenFolder(0);
    const { blinded } = prepare(publicKey, FIRST, 'seat');
    const step: Step = { do: 'take', seat: 'seat', blinded };
    const { killed, box } = await crash(dir, { method: 'change', when: 'after', nth: 1 }, [step]);
    expect([killed.said, box.takers(FIRST)]).toEqual([[{ ready: true }], ['seat']]);
    await expect(take(box, FIRST, 'seat')).rejects.toThrow('otherTaken');
    expect(await box.take(FIRST, 'seat', blinded)).toHaveLength(512);
  });
});

describe.concurrent('§6 killed as taking closes', PATIENT, () => {
  const points: readonly [string, Point][] = [
    ['before the key is gone', { method: 'change', when: 'after', nth: 1 }],
    ['between overwriting the key and removing it', { method: 'rm', when: 'before', nth: 1 }],
    ['when the key is gone, before casting', { method: 'step', when: 'before', nth: 1 }],
    ['as casting has begun', { method: 'step', when: 'after', nth: 1 }],
  ];
  it.each(points)('%s: casting, and no key anywhere', async (_, point) => {
    const { dir, taken } = await takenFolder(3);
    const { site, box } = await crash(dir, point, [{ do: 'closeTaking' }]);
    expect(box.facts(FIRST)).toMatchObject({ phase: 'casting', issued: 3 });
    expect(leftovers(site)).toEqual([]);
    await expect(take(box, FIRST, 'late')).rejects.toThrow('notTaking');
    for (const one of taken) await box.cast(voteOf(FIRST, one, ['for']));
    await box.tick();
    expect(box.outcome(FIRST)?.votes).toHaveLength(3);
  });

  it('with too few: void, and no key anywhere', async () => {
    const { dir } = await takenFolder(2);
    const point: Point = { method: 'rm', when: 'before', nth: 1 };
    const { killed, site, box } = await crash(dir, point, [{ do: 'closeTaking' }]);
    const [was, left] = [dir, killed.dir].map((folder) =>
      readFileSync(join(folder, 'ballot-keys', `${FIRST}.key`)),
    );
    // What the stop left under the key's name is as long, and nothing of it.
    expect(left).toHaveLength(was?.length ?? 0);
    expect(was?.filter((byte, at) => byte === left?.[at]).length).toBeLessThan(100);
    expect(box.facts(FIRST)).toMatchObject({ phase: 'void', voidReason: 'tooFew', issued: 2 });
    expect(leftovers(site)).toEqual([]);
  });
});

describe.concurrent('§6 killed while casting', PATIENT, () => {
  it('between storing and answering: the vote is in, and the same again is the same', async () => {
    const { dir, taken } = await castingFolder(3);
    const votes = taken.map((one) => voteOf(FIRST, one, ['against']));
    const steps = votes.slice(0, 2).map((vote): Step => ({ do: 'cast', vote }));
    const { killed, box } = await crash(dir, { method: 'change', when: 'after', nth: 2 }, steps);
    expect(killed.said).toEqual([{ ready: true }, { cast: votes[0]?.token }]);
    for (const vote of votes) await box.cast(vote);
    await box.tick();
    expect(box.outcome(FIRST)?.votes).toHaveLength(3);
  });

  const points: readonly [string, Point][] = [
    ['before it counts', { method: 'change', when: 'before', nth: 3 }],
    ['when it counts, before the file is rewritten', { method: 'compact', when: 'before', nth: 1 }],
    ['between rewriting and the close', { method: 'compact', when: 'after', nth: 1 }],
    ['after the close', { method: 'step', when: 'after', nth: 1 }],
  ];
  it.each(points)('%s: the ballot is closed with every vote', async (_, point) => {
    const { dir, taken } = await castingFolder(3);
    const steps = taken.slice(1).map((one): Step => {
      return { do: 'cast', vote: voteOf(FIRST, one, ['against']) };
    });
    const { killed, site, box } = await crash(dir, point, [...steps, { do: 'timeOver' }]);
    expect(killed.said.filter(({ cast }) => cast)).toHaveLength(2);
    site.time.monotonic += CASTING;
    await box.tick();
    const tokens = taken.slice(1).map(({ token }) => token);
    expect(box.outcome(FIRST)?.votes.map(({ token }) => token)).toEqual(tokens.sort());
    expect(leftovers(site)).toEqual([]);
  });

  it('before a void ballot’s file is rewritten: void, and nothing of its votes', async () => {
    const { dir, taken } = await castingFolder(3);
    const cast = taken.slice(1).map((one): Step => {
      return { do: 'cast', vote: voteOf(FIRST, one, ['against']) };
    });
    const point: Point = { method: 'compact', when: 'before', nth: 1 };
    const { killed, box } = await crash(dir, point, [...cast, { do: 'void' }]);
    const left = Buffer.concat([...contentOf(killed.dir).values()]);
    expect(taken.filter(({ token }) => left.includes(token))).toEqual([]);
    expect(box.facts(FIRST)).toMatchObject({ phase: 'void', voidReason: 'restored' });
    expect(box.outcome(FIRST)).toBeUndefined();
  });
});

it('survives the steps that it is killed in, when it is not', async () => {
  const { dir, publicKey } = await takenFolder(0);
  const voters = seatsOf(3).map((seat) => newVoter(publicKey, seat));
  const killed = await runKilled(dir, null, [{ do: 'story', voters }]);
  after.push(killed.remove);
  expect([killed.signal, killed.said.at(-1)]).toEqual([null, { survived: true }]);
});
