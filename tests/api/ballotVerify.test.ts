import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { verifyBulletin } from '../../api/commands/lib/verify-bulletin.mjs';
import { recount } from '../../site/lib/ballots/recount.ts';
import {
  asFile,
  type BallotKey,
  type Bulletin,
  blindVote,
  election,
  evaluation,
  inOrder,
  keyFields,
  makeKey,
  marks,
  signedVote,
  type Vote,
} from '../support/bulletins.ts';

const BALLOT = 'k3v0000000000000eval';
const ELECTION = 'k3v0000000000000elec';
const SECOND = 'k3v0000000000000mark';
/** All that a recount needs; node_modules is not among it. */
const NEEDED = [
  'ballot-verify.mjs',
  'lib/old-node.mjs',
  'lib/ballot-verify.mjs',
  'lib/verify-bulletin.mjs',
  'lib/bulletin-shape.mjs',
  'lib/bulletin-faults.mjs',
  'lib/bulletin-outcome.mjs',
  'lib/rsa-pss.mjs',
];

let dir: string;
let key: BallotKey;
let otherKey: BallotKey;
let honest: Bulletin;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'recount-'));
  mkdirSync(join(dir, 'lib'));
  for (const file of NEEDED) cpSync(inRoot('api', 'commands', file), join(dir, file));
  [key, otherKey] = await Promise.all([makeKey(), makeKey()]);
  honest = await evaluationOf({ for: 5, against: 12, abstain: 1 });
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Three papers are taken as voters take them, the others are signed outright. */
async function evaluationOf(counts: Record<string, number>): Promise<Bulletin> {
  const choices = Object.entries(counts).flatMap(([id, n]) => Array<string[]>(n).fill([id]));
  const votes = await Promise.all(
    choices.map((choice, at) => (at < 3 ? blindVote : signedVote)(key, BALLOT, choice)),
  );
  return evaluation({
    key,
    ballot: BALLOT,
    question: '是否认可选题委员会？',
    votes,
    attending: 19,
  });
}

const votesOf = (ballot: string, choices: readonly (string[] | undefined)[]): Vote[] =>
  choices.map((choice) => signedVote(key, ballot, choice));

let files = 0;
/** Runs the copied command on files, without the project and without its Node. */
function verify(
  bulletin: Buffer,
  { receipt, args = [] }: { receipt?: unknown; args?: string[] } = {},
): Promise<{ code: number; output: string }> {
  files += 1;
  const [file, slip] = [`bulletin-${files}.json`, `receipt-${files}.json`];
  writeFileSync(join(dir, file), bulletin);
  if (receipt !== undefined) writeFileSync(join(dir, slip), JSON.stringify(receipt));
  const all = [
    'ballot-verify.mjs',
    file,
    ...(receipt === undefined ? [] : ['--receipt', slip]),
    ...args,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: dir, env: {} }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

const hashOf = (file: Buffer): string => createHash('sha256').update(file).digest('hex');

const receiptOf = (bulletin: Bulletin, at: number, changes: object = {}) => {
  const { token = '', prefix = '', signature = '' } = bulletin.votes[at] ?? {};
  const { ballot, fingerprint } = bulletin;
  return {
    format: 'yuanzhuo-receipt-1',
    ballot,
    fingerprint,
    token,
    prefix,
    signature,
    ...changes,
  };
};

/** The kinds of fault that each of the two finds; they must be the same. */
async function kindsOf(file: Buffer, hash?: string): Promise<string[]> {
  const browser = await recount(Uint8Array.from(file), { hash });
  const kinds = browser.faults.map(({ kind }) => kind);
  expect(verifyBulletin(file, hash).faults.map((fault) => fault.kind)).toEqual(kinds);
  return [...new Set<string>(kinds)];
}

describe.concurrent('an honest bulletin', () => {
  it('of an evaluation is accepted, with the arithmetic written out', async () => {
    const { code, output } = await verify(asFile(honest), {
      args: ['--hash', hashOf(asFile(honest))],
    });
    expect(output).toContain('18 张票的签名逐张验过');
    expect(output).toContain('应到 19，实到 19，发出 19，收回 18，有效票 18，未投 1。');
    expect(output).toContain('认可 5 票，不认可 12 票，弃权 1 票，空白 0 票。');
    expect(output).toContain('12 × 5 = 60 > 19 × 3 = 57，反对超过 60%，选题委员会重新选举');
    expect(output).toContain(hashOf(asFile(honest)));
    expect(code).toBe(0);
    expect(await kindsOf(asFile(honest), hashOf(asFile(honest)))).toEqual([]);
    const { counts } = await recount(Uint8Array.from(asFile(honest)));
    expect(counts).toEqual({ for: 5, against: 12, abstain: 1, blank: 0 });
  });

  test.each([
    [19, 11, '11 × 5 = 55 < 19 × 3 = 57，反对没有超过 60%'],
    [5, 3, '3 × 5 = 15 = 5 × 3 = 15，反对恰好 60%，没有超过，选题委员会继续履职'],
    [5, 4, '4 × 5 = 20 > 5 × 3 = 15，反对超过 60%'],
  ])('with %i attending and %i against', async (attending, against, words) => {
    const votes = votesOf(BALLOT, Array<string[]>(against).fill(['against']));
    const { code, output } = await verify(
      asFile(evaluation({ key, ballot: BALLOT, question: '认可吗？', votes, attending })),
    );
    expect(output).toContain(words);
    expect(code).toBe(0);
  });

  test.each([
    [
      '三人当选',
      3,
      [[0, 1, 2], [0, 1], [0, 2], [3]],
      '当选：甲（3 票）、乙（2 票）、丙（2 票）。\n',
    ],
    [
      '同票再投',
      3,
      [[0, 1], [0, 2], [0, 3], []],
      '当选：甲（3 票）。得票相同：乙（1 票）、丙（1 票）、丁（1 票），还有 2 个名额',
    ],
    ['无票不当选', 3, [[0], [0], [1]], '当选：甲（2 票）、乙（1 票）。还缺 1 个名额'],
  ])('of an election: %s', async (_, places, ballots, words) => {
    const votes = votesOf(
      ELECTION,
      ballots.map((seats) => seats.map((at) => `seat${at}`)),
    );
    const parts = { key, ballot: ELECTION, question: '选举', votes, attending: 6, issued: 5 };
    const file = asFile(election(parts, ['甲', '乙', '丙', '丁'], places));
    const { code, output } = await verify(file);
    expect(output).toContain(words);
    expect(code).toBe(0);
    expect(await kindsOf(file)).toEqual([]);
  });

  it('of a second paper is accepted, and says what cannot be recounted', async () => {
    const votes = votesOf(SECOND, [undefined, undefined, undefined]);
    const parts = { key, ballot: SECOND, question: '议题打分', votes, attending: 5 };
    const file = asFile(
      marks(parts, { topic1: { 1: 0, 2: 0, 3: 1, 4: 0, 5: 2 } }, ['很好', '😀好']),
    );
    const { code, output } = await verify(file);
    expect(output).toContain(
      '如何破解社区万能章：1 分 0 人，2 分 0 人，3 分 1 人，4 分 0 人，5 分 2 人。',
    );
    expect(output).toContain('合计无法重数');
    expect(code).toBe(0);
    expect(await kindsOf(file)).toEqual([]);
  });

  it('finds a receipt and says what it says', async () => {
    const at = honest.votes.findIndex(({ choice }) => choice?.[0] === 'abstain');
    const { code, output } = await verify(asFile(honest), { receipt: receiptOf(honest, at) });
    expect(output).toContain(`回执是第 ${at + 1} 张票`);
    expect(output).toContain('选的是：弃权');
    expect(code).toBe(0);
  });
});

/** Changes a copy of the honest one. */
type Tamper = (bulletin: Bulletin) => unknown;
const flip = (text: string, at = 5): string =>
  text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const first = (bulletin: Bulletin): Vote => {
  const [vote] = bulletin.votes;
  if (!vote) throw new Error('no votes');
  return vote;
};
const firstOf = (bulletin: Bulletin, option: string): Vote =>
  bulletin.votes.find(({ choice }) => choice?.[0] === option) ?? first(bulletin);
const firstFor = (bulletin: Bulletin): Vote => firstOf(bulletin, 'for');
const counts = (bulletin: Bulletin, changes: object) =>
  Object.assign(bulletin, { counts: { ...Object(bulletin['counts']), ...changes } });
const added = (bulletin: Bulletin, vote: Vote) => {
  bulletin.votes = inOrder([...bulletin.votes, vote]);
  return counts(Object.assign(bulletin, { received: 19, valid: 19, notCast: 0 }), { against: 13 });
};

const TAMPERED: readonly [name: string, kinds: string[], words: string[], Tamper][] = [
  [
    'a bit of a signature',
    ['signature'],
    ['第 1 张票（票号 ', '签名不是这把钥匙签的'],
    (b) => Object.assign(first(b), { signature: flip(first(b).signature) }),
  ],
  [
    'a token',
    ['signature'],
    ['签名不是这把钥匙签的'],
    (b) => Object.assign(first(b), { token: flip(first(b).token, 30) }),
  ],
  [
    'a prefix',
    ['signature'],
    ['第 1 张票', '签名不是这把钥匙签的'],
    (b) => Object.assign(first(b), { prefix: flip(first(b).prefix) }),
  ],
  [
    'a choice',
    ['count'],
    ['「认可」公示为 5 票，逐张重数是 4 票', '「不认可」公示为 12 票，逐张重数是 13 票'],
    (b) => Object.assign(firstFor(b), { choice: ['against'] }),
  ],
  [
    'a vote removed',
    ['number', 'count'],
    ['收回写的是 18，文件里实际有 17 张票', '「认可」公示为 5 票，逐张重数是 4 票'],
    (b) => b.votes.splice(b.votes.indexOf(firstFor(b)), 1),
  ],
  [
    'a vote doubled',
    ['token'],
    ['重复：这个票号前面已经有一张票'],
    (b) => added(b, structuredClone(firstOf(b, 'against'))),
  ],
  [
    'a vote added with another key',
    ['signature'],
    ['签名不是这把钥匙签的'],
    (b) => added(b, signedVote(otherKey, BALLOT, ['against'])),
  ],
  [
    'a vote of another ballot',
    ['signature'],
    ['签名不是这把钥匙签的'],
    (b) => added(b, signedVote(key, ELECTION, ['against'])),
  ],
  [
    'the key, its fingerprint left',
    ['key', 'signature'],
    ['公钥的指纹是 ', '公钥被换过', '第 18 张票'],
    (b) => Object.assign(b, { publicKey: keyFields(otherKey).publicKey }),
  ],
  [
    'key and fingerprint',
    ['signature'],
    ['签名不是这把钥匙签的'],
    (b) => Object.assign(b, keyFields(otherKey)),
  ],
  [
    'a count',
    ['count'],
    ['「不认可」公示为 11 票，逐张重数是 12 票'],
    (b) => counts(b, { against: 11 }),
  ],
  [
    'the blank ones',
    ['count'],
    ['「空白票」公示为 1 票，逐张重数是 0 票'],
    (b) => counts(b, { blank: 1 }),
  ],
  [
    'attending below issued',
    ['number'],
    ['发出 19 多于实到 18，不可能'],
    (b) => Object.assign(b, { attending: 18 }),
  ],
  [
    'attending above due',
    ['number'],
    ['实到 20 多于应到 19'],
    (b) => Object.assign(b, { attending: 20 }),
  ],
  [
    'issued below received',
    ['number'],
    ['收回 18 多于发出 17'],
    (b) => Object.assign(b, { issued: 17, notCast: 0 }),
  ],
  [
    'notCast',
    ['number'],
    ['未投写的是 0，应当是发出 19 − 收回 18 = 1'],
    (b) => Object.assign(b, { notCast: 0 }),
  ],
  [
    'valid',
    ['number'],
    ['有效票写的是 17，应当等于收回 18'],
    (b) => Object.assign(b, { valid: 17 }),
  ],
  [
    'an unknown option',
    ['choice', 'count'],
    ['选了选票上没有的「perhaps」'],
    (b) => Object.assign(firstFor(b), { choice: ['perhaps'] }),
  ],
  [
    'two options where one is allowed',
    ['choice', 'count'],
    ['选了 2 项，选票上写的是选 1 项'],
    (b) => Object.assign(firstFor(b), { choice: ['for', 'against'] }),
  ],
  [
    'an option twice',
    ['choice', 'count'],
    ['的选项有重复'],
    (b) => Object.assign(firstFor(b), { choice: ['for', 'for'] }),
  ],
  [
    'no option where one is asked for',
    ['choice', 'count'],
    ['选了 0 项'],
    (b) => Object.assign(firstFor(b), { choice: [] }),
  ],
  [
    'the order',
    ['token'],
    ['的位置不对：票应当按票号排列'],
    (b) => b.votes.push(...b.votes.splice(0, 1)),
  ],
  [
    'the suite',
    ['shape'],
    ['suite写的是 "RSA"，这里只认得 RSABSSA'],
    (b) => Object.assign(b, { suite: 'RSA' }),
  ],
  [
    'the format',
    ['shape'],
    ['format写的是 "yuanzhuo-bulletin-2"'],
    (b) => Object.assign(b, { format: 'yuanzhuo-bulletin-2' }),
  ],
  [
    'a field too many',
    ['shape'],
    ['有不认得的字段「note」'],
    (b) => Object.assign(first(b), { note: '' }),
  ],
  ['a field missing', ['shape'], ['缺少字段「due」'], (b) => Reflect.deleteProperty(b, 'due')],
  [
    'a signature cut short',
    ['shape'],
    ['votes 第 1 项 的 signature应当是 384 个字节'],
    (b) => Object.assign(first(b), { signature: first(b).signature.slice(4) }),
  ],
  [
    'a second spelling of a token',
    ['shape'],
    ['votes 第 1 项 的 token应当是 32 个字节'],
    (b) => Object.assign(first(b), { token: `${first(b).token.slice(0, 42)}B` }),
  ],
  [
    'the rule',
    ['rule'],
    ['名额是 2 个，每票却可以选 1 个'],
    (b) => Object.assign(b, { rule: { kind: 'most', places: 2 } }),
  ],
];

describe.concurrent('a bulletin with something changed is refused:', () => {
  test.each(TAMPERED)('%s', async (_, kinds, words, tamper) => {
    const bulletin = structuredClone(honest);
    tamper(bulletin);
    const { code, output } = await verify(asFile(bulletin));
    for (const word of words) expect(output).toContain(word);
    expect(output).not.toContain('公示完好');
    expect(code).toBe(1);
    expect((await kindsOf(asFile(bulletin))).toSorted()).toEqual(kinds.toSorted());
  });

  it('the question, by the published hash alone', async () => {
    const hash = hashOf(asFile(honest));
    const bulletin = asFile({ ...honest, question: '是否不认可选题委员会？' });
    expect((await verify(bulletin)).code).toBe(0);
    const { code, output } = await verify(bulletin, { args: ['--hash', hash] });
    expect(output).toContain(`不是 ${hash}：这不是当时公布的那份公示`);
    expect(code).toBe(1);
    expect(await kindsOf(bulletin, hash)).toEqual(['file']);
  });

  test.each([
    ['a name given twice', (text: string) => text.replace('"due": 19', '"due": 99,\n "due": 19')],
    ['another indentation', (text: string) => JSON.stringify(JSON.parse(text))],
    ['an escaped letter', (text: string) => text.replace('？', '\\uff1f')],
  ])('%s', async (_, change) => {
    const file = Buffer.from(change(asFile(honest).toString()));
    const { code, output } = await verify(file);
    expect(output).toContain('与公示的写法不一致');
    expect(code).toBe(1);
    expect(await kindsOf(file)).toEqual(['file']);
  });

  test.each([
    ['nothing', ''],
    ['half of it', '{"format": "yuanzhuo-bulletin-1", '],
  ])('%s', async (_, text) => {
    const { code, output } = await verify(Buffer.from(text));
    expect(output).toContain('不是完整的 JSON');
    expect(code).toBe(1);
    expect(await kindsOf(Buffer.from(text))).toEqual(['shape']);
  });

  it('a key that is too short', async () => {
    const short = await makeKey(2048);
    const bulletin = asFile({ ...honest, ...keyFields(short) });
    expect((await verify(bulletin)).output).toContain('公钥不是 RSA-3072');
    expect(await kindsOf(bulletin)).toEqual(['key']);
  });

  test.each([
    [
      'more marks than papers',
      { topic1: { 1: 9, 2: 0, 3: 0, 4: 0, 5: 0 } },
      [],
      '有 9 个打分，多于收回的 3 张票',
    ],
    [
      'comments in the order they came',
      { topic1: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } },
      ['😀好', '很好'],
      '意见没有按字的编码排序',
    ],
    ['totals kept back', null, null, '打分和意见应当公布'],
  ])('%s', async (_, totals, comments, words) => {
    const votes = votesOf(SECOND, [undefined, undefined, undefined]);
    const parts = { key, ballot: SECOND, question: '议题打分', votes, attending: 5 };
    const file = asFile(marks(parts, totals, comments));
    expect((await verify(file)).output).toContain(words);
    expect(await kindsOf(file)).toEqual(['count']);
  });
});

describe.concurrent('a receipt', () => {
  it('shows that key, fingerprint and all papers were exchanged', async () => {
    const votes = honest.votes.map(({ choice }) => signedVote(otherKey, BALLOT, choice));
    const forged = evaluation({
      key: otherKey,
      ballot: BALLOT,
      question: '认可吗？',
      votes,
      attending: 19,
    });
    expect((await verify(asFile(forged))).code).toBe(0);
    const { code, output } = await verify(asFile(forged), { receipt: receiptOf(honest, 0) });
    expect(output).toContain('公示用的不是领票时的那把钥匙');
    expect(code).toBe(1);
  });

  it('shows that its paper was left out', async () => {
    const votes = honest.votes.slice(1);
    const cut = evaluation({ key, ballot: BALLOT, question: '认可吗？', votes, attending: 19 });
    expect((await verify(asFile(cut))).code).toBe(0);
    const { code, output } = await verify(asFile(cut), { receipt: receiptOf(honest, 0) });
    expect(output).toContain('公示里没有回执上的这张票，回执上的签名却是真的');
    expect(code).toBe(1);
  });

  test.each([
    ['of another ballot', { ballot: ELECTION }, '回执是另一次表决的'],
    ['with a signature of its own', { signature: 'A'.repeat(512) }, '签名不是这次表决的钥匙签的'],
    ['with a field too many', { choice: [] }, '有不认得的字段「choice」'],
  ])('%s is refused', async (_, changes, words) => {
    const { code, output } = await verify(asFile(honest), {
      receipt: receiptOf(honest, 0, changes),
    });
    expect(output).toContain(words);
    expect(code).toBe(1);
  });
});

describe.concurrent('what was typed', () => {
  test.each([
    [[], '打不开 nothing.json'],
    [['--what'], '用法'],
    [['another.json'], '用法'],
  ])('nothing.json %j', async (args, words) => {
    const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
      execFile(
        process.execPath,
        ['ballot-verify.mjs', 'nothing.json', ...args],
        { cwd: dir },
        (error, _, output) => resolve({ code: error?.code, output }),
      );
    });
    expect(output).toContain(words);
    expect(code).toBe(1);
  });
});
