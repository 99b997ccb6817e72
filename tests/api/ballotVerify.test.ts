import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, test, vi } from 'vitest';
import { mostVotes } from '../../api/commands/lib/bulletin-outcome.mjs';
import { tally, tallyRunOff } from '../../api/salon/committee/rules.ts';
import { readBulletin } from '../../site/lib/ballots/bulletinShape.ts';
import { type Finding, findReceipt, lookUp } from '../../site/lib/ballots/findReceipt.ts';
import { electedOf, recallOf } from '../../site/lib/ballots/outcome.ts';
import { parseReceipt } from '../../site/lib/ballots/receipts.ts';
import { recount } from '../../site/lib/ballots/recount.ts';
import {
  asFile,
  type Bulletin,
  election,
  evaluation,
  marks,
  signedVote,
  type Vote,
} from '../support/bulletins.ts';
import {
  BALLOT,
  ELECTION,
  hashOf,
  kindsOf,
  openRecounting,
  receiptOf,
  SECOND,
} from '../support/recounting.ts';

const { folder, key, otherKey, honest } = await openRecounting();
afterAll(() => folder.close());

const votesOf = (ballot: string, choices: readonly (string[] | undefined)[]): Vote[] =>
  choices.map((choice) => signedVote(key, ballot, choice));

/** As the page does it with a chosen file; nothing where it is no receipt. */
async function foundInBrowser(bulletin: Bulletin, receipt: object): Promise<Finding | undefined> {
  const [read, mine] = [
    readBulletin(asFile(bulletin).toString()),
    parseReceipt(JSON.stringify(receipt)),
  ];
  if ('wrong' in read) throw new Error(read.wrong);
  return mine && findReceipt(read, mine);
}

describe.concurrent('an honest bulletin', () => {
  it('of an evaluation is accepted, with the arithmetic written out', async () => {
    const { code, output } = await folder.verify(asFile(honest), {
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
    const { code, output } = await folder.verify(
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
    [
      '加投中没有票的仍然同票',
      2,
      [[0], [0], [], []],
      '当选：甲（2 票）。得票相同：乙（0 票）、丙（0 票）、丁（0 票），还有 1 个名额',
      0,
    ],
    ['加投中没有票的也能当选', 4, [[0], [1], [2], []], '丙（1 票）、丁（0 票）。\n', 0],
  ])('of an election: %s', async (_, places, ballots, words, least = 1) => {
    const votes = votesOf(
      ELECTION,
      ballots.map((seats) => seats.map((at) => `seat${at}`)),
    );
    const parts = { key, ballot: ELECTION, question: '选举', votes, attending: 6, issued: 5 };
    const file = asFile(election(parts, ['甲', '乙', '丙', '丁'], places, least));
    const { code, output } = await folder.verify(file);
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
    const { code, output } = await folder.verify(file);
    expect(output).toContain(
      '如何破解社区万能章：1 分 0 人，2 分 0 人，3 分 1 人，4 分 0 人，5 分 2 人。',
    );
    expect(output).toContain('合计无法重数');
    expect(code).toBe(0);
    expect(await kindsOf(file)).toEqual([]);
  });

  it('finds a receipt and says what it says', async () => {
    const at = honest.votes.findIndex(({ choice }) => choice?.[0] === 'abstain');
    const { code, output } = await folder.verify(asFile(honest), {
      receipt: receiptOf(honest, at),
    });
    expect(output).toContain(`回执是第 ${at + 1} 张票`);
    expect(output).toContain('选的是：弃权');
    expect(code).toBe(0);
    expect(await foundInBrowser(honest, receiptOf(honest, at))).toEqual({
      found: 'here',
      number: at + 1,
      chosen: ['弃权'],
    });
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
    expect((await folder.verify(asFile(forged))).code).toBe(0);
    const { code, output } = await folder.verify(asFile(forged), { receipt: receiptOf(honest, 0) });
    expect(output).toContain('公示用的不是领票时的那把钥匙');
    expect(code).toBe(1);
    expect((await foundInBrowser(forged, receiptOf(honest, 0)))?.found).toBe('otherKey');
  });

  it('shows that its paper was left out', async () => {
    const votes = honest.votes.slice(1);
    const cut = evaluation({ key, ballot: BALLOT, question: '认可吗？', votes, attending: 19 });
    expect((await folder.verify(asFile(cut))).code).toBe(0);
    const { code, output } = await folder.verify(asFile(cut), { receipt: receiptOf(honest, 0) });
    expect(output).toContain('公示里没有回执上的这张票，回执上的签名却是真的');
    expect(code).toBe(1);
    expect((await foundInBrowser(cut, receiptOf(honest, 0)))?.found).toBe('missing');
  });

  test.each([
    ['of another ballot', { ballot: ELECTION }, '回执是另一次表决的', 'otherBallot'],
    [
      'with a signature of its own',
      { signature: 'A'.repeat(512) },
      '签名不是这次表决的钥匙签的',
      'unsigned',
    ],
    ['with another prefix', { prefix: 'A'.repeat(43) }, '签名不是这次表决的钥匙签的', 'unsigned'],
    ['with a field too many', { choice: [] }, '有不认得的字段「choice」', undefined],
  ])('%s is refused', async (_, changes, words, found) => {
    const { code, output } = await folder.verify(asFile(honest), {
      receipt: receiptOf(honest, 0, changes),
    });
    expect(output).toContain(words);
    expect(code).toBe(1);
    expect((await foundInBrowser(honest, receiptOf(honest, 0, changes)))?.found).toBe(found);
  });
});

describe('one’s own paper, without a recount', () => {
  afterEach(() => vi.unstubAllGlobals());
  const look = async (answer: () => Promise<Response>, at = 0) => {
    vi.stubGlobal('fetch', answer);
    const mine = parseReceipt(JSON.stringify(receiptOf(honest, at)));
    return mine && lookUp('/bulletin.json', hashOf(asFile(honest)), mine);
  };
  const published = (bulletin: Bulletin) => async () =>
    new Response(Uint8Array.from(asFile(bulletin)));

  it('is found in the published bytes', async () => {
    expect(await look(published(honest), 1)).toMatchObject({ found: 'here', number: 2 });
  });

  it('is found though another paper is forged, which a recount says', async () => {
    const forged = structuredClone(honest);
    Object.assign(forged.votes[4] ?? {}, { signature: 'A'.repeat(512) });
    expect((await foundInBrowser(forged, receiptOf(honest, 1)))?.found).toBe('here');
    expect(await kindsOf(asFile(forged))).toEqual(['signature']);
  });

  it('is not looked for in another file than the published, nor in none', async () => {
    expect(await look(published({ ...honest, due: 20 }))).toEqual({ found: 'otherFile' });
    expect(await look(async () => Promise.reject(new TypeError('offline')))).toEqual({
      found: 'offline',
    });
    expect(await look(async () => new Response('', { status: 503 }))).toEqual({ found: 'offline' });
  });
});

describe('what the rule makes of the counts', () => {
  test.each([
    [19, 11, false],
    [19, 12, true],
    [15, 9, false],
    [15, 10, true],
    [10, 6, false],
    [10, 7, true],
    [3045, 1827, false],
    [3045, 1828, true],
  ])('of %i attending, %i against: %s', (attending, against, recalled) => {
    expect(recallOf(against, attending).recalled).toBe(recalled);
  });

  it('is the same for the browser, the command and the server, in elections and run-offs', () => {
    const votes = fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 8 });
    const least = fc.constantFrom(0 as const, 1 as const);
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 4 }), least, (numbers, places, fewest) => {
        const options = numbers.map((_, at) => ({ id: `seat${at}`, label: `seat${at}` }));
        const counts = Object.fromEntries(numbers.map((number, at) => [`seat${at}`, number]));
        const paper = { kind: 'choose' as const, options, least: 0, most: places };
        const rule = { kind: 'most' as const, places, least: fewest };
        const outcome = electedOf(options, counts, rule);
        expect(mostVotes(paper, new Map(Object.entries(counts)), rule)).toEqual(outcome);
        const papers = numbers.flatMap((number, at) => Array(number).fill([`seat${at}`]));
        const ids = options.map(({ id }) => id);
        const decided = (fewest === 0 ? tallyRunOff : tally)(papers, ids, places);
        const named = (all: readonly { label: string }[]) => new Set(all.map(({ label }) => label));
        expect(named(outcome.elected)).toEqual(new Set(decided.elected));
        expect(named(outcome.tied)).toEqual(new Set(decided.tied));
      }),
      { numRuns: 500 },
    );
  });
});

describe.concurrent('what was typed', () => {
  test.each([
    [[], '用法'],
    [['nothing.json'], '打不开 nothing.json'],
    [['nothing.json', '--what'], '用法'],
    [['nothing.json', 'another.json'], '用法'],
  ])('%j', async (args, words) => {
    const { code, output } = await folder.run(args);
    expect(output).toContain(words);
    expect(code).toBe(1);
  });
});
