import { expect, it } from 'vitest';
import type { SessionBallot } from '../../site/islands/salon/ballots/read.ts';
import { isFresh, lastOver } from '../../site/islands/salon/sessions/screen/outcome.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString();
const ballot = (
  state: SessionBallot['state'],
  castFrom: string | null = at(30),
): SessionBallot => ({
  ...{
    id: state,
    kind: 'evaluation',
    title: '',
    runOff: 0,
    state,
    fingerprint: '',
    secondId: null,
  },
  ...{ attending: 19, taken: 19, declined: 0, announcedAt: null, mayCloseAt: null },
  ...{ castFrom, castUntil: null, voidReason: null, scrutineer: null },
  ...{ waiting: null, absent: null, mine: null, mayPreside: false },
});

it('the latest ballot, once it is over', () => {
  const of = (...states: readonly SessionBallot['state'][]) =>
    lastOver({ ballots: states.map((state) => ballot(state)), callable: null })?.state;
  expect(of()).toBe(undefined);
  expect(of('decided')).toBe('decided');
  expect(of('decided', 'void')).toBe('void');
  expect(of('decided', 'taking')).toBe(undefined);
  expect(of('decided', 'casting')).toBe(undefined);
});

it('the room sees the result until the agenda goes on', () => {
  const fresh = (since: number | undefined, state: 'open' | 'closed' = 'open', castFrom?: null) =>
    isFresh(ballot('decided', castFrom), {
      state,
      current: since === undefined ? null : { item: 'one', since: at(since) },
    });
  expect(fresh(undefined)).toBe(true);
  expect(fresh(10)).toBe(true);
  expect(fresh(30)).toBe(true);
  expect(fresh(31)).toBe(false);
  // Void before anybody cast.
  expect(fresh(31, 'open', null)).toBe(true);
  expect(fresh(10, 'closed')).toBe(false);
});
