import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { drawLots, lotOf } from '../../api/salon/committee/lots.ts';
import {
  afterRunOff,
  COMMITTEE_SIZE,
  type Tally,
  tally,
  tallyRunOff,
} from '../../api/salon/committee/rules.ts';

/** Papers with one name each that give a, b, c … these votes. */
function papersFor(votes: readonly number[]): { candidates: string[]; papers: string[][] } {
  const candidates = votes.map((_, index) => String.fromCharCode(97 + index));
  const papers = votes.flatMap((number, index) =>
    Array.from({ length: number }, () => candidates.slice(index, index + 1)),
  );
  return { candidates, papers };
}

const outcome = ({ elected, tied, open }: Tally): [string, string, number] => [
  elected.join(''),
  tied.join(''),
  open,
];

describe('§4 the count', () => {
  test.each<[string, number[], number, [string, string, number]]>([
    ['clear', [5, 4, 3, 2], 3, ['abc', '', 0]],
    ['exactly three', [5, 4, 1], 3, ['abc', '', 0]],
    ['exactly three, one without a vote', [5, 4, 0], 3, ['ab', '', 0]],
    ['exactly three, two without a vote', [5, 0, 0], 3, ['a', '', 0]],
    ['nobody has a vote', [0, 0, 0, 0], 3, ['', '', 0]],
    ['no candidate', [], 3, ['', '', 0]],
    ['a tie above the cut', [4, 4, 4, 1], 3, ['abc', '', 0]],
    ['a tie below the cut', [5, 4, 3, 2, 2], 3, ['abc', '', 0]],
    ['two for the last place', [5, 4, 3, 3], 3, ['ab', 'cd', 1]],
    ['three for two places', [5, 3, 3, 3, 1], 3, ['a', 'bcd', 2]],
    ['four for all places', [2, 2, 2, 2], 3, ['', 'abcd', 3]],
    ['without a vote beside the tied', [5, 1, 1, 1, 0], 3, ['a', 'bcd', 2]],
    ['not first in the list', [1, 3, 3, 5, 3], 3, ['d', 'bce', 2]],
    ['two who fill the two places left', [5, 3, 3, 0], 3, ['abc', '', 0]],
    ['one place, clear', [3, 2], 1, ['a', '', 0]],
    ['one place, level', [2, 2], 1, ['', 'ab', 1]],
    ['one place, no vote', [0, 0], 1, ['', '', 0]],
  ])('%s', (_, votes, places, expected) => {
    const { candidates, papers } = papersFor(votes);
    const found = tally(papers, candidates, places);
    expect(outcome(found)).toEqual(expected);
    expect([...found.counts]).toEqual(candidates.map((one, index) => [one, votes[index]]));
  });

  it('counts a blank paper for nobody and up to three names of one paper each', () => {
    const papers = [['a', 'b', 'c'], [], ['a'], ['b', 'a']];
    const found = tally(papers, ['a', 'b', 'c', 'd'], 3);
    expect(Object.fromEntries(found.counts)).toEqual({ a: 3, b: 2, c: 1, d: 0 });
    expect(outcome(found)).toEqual(['abc', '', 0]);
  });
});

const CANDIDATES = [...'abcdefg'];
const elections = fc.record({
  candidates: fc.shuffledSubarray(CANDIDATES),
  papers: fc.array(fc.subarray(CANDIDATES, { maxLength: 3 }), { maxLength: 12 }),
  places: fc.integer({ min: 1, max: COMMITTEE_SIZE }),
});

/**
 * The clause said of one candidate alone, without any sorting: sure of a place when those who have
 * as many or more fit in beside, in question when those who have more leave room.
 */
function fateOf(
  one: string,
  candidates: readonly string[],
  papers: readonly (readonly string[])[],
  places: number,
): 'elected' | 'tied' | 'out' {
  const votesOf = (name: string): number =>
    papers.reduce((sum, paper) => sum + paper.filter((each) => each === name).length, 0);
  const own = votesOf(one);
  const others = candidates.filter((other) => other !== one).map(votesOf);
  if (others.filter((votes) => votes >= own).length < places) return 'elected';
  return others.filter((votes) => votes > own).length < places ? 'tied' : 'out';
}

describe('§4 the count of any election', () => {
  it('gives each candidate what the clause says of him alone', () => {
    fc.assert(
      fc.property(elections, ({ candidates, papers, places }) => {
        const { elected, tied } = tally(papers, candidates, places);
        for (const one of candidates) {
          const named = papers.some((paper) => paper.includes(one));
          const fate = named ? fateOf(one, candidates, papers, places) : 'out';
          expect([elected.includes(one), tied.includes(one)], one).toEqual([
            fate === 'elected',
            fate === 'tied',
          ]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('elects with more votes than all others, and never more than there are places', () => {
    fc.assert(
      fc.property(elections, ({ candidates, papers, places }) => {
        const { counts, elected, tied, open } = tally(papers, candidates, places);
        const votes = (one: string): number => counts.get(one) ?? -1;
        const others = candidates.filter((one) => !elected.includes(one));
        for (const one of elected) {
          expect(votes(one)).toBeGreaterThan(Math.max(0, ...others.map(votes)));
        }
        expect(new Set(tied.map(votes)).size).toBeLessThanOrEqual(1);
        expect(elected.length + open).toBeLessThanOrEqual(places);
        // A run-off has something to decide, and fills the committee when it does.
        expect(tied.length > open || (tied.length === 0 && open === 0)).toBe(true);
        if (tied.length > 0) expect(elected.length + open).toBe(places);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not depend on the order of papers, names or candidates', () => {
    const sets = (given: Tally) => [
      new Map([...given.counts].sort()),
      new Set(given.elected),
      new Set(given.tied),
      given.open,
    ];
    fc.assert(
      fc.property(elections, ({ candidates, papers, places }) => {
        const turned = papers.map((paper) => paper.toReversed()).reverse();
        const again = tally(turned, candidates.toSorted(), places);
        expect(sets(again)).toEqual(sets(tally(papers, candidates, places)));
      }),
    );
  });
});

describe('§4 a run-off', () => {
  test.each<[string, number[], number, [string, string, number]]>([
    ['settles it', [5, 4, 1], 2, ['ab', '', 0]],
    ['settles one place of two', [5, 2, 2], 2, ['a', 'bc', 1]],
    ['settles nothing', [3, 3, 3], 2, ['', 'abc', 2]],
    ['nobody wrote a name', [0, 0, 0], 2, ['', 'abc', 2]],
    ['those not named again stay level', [5, 0, 0], 2, ['a', 'bc', 1]],
    ['one not named again', [5, 1, 0], 2, ['ab', '', 0]],
    ['one left for one place, since the other withdrew', [0], 1, ['a', '', 0]],
  ])('%s', (_, votes, places, expected) => {
    const { candidates, papers } = papersFor(votes);
    expect(outcome(tallyRunOff(papers, candidates, places))).toEqual(expected);
  });

  it('leaves no place free: each goes to one elected or stays with the tied', () => {
    const contests = elections.filter(({ candidates, places }) => candidates.length > places);
    fc.assert(
      fc.property(contests, ({ candidates, papers, places }) => {
        const { elected, tied, open } = tallyRunOff(papers, candidates, places);
        expect(elected.length + open).toBe(places);
        expect(tied.length > open || open === 0).toBe(true);
        for (const one of candidates) {
          const found = elected.includes(one) ? 'elected' : tied.includes(one) ? 'tied' : 'out';
          expect(found, one).toBe(fateOf(one, candidates, papers, places));
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [[], 0, 'settled'],
    [['a', 'b'], 0, 'runOff'],
    [['a', 'b'], 1, 'runOff'],
    [['a', 'b'], 2, 'lots'],
    [[], 2, 'settled'],
  ] as const)('with %j tied after %i of them', (tied, runOffs, next) => {
    expect(afterRunOff(tied, runOffs)).toBe(next);
  });
});

const BALLOT = 'k3v9m2q7x4z8b1n6c5d0';
const BULLETIN = createHash('sha256').update('the bulletin’s bytes').digest('hex');

/** By hand: one stretch of bytes laid out, hashed whole. */
function lotByHand(ballot: string, bulletin: string, seat: string): string {
  const hash = Array.from({ length: 32 }, (_, at) =>
    Number.parseInt(bulletin.slice(2 * at, 2 * at + 2), 16),
  );
  const text = new TextEncoder();
  const bytes = Uint8Array.from([...text.encode(ballot), ...hash, ...text.encode(seat)]);
  return createHash('sha256').update(bytes).digest('hex');
}

describe('§4 lots', () => {
  const seats = Array.from({ length: 6 }, (_, index) => `seat-${index + 1}`);

  it('are SHA-256 over ballot id, the bulletin’s 32 bytes and seat id', () => {
    for (const seat of [...seats, '席位']) {
      expect(lotOf(BALLOT, BULLETIN, seat)).toBe(lotByHand(BALLOT, BULLETIN, seat));
    }
    expect(lotOf(BALLOT, BULLETIN.toUpperCase(), 'seat-1')).toBe(lotOf(BALLOT, BULLETIN, 'seat-1'));
  });

  it('go to the lowest, in their order', () => {
    const sorted = seats
      .map((seat) => [lotByHand(BALLOT, BULLETIN, seat), seat] as const)
      .sort()
      .map(([, seat]) => seat);
    // Otherwise the order given would pass for the order drawn.
    expect(sorted).not.toEqual(seats);
    for (const places of [0, 1, 2, 5]) {
      expect(drawLots(BALLOT, BULLETIN, seats, places)).toEqual(sorted.slice(0, places));
    }
  });

  it('fall differently with another bulletin and another ballot', () => {
    const other = createHash('sha256').update('another').digest('hex');
    const drawn = drawLots(BALLOT, BULLETIN, seats, 6);
    expect(drawLots(BALLOT, other, seats, 6)).not.toEqual(drawn);
    expect(drawLots([...BALLOT].reverse().join(''), BULLETIN, seats, 6)).not.toEqual(drawn);
  });

  it('do not depend on the order in which the tied come', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => bytes.toHex());
    const tied = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2 });
    fc.assert(
      fc.property(hash, tied, fc.nat(3), (bulletin, names, places) => {
        const drawn = drawLots(BALLOT, bulletin, names, places);
        expect(drawLots(BALLOT, bulletin, names.toReversed(), places)).toEqual(drawn);
        expect(drawLots(BALLOT, bulletin, names.toSorted(), places)).toEqual(drawn);
        expect(drawn).toHaveLength(Math.min(places, names.length));
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['too short', BULLETIN.slice(2)],
    ['too long', `${BULLETIN}00`],
    ['no hex', `${BULLETIN.slice(0, 62)}zz`],
    ['a line more', `${BULLETIN}\n`],
  ])('are not drawn from a hash that is none: %s', (_, hash) => {
    expect(() => drawLots(BALLOT, hash, seats, 1)).toThrow(RangeError);
  });
});
