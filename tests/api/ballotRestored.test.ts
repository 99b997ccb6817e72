import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupFolder, listBackups } from '../../api/backup/backup.ts';
import { expectBallotCounts } from '../support/ballotCounts.ts';
import {
  type Called,
  calledBallot,
  castOn,
  startOn,
  stateOn,
  takeFrom,
} from '../support/ballotKills.ts';
import { contentOf } from '../support/ballotTraces.ts';
import { runCommand } from '../support/runCommand.ts';
import { copyOf, type Signed, voteWith } from '../support/sealedVoting.ts';
import { indexOf, secretsInFiles } from '../support/secretsOnDisk.ts';
import { DEMO } from '../support/testApp.ts';
import { type Ask, type WatchedApp, watchedApp } from '../support/watchedApp.ts';

let base: Called;
beforeAll(async () => {
  base = await calledBallot();
});
afterAll(() => base.remove());

async function serving<T>(dir: string, work: (app: WatchedApp) => Promise<T>): Promise<T> {
  const app = await watchedApp(dir, Date.now);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

const command = async (name: string, dir: string, ...args: string[]): Promise<void> => {
  const { code, output } = await runCommand(name, join(dir, 'yuanzhuo.db'), { args });
  expect([code, output]).toEqual([0, expect.stringContaining('已')]);
};
const newest = async (dir: string): Promise<string> =>
  (await listBackups(backupFolder(join(dir, 'yuanzhuo.db'))))[0]?.file ?? '';

/** @returns the new ballot */
async function callAgain(ask: Ask, cookie = base.host): Promise<string> {
  const path = `/api/salons/${DEMO}/sessions/9/ballots`;
  const answer = await ask('POST', path, { cookie }, { kind: 'evaluation' });
  expect(answer.status).toBe(201);
  return JSON.parse(answer.text).ballot;
}

/** All three take; of their votes one is cast, and the server stops. */
async function halfCast(dir: string): Promise<Signed[]> {
  return serving(dir, async ({ ask }) => {
    const signed = [];
    for (const voter of [0, 1, 2]) signed.push(await takeFrom(ask, base, voter));
    await startOn(ask, base);
    for (const one of signed.slice(0, 1)) await castOn(ask, one);
    return signed;
  });
}

const refusedBy = async (ask: Ask, vote: object): Promise<number> =>
  (await ask('POST', '/ballot-box', {}, vote)).status;

describe('a backup restored by its command in the middle of a ballot', () => {
  it('of while it was taken: void, called again, and nothing of the old one counts', async () => {
    const { dir, remove } = copyOf(base.dir);
    await command('backup', dir);
    const [one, two] = await halfCast(dir);
    await command('restore', dir, await newest(dir));
    await serving(dir, async (app) => {
      const { ask } = app;
      expect(await stateOn(ask, base)).toBe('void');
      const page = JSON.parse((await ask('GET', pathOf())).text);
      expect(page.voidReason).toContain('从备份恢复');
      if (!one || !two) throw new Error('three have taken');
      const again = await callAgain(ask);
      expect(await refusedBy(ask, voteWith(one, ['against']))).toBe(409);
      expect(await refusedBy(ask, voteWith(two, ['against']))).toBe(409);
      expect(await refusedBy(ask, { ...voteWith(two, ['against']), ballot: again })).toBe(409);
      expect(app.services.ballots.takers(again)).toEqual([]);
      expectBallotCounts(app);
    });
    remove();
  }, 60_000);

  it('of before it was called: neither a vote nor a key of it is left, here or moved aside', async () => {
    const { dir, remove } = copyOf(base.dir);
    const ballots = join(dir, 'ballot-keys');
    const privateKeys = [...contentOf(ballots).values()];
    const early = copyOf(base.before);
    await command('backup', early.dir);
    const signed = await halfCast(dir);
    const papers = signed.flatMap((one) => one.papers);
    const texts = {
      'a token': papers.map(({ token }) => token),
      'a blinded value': papers.map(({ blinded }) => blinded),
      'a signature': signed.flatMap(({ signatures, blindSignatures }) => [
        ...signatures,
        ...blindSignatures,
      ]),
    };
    const index = indexOf({ texts, privateKeys });
    expect(secretsInFiles(contentOf(dir), index)).toContain('a token in ballots.db');
    await command('restore', dir, await newest(early.dir));
    expect(secretsInFiles(contentOf(dir), index)).toEqual([]);
    expect(readdirSync(ballots)).toEqual([]);
    await serving(dir, async (app) => {
      expect(app.services.ballots.isOpen()).toBe(false);
      const { sessions, db } = app.services;
      const host = db.sqlite.prepare("SELECT id FROM person WHERE user_name = 'minzheng'").pluck();
      const attributes = { device: '测试', secondFactor: false };
      const bearer = await sessions.start(String(host.get()), attributes);
      expect(await callAgain(app.ask, `yuanzhuo=${bearer}`)).not.toBe(base.ballot);
      expectBallotCounts(app);
    });
    for (const one of [{ remove }, early]) one.remove();
  }, 60_000);

  const pathOf = (): string => `/api/salons/${DEMO}/ballots/${base.ballot}`;
});
