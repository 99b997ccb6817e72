import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Marks } from '../../api/ballot/rules.ts';
import {
  type BallotSite,
  ballotSite,
  CASTING,
  FIRST,
  MARKS,
  MINUTE,
  openBallot,
  SECOND,
  seatsOf,
  settled,
  type Taken,
  takeAll,
  takingSite,
  voteOf,
} from '../support/ballots.ts';
import { contentOf, type Known, traces } from '../support/ballotTraces.ts';

const SEATS = seatsOf(19);
const ROLL = { due: 19, attending: 19, castingMs: CASTING };
const keyOf = (site: BallotSite, id: string) =>
  readFileSync(join(site.dir, 'ballot-keys', `${id}.key`));

/** Both papers of 19 voters, taken; the folder is as casting opens. */
interface Opened {
  readonly dir: string;
  readonly first: readonly Taken[];
  readonly second: readonly Taken[];
  readonly known: Known;
}
let opened: Opened;
/** The same once everybody has cast. */
let closed: Awaited<ReturnType<typeof cast>>;

beforeAll(async () => {
  const site = await takingSite();
  await openBallot(site.box, SECOND, MARKS);
  const privateKeys = [keyOf(site, FIRST), keyOf(site, SECOND)];
  const first = await takeAll(site.box, FIRST, SEATS);
  const second = await takeAll(site.box, SECOND, [...SEATS].reverse());
  const both = [...first, ...second];
  const file = new SqliteDatabase(site.file, { readonly: true });
  const answers = file.prepare('SELECT blind_signature FROM issued').pluck().all() as string[];
  file.close();
  for (const id of [FIRST, SECOND]) await site.box.closeTaking(id, ROLL);
  await site.box.stop();
  const signed = [...both.map(({ blinded }) => blinded), ...answers];
  const tokens = both.map(({ token }) => token);
  opened = { dir: site.dir, first, second, known: { privateKeys, signed, seats: SEATS, tokens } };
  closed = await cast({ of: asTaken });
});
afterAll(async () => {
  await closed.remove();
  rmSync(opened.dir, { recursive: true, force: true });
});

const choiceOf = (index: number): readonly string[] => [index < 12 ? 'against' : 'for'];
const marksOf = (index: number): Marks => ({
  marks: { topic1: (index % 5) + 1, ...(index % 2 === 0 && { topic2: 1 }) },
  comment: index % 3 === 0 ? `第 ${index} 位的意见` : '',
});

interface Order {
  /** Indices of voters. */
  readonly of: readonly number[];
  readonly waitMs?: (index: number) => number;
  readonly restartAfter?: number;
  /** Each vote is sent twice. */
  readonly twice?: boolean;
}

/** Casts both papers of everybody in an order; @returns what is on the disk then */
async function cast({ of, waitMs = () => 0, restartAfter, twice }: Order) {
  const site = ballotSite(opened.dir);
  await site.box.recover();
  const put = async (id: string, taken: readonly Taken[], voter: number) => {
    const one = taken[voter];
    if (!one) throw new Error('so many did not take');
    const vote = voteOf(id, one, id === FIRST ? choiceOf(voter) : marksOf(voter));
    await site.box.cast(vote);
    if (twice) await site.box.cast(vote);
  };
  for (const [index, voter] of of.entries()) {
    site.time.monotonic += waitMs(index);
    await put(FIRST, opened.first, voter);
    // Nobody sends both papers in one breath: the second ones come in an order of their own.
    if (index % 2 === 1) await put(SECOND, opened.second, of[index - 1] ?? 0);
    if (index === restartAfter) await site.reopen();
  }
  expect(await settled(site.box, FIRST)).toBe('closed');
  for (const [index, voter] of of.entries()) {
    if (index % 2 === 1 || index === of.length - 1) await put(SECOND, opened.second, voter);
  }
  expect(await settled(site.box, SECOND)).toBe('closed');
  const outcomes = [FIRST, SECOND].map((id) => site.box.outcome(id));
  await site.box.stop();
  return { dir: site.dir, outcomes, logged: site.logged, remove: site.remove };
}

const asTaken = SEATS.map((_, index) => index);
const byToken = () =>
  asTaken.toSorted((a, b) =>
    (opened.first[a]?.token ?? '') < (opened.first[b]?.token ?? '') ? -1 : 1,
  );
const shuffled = asTaken.map((index) => (index * 7 + 3) % 19);

describe('§6 what is on the disk after the close', () => {
  it('is the same, byte for byte, in whatever order and time 19 have cast', async () => {
    const orders: readonly Order[] = [
      { of: asTaken.toReversed(), waitMs: () => MINUTE },
      { of: byToken(), waitMs: (index) => index * 1000 },
      { of: byToken().reverse(), twice: true },
      { of: shuffled, restartAfter: 9, waitMs: (index) => (index % 4) * MINUTE },
    ];
    const files: Buffer[] = [readFileSync(join(closed.dir, 'ballots.db'))];
    for (const order of orders) {
      const done = await cast(order);
      const content = contentOf(done.dir);
      expect([...content].filter(([, { length }]) => length > 0).map(([name]) => name)).toEqual([
        'ballots.db',
      ]);
      expect(traces(done.dir, opened.known)).toEqual([]);
      expect(done.logged).toEqual([]);
      files.push(content.get('ballots.db') ?? Buffer.alloc(0));
      await done.remove();
    }
    expect(files).toHaveLength(5);
    for (const file of files) expect(file.equals(files[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('is the same in whatever order they have taken', async () => {
    const files: Buffer[] = [];
    const { first } = opened;
    for (const order of [asTaken, asTaken.toReversed(), shuffled]) {
      const site = await takingSite();
      for (const voter of order) {
        await site.box.take(FIRST, first[voter]?.seat ?? '', first[voter]?.blinded ?? '');
      }
      await site.box.closeTaking(FIRST, ROLL);
      for (const one of first) await site.box.cast(voteOf(FIRST, one, ['for']));
      expect(await settled(site.box)).toBe('closed');
      await site.box.stop();
      files.push(readFileSync(site.file));
      await site.remove();
    }
    for (const file of files) expect(file.equals(files[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('changes with a single choice, or the comparison would say nothing', async () => {
    const files: Buffer[] = [];
    for (const choice of ['for', 'against']) {
      const site = ballotSite(opened.dir);
      await site.box.recover();
      for (const one of opened.first) {
        const last = one === opened.first.at(-1);
        await site.box.cast(voteOf(FIRST, one, [last ? choice : 'for']));
      }
      expect(await settled(site.box)).toBe('closed');
      files.push(readFileSync(site.file));
      await site.remove();
    }
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(false);
  });

  it('has of the second papers totals and sorted comments only', async () => {
    const bulletin = JSON.parse(closed.outcomes[1]?.bulletin ?? '');
    const comments = [0, 3, 6, 9, 12, 15, 18].map((index) => `第 ${index} 位的意见`).sort();
    expect(bulletin.comments).toEqual(comments);
    expect(bulletin.totals).toEqual({
      topic1: { 1: 4, 2: 4, 3: 4, 4: 4, 5: 3 },
      topic2: { 1: 10, 2: 0, 3: 0, 4: 0, 5: 0 },
    });
    expect(bulletin.votes.every((vote: object) => !('choice' in vote))).toBe(true);
    const file = new SqliteDatabase(join(closed.dir, 'ballots.db'), { readonly: true });
    const kept = file.prepare('SELECT DISTINCT choice FROM "cast" WHERE ballot = ?').pluck();
    expect(kept.all(SECOND)).toEqual([null]);
    file.close();
    const bytes = readFileSync(join(closed.dir, 'ballots.db'));
    for (const comment of comments) {
      expect(bytes.indexOf(comment)).toBe(bytes.lastIndexOf(comment));
      expect(bytes.indexOf(comment)).toBeGreaterThan(0);
    }
    // A paper of a voter begins so; a summary does not.
    expect(bytes.includes('{"marks":')).toBe(false);
  });

  it('has no private key as soon as casting opens, and no vote of a void ballot', async () => {
    const parts = { ...opened.known, signed: [], tokens: [] };
    expect(traces(opened.dir, parts)).not.toContain('a private key');
    const site = ballotSite(opened.dir);
    await site.box.recover();
    for (const one of opened.first.slice(1)) await site.box.cast(voteOf(FIRST, one, ['for']));
    for (const id of [FIRST, SECOND]) await site.box.void(id, 'restored');
    await site.box.stop();
    expect(traces(site.dir, { ...opened.known, tokens: [] })).toEqual([]);
    const all = Buffer.concat([...contentOf(site.dir).values()]);
    expect(opened.known.tokens.filter((token) => all.includes(token))).toEqual([]);
    await site.remove();
  });
});

describe('what is searched for is found', () => {
  const bad: readonly [string, (dir: string) => void][] = [
    ['a private key', (dir) => writeFileSync(join(dir, 'core'), keyBytes().subarray(500, 600))],
    ['what was signed', (dir) => writeFileSync(join(dir, 'log'), opened.known.signed[0] ?? '')],
    ['a token more than once', (dir) => writeFileSync(join(dir, 'log'), first().token)],
    ['a token as bytes', (dir) => writeFileSync(join(dir, 'log'), tokenBytes())],
    ['a file besides the database', (dir) => writeFileSync(join(dir, 'old.db'), 'x')],
  ];
  const first = (): Taken => {
    const [one] = opened.first;
    if (!one) throw new Error('nobody took');
    return one;
  };
  const tokenBytes = () => Buffer.from(first().token, 'base64url');
  const keyBytes = () => Buffer.from(opened.known.privateKeys[0] ?? []);

  test.each(bad)('%s', async (sentence, spoil) => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-spoilt-'));
    cpSync(closed.dir, dir, { recursive: true });
    expect(traces(dir, opened.known)).toEqual([]);
    spoil(dir);
    expect(traces(dir, opened.known)).toContain(sentence);
    rmSync(dir, { recursive: true });
  });

  it('in a file that is kept the usual way', async () => {
    const site = ballotSite();
    await site.box.stop();
    rmSync(site.file);
    const file = new SqliteDatabase(site.file);
    file.pragma('journal_mode = WAL');
    file.pragma('secure_delete = OFF');
    file.exec('CREATE TABLE roll (seat TEXT, blinded TEXT, token TEXT)');
    const insert = file.prepare('INSERT INTO roll VALUES (?, ?, ?)');
    for (const { seat, blinded, token } of opened.first) insert.run(seat, blinded, token);
    file.exec('CREATE TABLE votes (token TEXT)');
    file.exec('INSERT INTO votes SELECT token FROM roll; DELETE FROM roll');
    const found = traces(site.dir, opened.known);
    file.close();
    expect(found).toContain('a file besides the database');
    expect(traces(site.dir, opened.known)).toEqual([
      'what was signed',
      'a token more than once',
      'a seat and a token on one page',
      'a write-ahead log',
      'free pages',
      'rows in the order they came',
      'bytes of no row',
    ]);
    await site.remove();
  });
});
