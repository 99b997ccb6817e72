import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  BALLOT_STATES,
  mayCloseSignIn,
  presiderOf,
  VOID_REASONS,
} from '../../api/salon/ballots/rules.ts';

const MINUTE = 60_000;
const WAIT = 5 * MINUTE;
const ANNOUNCED = Date.parse('2024-02-28T15:30:00+08:00');

describe('§3 closing the sign-in for a ballot', () => {
  test.each([
    ['all have taken, nothing announced', 0, null, 0, 'yes'],
    ['all have taken, just announced', 0, ANNOUNCED, 0, 'yes'],
    ['one is missing, nothing announced', 1, null, 60 * MINUTE, 'announceFirst'],
    ['one is missing, at once', 1, ANNOUNCED, 0, 'wait'],
    ['one is missing, a moment too early', 1, ANNOUNCED, WAIT - 1, 'wait'],
    ['one is missing, after five minutes', 1, ANNOUNCED, WAIT, 'yes'],
    ['all are missing, long after', 19, ANNOUNCED, 60 * MINUTE, 'yes'],
    ['one is missing, the clock was put back', 1, ANNOUNCED, -60 * MINUTE, 'announceFirst'],
  ] as const)('%s', (_, waiting, announcedAt, later, expected) => {
    const now = ANNOUNCED + later;
    expect(mayCloseSignIn({ now, announcedAt, waiting, waitMs: WAIT })).toBe(expected);
  });

  it('waits for a seat as long as it was told, and no longer', () => {
    const waits = fc.record({
      now: fc.integer({ min: ANNOUNCED, max: ANNOUNCED + 3 * WAIT }),
      waiting: fc.integer({ min: 1, max: 3045 }),
      waitMs: fc.integer({ min: 0, max: 2 * WAIT }),
    });
    fc.assert(
      fc.property(waits, ({ now, waiting, waitMs }) => {
        const facts = { now, waiting, waitMs };
        const early = now < ANNOUNCED + waitMs;
        expect(mayCloseSignIn({ ...facts, announcedAt: ANNOUNCED })).toBe(early ? 'wait' : 'yes');
        expect(mayCloseSignIn({ ...facts, announcedAt: null })).toBe('announceFirst');
        expect(mayCloseSignIn({ ...facts, announcedAt: null, waiting: 0 })).toBe('yes');
      }),
    );
  });
});

describe('§3 who closes the sign-in', () => {
  test.each([
    ['a chair who is neither member nor nominee', 's4', ['s1', 's2', 's3'], 'chair'],
    ['a chair who is one', 's2', ['s1', 's2', 's3'], 'host'],
    ['nobody is one', 's2', [], 'chair'],
    ['no chair', null, ['s1'], 'host'],
    ['no chair, and nobody is one', null, [], 'host'],
  ] as const)('%s', (_, chairSeat, interested, expected) => {
    expect(presiderOf({ chairSeat, interested: new Set(interested) })).toBe(expected);
  });
});

describe('§6 ends of a ballot', () => {
  it('are a decision, or void for a reason that is told in a Chinese sentence', () => {
    expect(BALLOT_STATES).toEqual(['taking', 'casting', 'decided', 'void']);
    expect(Object.keys(VOID_REASONS).sort()).toEqual(
      ['keyLost', 'quorum', 'restored', 'tooFew', 'tooMany'].sort(),
    );
    const sentences = Object.values(VOID_REASONS);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/作废.*。$/);
      expect(sentence).not.toMatch(/[,.;:!?()]/);
    }
    expect(VOID_REASONS.tooFew).toContain('不足 3 席');
  });
});
