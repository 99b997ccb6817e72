import { describe, expect, it, test } from 'vitest';
import {
  COMMITTEE_SIZE,
  type CommitteeFacts,
  dueAtSession,
  ELECTION_EVENTS,
  ELECTION_KINDS,
  ELECTION_STATES,
  type ElectionEvent,
  type ElectionKind,
  type ElectionState,
  isPending,
  nominationsOutcome,
  transition,
} from '../../api/salon/committee/rules.ts';

describe('§4 nominations', () => {
  test.each([
    ['nobody', 0, 3, false, 'extend'],
    ['one too few', 2, 3, false, 'extend'],
    ['exactly three, voted on all the same', 3, 3, false, 'ready'],
    ['more', 7, 3, false, 'ready'],
    ['one too few, once more', 2, 3, true, 'lapse'],
    ['three after the extension', 3, 3, true, 'ready'],
    ['nobody for one place', 0, 1, false, 'extend'],
    ['nobody for one place, once more', 0, 1, true, 'lapse'],
    ['one for one place', 1, 1, false, 'ready'],
    ['one for two places', 1, 2, false, 'extend'],
    ['two for two places', 2, 2, true, 'ready'],
  ] as const)('%s', (_, accepted, places, extended, outcome) => {
    expect(nominationsOutcome({ accepted, places, extended })).toBe(outcome);
  });

  it('are for a committee of three, and end in a step that the election has', () => {
    expect(COMMITTEE_SIZE).toBe(3);
    const end = (state: 'nominating' | 'extended', accepted: number) => {
      const extended = state === 'extended';
      const outcome = nominationsOutcome({ accepted, places: COMMITTEE_SIZE, extended });
      return transition(state, outcome, 'first');
    };
    expect([2, 3].map((accepted) => end('nominating', accepted))).toEqual(['extended', 'ready']);
    expect([2, 3].map((accepted) => end('extended', accepted))).toEqual(['lapsed', 'ready']);
  });
});

/** From, what happens, of which kind, to. Whatever is not here is an error. */
const STEPS: readonly (readonly [ElectionState, ElectionEvent, 'any' | 'by', ElectionState])[] = [
  ['nominating', 'extend', 'any', 'extended'],
  ['nominating', 'ready', 'any', 'ready'],
  ['nominating', 'drop', 'by', 'dropped'],
  ['extended', 'ready', 'any', 'ready'],
  ['extended', 'lapse', 'any', 'lapsed'],
  ['extended', 'drop', 'by', 'dropped'],
  ['ready', 'decide', 'any', 'decided'],
  ['ready', 'lapse', 'any', 'lapsed'],
  ['ready', 'drop', 'by', 'dropped'],
];
const allSteps = ELECTION_STATES.flatMap((from) =>
  ELECTION_EVENTS.flatMap((event) => ELECTION_KINDS.map((kind) => [from, event, kind] as const)),
);
const wanted = (from: ElectionState, event: ElectionEvent, kind: ElectionKind) =>
  STEPS.find((one) => one[0] === from && one[1] === event && ['any', kind].includes(one[2]))?.[3];

describe('§4 an election', () => {
  it('is asked for every state, event and kind', () => {
    expect(allSteps).toHaveLength(6 * 5 * 4);
    expect(allSteps.filter((step) => wanted(...step) !== undefined)).toHaveLength(6 * 4 + 3);
  });

  test.each(allSteps)('%s, %s, of the kind %s', (from, event, kind) => {
    expect(transition(from, event, kind)).toBe(wanted(from, event, kind));
  });

  it('is pending until it has ended one way or another', () => {
    const steps = (from: ElectionState) => STEPS.filter((one) => one[0] === from).length;
    for (const state of ELECTION_STATES) expect(isPending(state)).toBe(steps(state) > 0);
  });
});

const election = (
  kind: ElectionKind,
  state: ElectionState,
): { readonly kind: ElectionKind; readonly state: ElectionState } => ({ kind, state });

/** In office since the end of August; the first evaluation is due on 2024-02-29. */
const facts = (given: Partial<CommitteeFacts>): CommitteeFacts => ({
  day: '2024-02-28',
  members: 3,
  officeBeganOn: '2023-08-31',
  held: 0,
  election: null,
  ...given,
});
const DUE = '2024-02-29';

describe('§4–5 what a session holds', () => {
  test.each<[string, Partial<CommitteeFacts>, ReturnType<typeof dueAtSession>]>([
    ['the day before', {}, undefined],
    ['on the day', { day: DUE }, 'evaluation'],
    ['at the first session after it', { day: '2024-04-28' }, 'evaluation'],
    ['the second, the day before', { day: '2024-08-30', held: 1 }, undefined],
    ['the second, though the first was late', { day: '2024-08-31', held: 1 }, 'evaluation'],
    ['with two members', { day: DUE, members: 2 }, 'evaluation'],
    ['with one member', { day: DUE, members: 1 }, 'fullElectionInstead'],
    ['with no member', { day: DUE, members: 0 }, 'fullElectionInstead'],
    ['with one member, the day before', { members: 1 }, undefined],
  ])('evaluation: %s', (_, given, expected) => {
    expect(dueAtSession(facts(given))).toBe(expected);
  });

  const none = { members: 0, officeBeganOn: null };
  const one = { day: DUE, members: 1 };
  test.each<[string, Partial<CommitteeFacts>, ReturnType<typeof dueAtSession>]>([
    ['none called, nobody in office', none, undefined],
    ['the first, nominating', { ...none, election: election('first', 'nominating') }, undefined],
    ['the first, extended', { ...none, election: election('first', 'extended') }, undefined],
    ['the first, ready', { ...none, election: election('first', 'ready') }, 'election'],
    ['after a recall, ready', { ...none, election: election('again', 'ready') }, 'election'],
    ['the first, lapsed', { ...none, election: election('first', 'lapsed') }, undefined],
    ['decided before', { election: election('first', 'decided') }, undefined],
    ['evaluation after it', { day: DUE, election: election('first', 'decided') }, 'evaluation'],
    ['by-election', { members: 2, election: election('by', 'ready') }, 'election'],
    ['by-election not ready', { members: 2, election: election('by', 'nominating') }, undefined],
    [
      'by-election waits for the evaluation',
      { day: DUE, members: 2, election: election('by', 'ready') },
      'evaluation',
    ],
    [
      'by-election after the evaluation',
      { day: '2024-03-28', members: 2, held: 1, election: election('by', 'ready') },
      'election',
    ],
    [
      'full one in place of by-election and evaluation',
      { ...one, election: election('by', 'ready') },
      'fullElectionInstead',
    ],
    ['full one, called', { ...one, election: election('full', 'nominating') }, undefined],
    ['full one, extended', { ...one, election: election('full', 'extended') }, undefined],
    ['full one, ready', { ...one, election: election('full', 'ready') }, 'election'],
    [
      'full one, lapsed: called again',
      { ...one, election: election('full', 'lapsed') },
      'fullElectionInstead',
    ],
  ])('election: %s', (_, given, expected) => {
    expect(dueAtSession(facts(given))).toBe(expected);
  });
});
