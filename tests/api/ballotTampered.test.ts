import { afterAll, describe, expect, it, test } from 'vitest';
import {
  asFile,
  type Bulletin,
  inOrder,
  keyFields,
  makeKey,
  marks,
  misencodedVote,
  signedVote,
  unreducedVote,
  type Vote,
} from '../support/bulletins.ts';
import {
  BALLOT,
  ELECTION,
  hashOf,
  kindsOf,
  openRecounting,
  SECOND,
} from '../support/recounting.ts';

const { folder, key, otherKey, honest } = await openRecounting();
afterAll(() => folder.close());

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
    (b) => Object.assign(b, { rule: { kind: 'most', places: 2, least: 1 } }),
  ],
  [
    'a rule that does not say what it takes to stand',
    ['shape'],
    ['缺少字段「least」'],
    (b) => Object.assign(b, { rule: { kind: 'most', places: 1 } }),
  ],
  [
    'a rule that asks for two votes',
    ['shape'],
    ['rule 的 least应当是 0 到 1 的整数'],
    (b) => Object.assign(b, { rule: { kind: 'most', places: 1, least: 2 } }),
  ],
];

describe.concurrent('a bulletin with something changed is refused:', () => {
  test.each(TAMPERED)('%s', async (_, kinds, words, tamper) => {
    const bulletin = structuredClone(honest);
    tamper(bulletin);
    const { code, output } = await folder.verify(asFile(bulletin));
    for (const word of words) expect(output).toContain(word);
    expect(output).not.toContain('公示完好');
    expect(code).toBe(1);
    expect((await kindsOf(asFile(bulletin))).toSorted()).toEqual(kinds.toSorted());
  });

  it('the question, by the published hash alone', async () => {
    const hash = hashOf(asFile(honest));
    const bulletin = asFile({ ...honest, question: '是否不认可选题委员会？' });
    expect((await folder.verify(bulletin)).code).toBe(0);
    const { code, output } = await folder.verify(bulletin, { args: ['--hash', hash] });
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
    const { code, output } = await folder.verify(file);
    expect(output).toContain('与公示的写法不一致');
    expect(code).toBe(1);
    expect(await kindsOf(file)).toEqual(['file']);
  });

  test.each([
    ['nothing', ''],
    ['half of it', '{"format": "yuanzhuo-bulletin-1", '],
  ])('%s', async (_, text) => {
    const { code, output } = await folder.verify(Buffer.from(text));
    expect(output).toContain('不是完整的 JSON');
    expect(code).toBe(1);
    expect(await kindsOf(Buffer.from(text))).toEqual(['shape']);
  });

  test.each([
    ['a shorter salt', { saltLength: 32 }],
    ['no salt', { saltLength: 0 }],
    ['another hash', { hash: 'sha512' }],
  ])('a signature by the right key with %s', async (_, how) => {
    const bulletin = structuredClone(honest);
    added(bulletin, signedVote(key, BALLOT, ['against'], how));
    const file = asFile(bulletin);
    expect((await folder.verify(file)).output).toContain('这份公示有 1 处不对');
    expect(await kindsOf(file)).toEqual(['signature']);
  });

  test.each([
    ['padding', 200],
    ['separator', 286],
    ['last octet', 383],
  ])('a signature by the right key with another %s', async (_, at) => {
    const bulletin = structuredClone(honest);
    added(bulletin, misencodedVote(key, BALLOT, ['against'], at));
    expect(await kindsOf(asFile(bulletin))).toEqual(['signature']);
  });

  it('a signature that is right only modulo n', async () => {
    const bulletin = structuredClone(honest);
    added(bulletin, unreducedVote(key, BALLOT, ['against']));
    const file = asFile(bulletin);
    expect((await folder.verify(file)).output).toContain('这份公示有 1 处不对');
    expect(await kindsOf(file)).toEqual(['signature']);
  });

  test.each([
    [2048, 65537],
    [3072, 65539],
  ])('a key of %i bits with e = %i', async (bits, e) => {
    const other = await makeKey(bits, e);
    const bulletin = asFile({ ...honest, ...keyFields(other) });
    expect((await folder.verify(bulletin)).output).toContain('公钥不是 RSA-3072');
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
    const votes = [1, 2, 3].map(() => signedVote(key, SECOND, undefined));
    const parts = { key, ballot: SECOND, question: '议题打分', votes, attending: 5 };
    const file = asFile(marks(parts, totals, comments));
    expect((await folder.verify(file)).output).toContain(words);
    expect(await kindsOf(file)).toEqual(['count']);
  });
});
