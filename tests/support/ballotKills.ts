import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, vi } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { silentLog } from '../../api/core/log.ts';
import { closeServices, openServices } from '../../api/services.ts';
import type { Point } from './ballotChild.ts';
import { expectBallotCounts } from './ballotCounts.ts';
import {
  copyOf,
  finishSlip,
  makeSlip,
  type Signed,
  type Slip,
  takeBody,
  voteWith,
} from './sealedVoting.ts';
import { type ServerProcess, startServer } from './serverProcess.ts';
import { DEMO } from './testApp.ts';
import { createVoting } from './voting.ts';
import { type Ask, askOn, watchedApp } from './watchedApp.ts';

/** A ballot held by real servers that are killed. */

const THREE = ['shequ4', 'shequ5', 'shequ6'];

/** Called and signed in for, on files that a server can be started on. */
export interface Called {
  readonly dir: string;
  /** The files before the call. */
  readonly before: string;
  readonly ballot: string;
  readonly slips: readonly Slip[];
  /** Of each slip's seat. */
  readonly cookies: readonly string[];
  readonly host: string;
  remove(): void;
}

export async function calledBallot(): Promise<Called> {
  const v = await createVoting({ came: THREE });
  const before = copyOf(v.t.dir);
  const ballot = await v.call('evaluation');
  await v.signIn(ballot, ...THREE);
  const slips = THREE.map((login) => makeSlip(v, ballot, login));
  const persons = ['minzheng', ...THREE].map((login) => v.t.personId(login));
  const called = copyOf(v.t.dir);
  const { dir } = called;
  await v.t.close();
  // The servers have the real clock, and so has whoever is signed in to them.
  const file = join(dir, 'yuanzhuo.db');
  const services = openServices({ file, production: false, log: silentLog });
  const [host = '', ...cookies] = await Promise.all(
    persons.map(async (id) => {
      const attributes = { device: '测试', secondFactor: false };
      return `yuanzhuo=${await services.sessions.start(id, attributes)}`;
    }),
  );
  await closeServices(services);
  const remove = (): void => {
    before.remove();
    called.remove();
  };
  return { dir, before: before.dir, ballot, slips, cookies, host, remove };
}

/** On the files of a ballot; kills itself at the point. */
export async function serve(siteDir: string, dir: string, point?: Point): Promise<ServerProcess> {
  const preload = `--import ${pathToFileURL(inRoot('tests', 'support', 'killPoint.ts')).href}`;
  return startServer(siteDir, {
    DATABASE_URL: `file://${join(dir, 'yuanzhuo.db')}`,
    NODE_COMPILE_CACHE: inRoot('.cache', 'node'),
    ...(point && { NODE_OPTIONS: preload, KILL_AT: JSON.stringify(point) }),
  });
}

const pathOf = ({ ballot }: Called): string => `/api/salons/${DEMO}/ballots/${ballot}`;

/** @throws where no whole answer comes, or another than 200 */
async function done(answer: ReturnType<Ask>): Promise<string> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`${status} ${text}`);
  return text;
}

export async function takeFrom(ask: Ask, base: Called, voter: number): Promise<Signed> {
  const [slip, cookie] = [base.slips[voter], base.cookies[voter]];
  if (!slip || !cookie) throw new Error(`There is no ${voter}`);
  const text = await done(ask('POST', `${pathOf(base)}/take`, { cookie }, takeBody(slip)));
  return finishSlip(slip, JSON.parse(text));
}

export const startOn = (ask: Ask, base: Called): Promise<string> =>
  done(ask('POST', `${pathOf(base)}/start`, { cookie: base.host }));

export const castOn = (ask: Ask, signed: Signed, choice = 'against'): Promise<string> =>
  done(ask('POST', '/ballot-box', {}, voteWith(signed, [choice])));

export const stateOn = async (ask: Ask, base: Called): Promise<string> =>
  JSON.parse(await done(ask('GET', pathOf(base)))).state;

/** What the three and the host do, from wherever they are; all of it can be done again. */
async function voteOn(ask: Ask, base: Called, kept: Signed[]): Promise<void> {
  const voters = base.slips.map((_, voter) => voter);
  for (const voter of voters) kept[voter] ??= await takeFrom(ask, base, voter);
  if ((await stateOn(ask, base)) === 'taking') await startOn(ask, base);
  for (const one of kept) await castOn(ask, one);
}

/** The last start: whatever came before, the three votes count once. */
export async function expectRightEnd(base: Called, dir: string, kept: Signed[]): Promise<void> {
  const app = await watchedApp(dir, Date.now);
  try {
    await voteOn(app.ask, base, kept);
    await vi.waitUntil(async () => (await stateOn(app.ask, base)) === 'decided');
    const page = JSON.parse(await done(app.ask('GET', pathOf(base))));
    expect(page.result).toMatchObject({ attending: 3, issued: 3, received: 3, against: 3 });
    expect(readdirSync(join(dir, 'ballot-keys'))).toEqual([]);
    expectBallotCounts(app);
  } finally {
    await app.close();
  }
}

/** Killed from outside at any moment of it, and started again. */
export async function randomKills(siteDir: string, base: Called, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const { dir, remove } = copyOf(base.dir);
    const server = await serve(siteDir, dir);
    const kept: Signed[] = [];
    setTimeout(() => server.child.kill('SIGKILL'), randomInt(250));
    // Cut off wherever it is; or done before the end, which is as well.
    await voteOn(askOn(server.port), base, kept).catch(() => {});
    expect(await server.ended).toBe('SIGKILL');
    await expectRightEnd(base, dir, kept);
    remove();
  }
}
