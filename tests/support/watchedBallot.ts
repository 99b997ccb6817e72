import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { expect, vi } from 'vitest';
import { takeBackup } from '../../api/backup/backup.ts';
import type { Choice } from '../../api/ballot/rules.ts';
import type { Vote } from '../../api/ballot/types.ts';
import { reconcile } from '../../api/salon/ballots/reconcile.ts';
import { contentOf } from './ballotTraces.ts';
import { dump } from './dump.ts';
import { salonId } from './months.ts';
import {
  copyOf,
  finishSlip,
  makeSlip,
  type Signed,
  type Slip,
  takeBody,
  voteWith,
} from './sealedVoting.ts';
import { DEMO } from './testApp.ts';
import { createVoting } from './voting.ts';
import { type Answer, type WatchedApp, watchedApp } from './watchedApp.ts';

/** A whole evaluation over HTTP, and everything that is left of it. */

const MINUTE = 60_000;

/** An evaluation that all have signed in for, as files, and what their browsers have made. */
export interface Base {
  readonly dir: string;
  readonly ballot: string;
  readonly now: number;
  readonly salonId: string;
  readonly slips: readonly (Slip & { readonly papers: readonly [Paper, Paper] })[];
  readonly cookies: readonly string[];
  readonly host: string;
  readonly seats: readonly string[];
  readonly privateKeys: readonly Uint8Array[];
  remove(): void;
}
type Paper = Slip['papers'][number];

export async function signedInBase(logins: readonly string[]): Promise<Base> {
  const v = await createVoting({ came: logins });
  const ballot = await v.call('evaluation');
  await v.signIn(ballot, ...logins);
  const slips = logins.map((login) => {
    const slip = makeSlip(v, ballot, login);
    const [first, second] = slip.papers;
    if (!first || !second) throw new Error('an evaluation has two papers');
    return { ...slip, papers: [first, second] as const };
  });
  const cookies = [];
  for (const login of logins) cookies.push((await v.t.as(login)).cookie);
  const keys = join(v.t.dir, 'ballot-keys');
  const given = {
    ...{ ballot, slips, cookies, now: v.now(), salonId: salonId(v.t), host: v.host.cookie },
    seats: logins.map((login) => v.seat(login)),
    privateKeys: [...contentOf(keys).values()],
  };
  const { dir, remove } = copyOf(v.t.dir);
  await v.t.close();
  return { dir, remove, ...given };
}

export interface Left {
  readonly dir: string;
  readonly result: unknown;
  readonly signed: readonly Signed[];
  readonly cast: readonly Vote[];
  /** All files, and all as the last but one was about to cast. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly duringCasting: ReadonlyMap<string, Buffer>;
  /** Every table, without what is random. */
  readonly rows: Readonly<Record<string, unknown[]>>;
  readonly log: readonly object[];
  readonly answers: readonly { readonly forced: boolean; readonly answer: Answer }[];
  /** What casting did not change. */
  readonly untouched: Readonly<Record<string, unknown>>;
  remove(): void;
}

const choiceOf = (voter: number): Choice => [voter < 12 ? 'against' : 'for'];
const marksOf = (voter: number): Choice => ({ marks: {}, comment: `意见${voter}` });

/** @param taking @param casting the voters, by number, in the order in which they come */
export async function evaluate(
  base: Base,
  taking: readonly number[],
  casting: readonly number[],
): Promise<Left> {
  const { dir, remove } = copyOf(base.dir);
  let now = base.now;
  const app = await watchedApp(dir, () => now);
  try {
    const path = `/api/salons/${DEMO}/ballots/${base.ballot}`;
    for (const cookie of [base.host, ...base.cookies.slice(0, 3)]) await listen(app, cookie);
    const signed: Signed[] = [];
    for (const voter of taking) {
      now += 1000;
      signed[voter] = await takeOver(app, base, voter, `${path}/take`);
    }
    const key = { cookie: base.host, 'idempotency-key': 'host-starts-now' };
    expect((await app.ask('POST', `${path}/start`, key)).status).toBe(200);
    // So long that a session which is read is seen.
    now += 11 * MINUTE;
    const quiet = await watch(app, base);
    const answers = [];
    const cast: Vote[] = [];
    for (const [position, vote] of votesIn(casting, signed).entries()) {
      now += 1000;
      answers.push(await castOver(app, base, vote, position));
      cast.push(vote);
    }
    await sendRubbish(app, cast[0]);
    const untouched = await quiet();
    const duringCasting = contentOf(dir);
    const last = voteWith(at(signed, casting.at(-1) ?? 0), choiceOf(casting.at(-1) ?? 0));
    answers.push(await castOver(app, base, last, 0));
    cast.push(last);
    await closed(app, base.ballot);
    now = base.now + 60 * MINUTE;
    await app.services.ballots.tick();
    await reconcile(app.services);
    await takeBackup(app.services, now);
    await app.publish();
    for (const cookie of base.cookies) await app.ask('GET', path, { cookie });
    const page = await app.ask('GET', path);
    const rows = withoutChance(app);
    const files = contentOf(dir);
    return {
      ...{ dir, signed, cast, files, duringCasting, rows, answers, untouched, remove },
      result: JSON.parse(page.text).result,
      log: logOf(app),
    };
  } finally {
    await app.close();
  }
}

/** All but the last one's first paper; some send a second one too, a while after the first. */
function votesIn(casting: readonly number[], signed: readonly Signed[]): Vote[] {
  const first = casting.slice(0, -1).map((voter) => voteWith(at(signed, voter), choiceOf(voter)));
  const second = casting.flatMap((voter) =>
    voter % 3 === 0 ? voteWith(at(signed, voter), marksOf(voter), 1) : [],
  );
  const early = first.splice(0, 8);
  return [...early, ...first.flatMap((vote) => [vote, ...second.splice(0, 1)]), ...second];
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) throw new Error(`There is no ${index}`);
  return one;
}

/** An open page, read until the server ends it. */
async function listen({ port }: WatchedApp, cookie: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/salons/${DEMO}/live`;
  const response = await fetch(url, { headers: { cookie } });
  expect(response.status).toBe(200);
  response.text().catch(() => {});
}

async function takeOver(
  app: WatchedApp,
  { slips, cookies }: Base,
  voter: number,
  path: string,
): Promise<Signed> {
  const slip = at(slips, voter);
  const headers = { cookie: at(cookies, voter), 'idempotency-key': `take-number-${voter}` };
  const answer = await app.ask('POST', path, headers, takeBody(slip));
  expect(answer.status).toBe(200);
  return finishSlip(slip, JSON.parse(answer.text));
}

/** Every other one as no page of ours sends it: with the cookie of a seat, and all that names one. */
async function castOver(app: WatchedApp, { cookies }: Base, vote: Vote, position: number) {
  const forced = position % 2 === 1;
  const headers = {
    cookie: at(cookies, position % cookies.length),
    'idempotency-key': `cast-number-${position}`,
    'x-forwarded-for': `203.0.113.${position}`,
    'user-agent': `phone ${position}`,
  };
  const answer = await app.ask('POST', '/ballot-box', forced ? headers : {}, vote);
  const { date: _, ...others } = answer.headers;
  return { forced, answer: { ...answer, headers: others } };
}

/** What is refused leaves no more than what is let in. */
async function sendRubbish(app: WatchedApp, vote: Vote | undefined): Promise<void> {
  const { signature = '' } = vote ?? {};
  const forged = { ...vote, token: Buffer.alloc(32, 7).toString('base64url') };
  const bodies = [forged, { ...vote, signature: signature.slice(1) }, `{"token":"${vote?.token}`];
  const large = JSON.stringify({ ...vote, more: 'x'.repeat(20_000) });
  const statuses = [];
  for (const body of [...bodies, large]) {
    statuses.push((await app.ask('POST', '/ballot-box', {}, body)).status);
  }
  expect(statuses).toEqual([422, 422, 400, 413]);
  expect((await app.ask('GET', `/ballot-box/${vote?.ballot}`)).status).toBe(200);
}

/** @returns what asks later whether all is as it is now */
async function watch(app: WatchedApp, base: Base): Promise<() => Promise<Record<string, unknown>>> {
  // The news of the start are told before anybody casts.
  await vi.waitUntil(() => app.services.ballots.facts(base.ballot)?.phase === 'casting');
  const { services, dir } = app;
  const of = (name: string): Buffer => readFileSync(join(dir, name));
  const seen = () => ({
    database: of('yuanzhuo.db').toString('base64'),
    writeAhead: of('yuanzhuo.db-wal').toString('base64'),
    rows: JSON.stringify(dump(app)),
    log: of('server.log').toString(),
    changes: services.changes.count,
    live: services.live.news(base.salonId).version,
  });
  const before = seen();
  const consume = vi.spyOn(RateLimiterMemory.prototype, 'consume');
  const changed = vi.spyOn(services.live, 'changed');
  return async () => {
    const limits = consume.mock.calls.length;
    const told = changed.mock.calls.length;
    consume.mockRestore();
    changed.mockRestore();
    const after = seen();
    const names = Object.keys(before) as (keyof typeof before)[];
    const same = Object.fromEntries(names.map((name) => [name, before[name] === after[name]]));
    return { ...same, live: told === 0, limits };
  };
}

async function closed({ services }: WatchedApp, ballot: string): Promise<void> {
  const state = services.db.sqlite.prepare('SELECT state FROM ballot WHERE id = ?').pluck();
  await vi.waitUntil(() => state.get(ballot) === 'decided', { timeout: 10_000 });
}

/** Random ids, sealed values and hashes over them; what is left tells of nothing but the evening. */
const CHANCE = /\b(?=[0-9a-z]*\d)[0-9a-z]{20}\b|[\w-]{40,}={0,2}/g;

function withoutChance(app: WatchedApp): Record<string, unknown[]> {
  const hasRowids = app.services.db.sqlite.prepare<[string], number>(
    'SELECT wr FROM pragma_table_list WHERE name = ?',
  );
  const tables = Object.entries(dump(app)).map(([name, rows]) => {
    const plain = rows.map((row) => JSON.stringify(row).replace(CHANCE, '*'));
    // Without row ids the rows stand in the order of keys, which are random here.
    const isOrdered = hasRowids.pluck().get(name) === 0;
    return [name, isOrdered ? plain : plain.sort()] as const;
  });
  return Object.fromEntries(tables);
}

/** Its lines without the real time. */
const logOf = ({ logFile }: WatchedApp): object[] =>
  readFileSync(logFile, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { time: _time, ms: _ms, requestId: _id, ...said } = JSON.parse(line);
      return said;
    });
