import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { type Known, traces } from '../support/ballotTraces.ts';
import { indexOf, secretsIn, secretsInFiles } from '../support/secretsOnDisk.ts';
import { type Base, evaluate, type Left, signedInBase } from '../support/watchedBallot.ts';

const ALL = DEMO_SEATS.map(({ login }) => login);
const inOrder = ALL.map((_, index) => index);
const reversed = inOrder.toReversed();
const mixed = inOrder.map((index) => (index * 7 + 3) % ALL.length);

let base: Base;
/** What three evaluations left that differ in nothing but who took and cast when. */
let left: Left[];
let index: ReturnType<typeof indexOf>;
let known: Known;

beforeAll(async () => {
  base = await signedInBase(ALL);
  const orders: [readonly number[], readonly number[]][] = [
    [inOrder, mixed],
    [reversed, inOrder],
    [mixed, reversed],
  ];
  left = [];
  for (const [taking, casting] of orders) left.push(await evaluate(base, taking, casting));
  const papers = base.slips.flatMap((slip) => slip.papers);
  const [first] = left;
  const signatures = first?.signed.flatMap((one) => one.signatures) ?? [];
  const blindSignatures = first?.signed.flatMap((one) => one.blindSignatures) ?? [];
  const blinded = papers.map((paper) => paper.blinded);
  const texts = {
    'a token': papers.map(({ token }) => token),
    'a prefix': papers.map(({ prefix }) => prefix),
    'a signature': signatures,
    'a blinded value': blinded,
    'a blind signature': blindSignatures,
  };
  index = indexOf({ texts, privateKeys: base.privateKeys });
  const tokens = first?.cast.map(({ token }) => token) ?? [];
  const signed = [...blinded, ...blindSignatures];
  known = { privateKeys: base.privateKeys, signed, seats: base.seats, tokens };
}, 60_000);
afterAll(() => {
  base.remove();
  for (const one of left) one.remove();
});

const isBallots = (name: string): boolean => /(^|\/)[^/]*\.?ballots(\.db)?$/.test(name);
const ofBallots = ({ files }: Left, wanted: boolean) =>
  new Map([...files].filter(([name]) => isBallots(name) === wanted));

describe('what an evaluation of 19 leaves on the disk', () => {
  it('is all there: 12 against, the second papers of some, backup, export, log, notices', () => {
    for (const { result, files, duringCasting } of left) {
      expect(result).toMatchObject({ attending: 19, received: 19, against: 12, recalled: true });
      const names = [...files.keys()].map((name) => name.replace(/\d{8}T\d{6}Z/, 'when')).sort();
      expect(names).toEqual(expect.arrayContaining([...NAMES]));
      expect(files.get('server.log')?.toString()).toContain('"method":"POST"');
      expect(duringCasting.get('yuanzhuo.db-wal')?.length).toBeGreaterThan(0);
    }
  });
  const NAMES = [
    ...['backups/yuanzhuo-when.ballots', 'backups/yuanzhuo-when.db', 'ballots.db'],
    ...['public/archive.json', 'secret.key', 'server.log', 'yuanzhuo.db', 'yuanzhuo.db-wal'],
  ];

  it('has no stretch of any token, signature or key outside the ballots’ file, in any page', () => {
    for (const one of left) {
      expect(secretsInFiles(ofBallots(one, false), index)).toEqual([]);
      // While 19 are casting: nothing but that file knows anything either.
      const during = new Map([...one.duringCasting].filter(([name]) => !isBallots(name)));
      expect(secretsInFiles(during, index)).toEqual([]);
      const all = new Set(
        [...one.duringCasting.values()].flatMap((file) => secretsIn(file, index)),
      );
      expect(all).toContain('a token');
      expect(all).not.toContain('a private key');
    }
  });

  it('has in the ballots’ file, and its copy in the backup, the votes and no more', () => {
    const [one] = left;
    const files = [...(one ? ofBallots(one, true) : [])].filter(([, { length }]) => length > 0);
    expect(files).toHaveLength(2);
    for (const [, content] of files) {
      expect(secretsIn(content, index)).toEqual(['a prefix', 'a signature', 'a token']);
      const alone = mkdtempSync(join(tmpdir(), 'yuanzhuo-alone-'));
      writeFileSync(join(alone, 'ballots.db'), content);
      expect(traces(alone, known)).toEqual([]);
      rmSync(alone, { recursive: true });
    }
  });

  it('is the same, byte for byte, whoever took and cast when', () => {
    const files = left.map(({ files }) => files.get('ballots.db') ?? Buffer.alloc(0));
    expect(files[0]?.length).toBeGreaterThan(4096);
    for (const file of files) expect(file.equals(files[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('is the same in every row of the database, but for what is random', () => {
    const [one, ...others] = left.map(({ rows }) => rows);
    expect(one?.['audit']?.length).toBeGreaterThan(5);
    expect(one?.['replay']?.length).toBeGreaterThan(0);
    for (const other of others) expect(other).toEqual(one);
  });

  it('is the same in every line of the log, of which none is of the ballot box', () => {
    const [one, ...others] = left.map(({ log }) => log);
    expect(one?.length).toBeGreaterThan(19);
    for (const other of others) expect(other).toEqual(one);
    expect(JSON.stringify(one)).not.toContain('ballot-box');
  });

  it('has nothing in the folder of keys', () => {
    for (const { dir } of left) expect(readdirSync(join(dir, 'ballot-keys'))).toEqual([]);
  });
});

describe('while 19 cast', () => {
  it('the database, the log, the limits by person and address and the live pages hear nothing', () => {
    for (const { untouched } of left) {
      expect(untouched).toEqual({
        ...{ database: true, writeAhead: true, rows: true, log: true, changes: true, live: true },
        limits: 0,
      });
    }
  });

  it('no cookie is set, and one that is sent by force is not read', () => {
    for (const { answers } of left) {
      const plain = answers.find(({ forced }) => !forced)?.answer;
      expect(answers.filter(({ forced }) => forced).length).toBeGreaterThan(5);
      for (const { answer } of answers) {
        expect(answer.status).toBe(200);
        expect(answer.headers['set-cookie']).toBeUndefined();
        expect(answer).toEqual(plain);
      }
    }
  });
});

describe('what is searched for is found', () => {
  const token = (): string => base.slips[4]?.papers[0].token ?? '';
  const plants: readonly [string, string, (dir: string) => void][] = [
    ['a notice', 'a token in x.db', (dir) => inDatabase(dir, `'{"t":"${token()}"}'`)],
    ['bytes', 'a token in x.db', (dir) => inDatabase(dir, `x'${hex(token())}'`)],
    ['a free page', 'a token in x.db', (dir) => inDatabase(dir, `'${token()}'`, 'DELETE FROM a')],
    ['half a line', 'a token in x.log', (dir) => write(dir, `"${token().slice(20, 40)}"`)],
    [
      'a private key as text',
      'a private key in x.log',
      (dir) => write(dir, Buffer.from(base.privateKeys[0] ?? []).toString('hex')),
    ],
    [
      'a blinded value',
      'a blinded value in x.log',
      (dir) => write(dir, base.slips[9]?.papers[0].blinded.slice(100, 130) ?? ''),
    ],
  ];
  const hex = (text: string): string => Buffer.from(text, 'base64url').toString('hex');
  const write = (dir: string, text: string): void => writeFileSync(join(dir, 'x.log'), text);
  function inDatabase(dir: string, value: string, then = ''): void {
    const database = new SqliteDatabase(join(dir, 'x.db'));
    database.pragma('secure_delete = OFF');
    database.exec(`CREATE TABLE a (b); INSERT INTO a VALUES (${value}); ${then}`);
    database.close();
  }

  test.each(plants)('%s', (_, sentence, plant) => {
    const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-planted-'));
    plant(dir);
    const files = new Map(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name))]));
    expect(secretsInFiles(files, index)).toEqual([sentence]);
    rmSync(dir, { recursive: true });
  });
});
