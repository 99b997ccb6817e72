import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ballotsOf, takeBackup, verifyBackup } from '../../api/backup/backup.ts';
import { putInPlace, voidOpenBallots } from '../../api/backup/restore.ts';
import { silentLog } from '../../api/core/log.ts';
import { recoverBallots, startBallotClock, watchBallots } from '../../api/salon/ballots/clock.ts';
import { closeServices, openServices } from '../../api/services.ts';
import { ballotFileOf } from '../../db/ballots/client.ts';
import { runCommand } from '../support/runCommand.ts';
import { createVoting, type Taken, type Voting } from '../support/voting.ts';

const THREE = ['shequ4', 'shequ5', 'shequ6'];

let v: Voting;
afterEach(async () => {
  await v.t.close();
});
const begin = async (): Promise<string> => {
  v = await createVoting({ came: THREE });
  return v.call('evaluation');
};
const takeAll = async (ballot: string): Promise<(Taken | undefined)[]> => {
  const papers = [];
  for (const login of THREE) papers.push((await v.take(login, ballot))[0]);
  return papers;
};
const stateOf = (ballot: string): unknown =>
  v.t.services.db.sqlite
    .prepare("SELECT state || coalesce(' ' || void_reason, '') FROM ballot WHERE id = ?")
    .pluck()
    .get(ballot);
const keys = (): string[] => readdirSync(join(v.t.dir, 'ballot-keys'));

/** The server stops and starts again on the same files. */
async function restart(between: (file: string) => void = () => {}): Promise<void> {
  const { services } = v.t;
  const { file } = services.db;
  await closeServices(services);
  between(file);
  const next = openServices({ file, production: false, log: silentLog, clock: v.now });
  watchBallots(next);
  await recoverBallots(next);
  Object.assign(services, next);
}

describe('after a stop', () => {
  it('goes on with taking', async () => {
    const ballot = await begin();
    await restart();
    expect(stateOf(ballot)).toBe('taking');
    expect(keys()).toHaveLength(2);
    expect(await v.t.services.ballots.takers(ballot)).toEqual([]);
  });

  it('closes the taking that the database had closed already', async () => {
    const ballot = await begin();
    await takeAll(ballot);
    const { sqlite } = v.t.services.db;
    sqlite
      .prepare("UPDATE ballot SET state = 'casting', closed_at = 1, due = 19, attending = 3")
      .run();
    await restart();
    const second = v.t.services.ballots.list().find(({ id }) => id !== ballot);
    expect(v.t.services.ballots.facts(ballot)).toMatchObject({ phase: 'casting', issued: 3 });
    expect(second?.phase).toBe('casting');
    expect(keys()).toEqual([]);
  });

  it('stores the result of a box that closed before the database heard of it', async () => {
    const ballot = await begin();
    const papers = await takeAll(ballot);
    await v.start(ballot);
    v.t.services.ballots.onSettled(() => {});
    for (const one of papers) await v.cast(one, ['against']);
    await expect.poll(() => v.t.services.ballots.facts(ballot)?.phase).toBe('closed');
    expect(stateOf(ballot)).toBe('casting');
    await restart();
    expect(stateOf(ballot)).toBe('decided');
    await restart();
    const { sqlite } = v.t.services.db;
    const settled = "SELECT count(*) FROM audit WHERE action = 'ballot.settle'";
    expect(sqlite.prepare(settled).pluck().get()).toBe(1);
    expect(sqlite.prepare('SELECT ended_by FROM committee_term').pluck().get()).toBe('recall');
  });

  it('voids a ballot whose key is lost, which then is called anew', async () => {
    const ballot = await begin();
    await restart(() => {
      for (const name of keys()) rmSync(join(v.t.dir, 'ballot-keys', name));
    });
    expect(stateOf(ballot)).toBe('void keyLost');
    const again = await v.call('evaluation');
    expect(await takeAll(again)).toHaveLength(3);
  });

  it('voids ballots of the box that no row names', async () => {
    const ballot = await begin();
    await v.t.services.ballots.open('0'.repeat(20), {
      question: '没有人知道的表决',
      paper: { kind: 'choose', options: [{ id: 'a', label: '甲' }], least: 1, most: 1 },
      rule: null,
    });
    await restart();
    expect(v.t.services.ballots.facts('0'.repeat(20))?.voidReason).toBe('restored');
    expect(stateOf(ballot)).toBe('taking');
  });

  it('voids a ballot that the box does not know', async () => {
    const ballot = await begin();
    await restart((file) => rmSync(ballotFileOf(file)));
    expect(stateOf(ballot)).toBe('void restored');
    expect(keys()).toEqual([]);
  });
});

describe('a backup', () => {
  it('has the ballots only while none is open, and never a key', async () => {
    const ballot = await begin();
    const during = await takeBackup(v.t.services, v.now());
    expect(during.manifest.ballots).toBeNull();
    expect(existsSync(ballotsOf(during.file))).toBe(false);
    const said = '正在表决，选票文件没有进备份；请在表决结束后再备份一次。';
    const { file } = v.t.services.db;
    expect(await runCommand('backup', file)).toMatchObject({
      code: 0,
      output: expect.stringContaining(said),
    });
    const papers = await takeAll(ballot);
    await v.start(ballot);
    for (const one of papers) await v.cast(one, ['for']);
    await v.ended(ballot);
    v.after(30 * 60_000);
    await v.t.services.ballots.tick();
    const after = await takeBackup(v.t.services, v.now());
    expect((await verifyBackup(after.file)).ballots).toMatch(/^[0-9a-f]{64}$/);
    expect((await runCommand('backup', file)).output).not.toContain(said);
    expect(readdirSync(join(v.t.dir, 'backups')).join()).not.toContain('key');
    copyFileSync(after.file, ballotsOf(after.file));
    await expect(verifyBackup(after.file)).rejects.toThrow('选票文件缺了或已损坏');
  });

  it('restored in the middle of a ballot voids it', async () => {
    const ballot = await begin();
    await takeAll(ballot);
    const { file } = await takeBackup(v.t.services, v.now());
    await v.start(ballot);
    const database = v.t.services.db.file;
    await closeServices(v.t.services);
    await putInPlace(file, database, v.now());
    await voidOpenBallots(database);
    await restart();
    expect(stateOf(ballot)).toBe('void restored');
    expect(v.t.services.ballots.isOpen()).toBe(false);
  });
});

it('is closed by the clock when its time is over', async () => {
  const ballot = await begin();
  const papers = await takeAll(ballot);
  await v.start(ballot);
  await v.cast(papers[0], ['for']);
  v.after(30 * 60_000);
  const stop = startBallotClock(v.t.services);
  expect(await v.ended(ballot)).toMatchObject({ state: 'decided', result: { received: 1 } });
  await stop();
}, 30_000);
