import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  isSupportable,
  judge,
  rank,
  reviewer,
  TOPIC_EVENTS,
  TOPIC_STATES,
  type TopicEvent,
  type TopicState,
  transition,
} from '../../api/salon/topics/rules.ts';

/**
 * The table of §2, line by line and in its own words: from, what happens, how often it was passed
 * over before, to. Whatever is not here is an error.
 */
const STEPS: readonly (readonly [TopicState, TopicEvent, 'any' | 0 | 1, TopicState])[] = [
  ['draft', 'propose', 'any', 'proposed'],
  ['draft', 'withdraw', 'any', 'withdrawn'],
  ['proposed', 'voteOpens', 'any', 'on-ballot'],
  ['proposed', 'withdraw', 'any', 'withdrawn'],
  ['proposed', 'decline', 'any', 'declined'],
  ['on-ballot', 'confirm', 'any', 'confirmed'],
  ['on-ballot', 'passOver', 0, 'rolled-over'],
  ['on-ballot', 'passOver', 1, 'lapsed'],
  ['rolled-over', 'roundOpens', 'any', 'on-ballot'],
  ['rolled-over', 'withdraw', 'any', 'withdrawn'],
  ['confirmed', 'schedule', 'any', 'scheduled'],
  ['scheduled', 'sessionCloses', 'any', 'discussed'],
  ['scheduled', 'sessionCancelled', 'any', 'confirmed'],
  ['discussed', 'minutesPublished', 'any', 'closed'],
];

const allSteps = TOPIC_STATES.flatMap((from) =>
  TOPIC_EVENTS.flatMap((event) => [0, 1].map((before) => [from, event, before] as const)),
);

const wanted = (from: TopicState, event: TopicEvent, before: number): TopicState | undefined =>
  STEPS.find((one) => one[0] === from && one[1] === event && [before, 'any'].includes(one[2]))?.[3];

describe('§2 transitions', () => {
  it('are asked for every state, event and count', () => {
    expect(allSteps).toHaveLength(11 * 11 * 2);
    const legal = allSteps.filter((step) => wanted(...step) !== undefined);
    expect(legal).toHaveLength(2 * 12 + 2);
  });

  test.each(allSteps)('%s, %s, passed over %i times before', (from, event, before) => {
    expect(transition(from, event, before)).toBe(wanted(from, event, before));
  });

  it('lapse at the second passing over and at any later one', () => {
    const lapses = (before: number) => transition('on-ballot', 'passOver', before) === 'lapsed';
    fc.assert(fc.property(fc.nat(100), (before) => lapses(before) === before > 0));
  });

  it('lead from draft to every state, and nowhere from the four ends', () => {
    const reached = new Set<TopicState>(['draft']);
    for (const from of reached) {
      for (const [one, , , to] of STEPS) if (one === from) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...TOPIC_STATES].sort());
    const ends = TOPIC_STATES.filter((from) =>
      TOPIC_EVENTS.every((event) => transition(from, event) === undefined),
    );
    expect(ends.sort()).toEqual(['closed', 'declined', 'lapsed', 'withdrawn']);
  });

  it('can be supported as long as they stand for a vote', () => {
    const supportable = TOPIC_STATES.filter(isSupportable);
    expect(supportable.sort()).toEqual(['on-ballot', 'proposed', 'rolled-over']);
  });
});

const ranks = (votes: readonly number[]): [number, number][] =>
  rank(votes.map((count) => ({ votes: count }))).map((one) => [one.votes, one.rank]);

describe('§2 ranks', () => {
  test.each<[string, number[], [number, number][]]>([
    ['nobody', [], []],
    ['one alone', [0], [[0, 1]]],
    [
      'clear ones',
      [2, 7, 5],
      [
        [7, 1],
        [5, 2],
        [2, 3],
      ],
    ],
    [
      'two first',
      [5, 3, 5],
      [
        [5, 1],
        [5, 1],
        [3, 3],
      ],
    ],
    [
      'a tie in the middle',
      [9, 4, 4, 1],
      [
        [9, 1],
        [4, 2],
        [4, 2],
        [1, 4],
      ],
    ],
    [
      'without a single vote',
      [0, 0, 0],
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
    ],
  ])('%s', (_, votes, expected) => {
    expect(ranks(votes)).toEqual(expected);
  });

  it('are the place in the sorted list at which the same number stands first', () => {
    const votes = fc.array(fc.nat(12), { maxLength: 20 });
    fc.assert(
      fc.property(votes, (counts) => {
        const sorted = [...counts].sort((a, b) => b - a);
        expect(ranks(counts)).toEqual(sorted.map((one) => [one, sorted.indexOf(one) + 1]));
      }),
    );
  });

  it('do not depend on the order in which the topics come', () => {
    const topics = fc.uniqueArray(fc.record({ id: fc.nat(50), votes: fc.nat(5) }), {
      selector: ({ id }) => id,
      maxLength: 12,
    });
    const byId = (given: readonly { id: number; votes: number }[]) =>
      new Map(rank(given).map((one) => [one.id, one.rank]));
    fc.assert(
      fc.property(topics, (given) => {
        expect(byId(given.toReversed())).toEqual(byId(given));
      }),
    );
  });
});

describe('§2 decision', () => {
  const clear = [
    { id: 'a', rank: 1 },
    { id: 'b', rank: 2 },
    { id: 'c', rank: 3 },
  ];
  const tied = [
    { id: 'a', rank: 1 },
    { id: 'b', rank: 1 },
    { id: 'c', rank: 3 },
  ];
  test.each([
    ['the first', clear, ['a'], '', 'fine'],
    ['the first, with a note all the same', clear, ['a'], '因为', 'fine'],
    ['the second alone', clear, ['b'], '', 'reasonNeeded'],
    ['the second alone, with a reason', clear, ['b'], '因为', 'fine'],
    ['the first and the second', clear, ['a', 'b'], '', 'reasonNeeded'],
    ['the first and the second, with a reason', clear, ['a', 'b'], '因为', 'fine'],
    ['none', clear, [], '', 'reasonNeeded'],
    ['none, with a reason', clear, [], '因为', 'fine'],
    ['one of two that are first', tied, ['b'], '', 'fine'],
    ['both that are first', tied, ['a', 'b'], '', 'fine'],
    ['the third beside both first', tied, ['a', 'b', 'c'], '', 'reasonNeeded'],
    ['one that is not on the ballot', clear, ['x'], '因为', 'notOnBallot'],
    ['the first and one that is not on the ballot', clear, ['a', 'x'], '因为', 'notOnBallot'],
    ['anything of an empty ballot', [], ['a'], '因为', 'notOnBallot'],
  ] as const)('%s', (_, ballot, confirm, note, expected) => {
    expect(judge(ballot, confirm, note)).toBe(expected);
  });
});

describe('§2 who reviews', () => {
  test.each([
    ['in the pilot stage', 2, 3, 3, 'host'],
    ['after it, with a whole committee', 3, 3, 3, 'committee'],
    ['with two members', 3, 3, 2, 'committee'],
    ['with one member', 3, 3, 1, 'host'],
    ['before the first election', 3, 3, 0, 'host'],
    ['where there is no pilot stage', 0, 0, 2, 'committee'],
  ] as const)('%s', (_, published, pilot, members, by) => {
    const found = reviewer(published, pilot, members);
    expect(found.by).toBe(by);
    // The record says so where the host stands in.
    expect(found.note === '').toBe(by === 'committee');
  });
});
