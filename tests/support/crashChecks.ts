import { expect } from 'vitest';
import type { CrashRound } from './crash.ts';

/** What must hold after every round, however the kill fell. */
export function expectNothingLost(round: CrashRound, writes: number): void {
  const { before, afterKill, all, replayed, atEnd } = round;
  // The kill came in the middle.
  expect(before.size).toBeGreaterThan(0);
  expect(before.size).toBeLessThan(writes);
  // Every acknowledged write is there, whole, as the kill left the file.
  for (const [userName, { personId }] of before) {
    expect([userName, afterKill.whole.get(userName)]).toEqual([userName, personId]);
  }
  // What was not acknowledged is there whole or not at all.
  expect(afterKill.persons).toBe(afterKill.whole.size);
  expect(afterKill.integrity).toBe('ok');
  expect(afterKill.auditFault).toBeUndefined();
  // After the retries all are there, each once, under the id that was answered.
  expect(all.size).toBe(writes);
  expect(new Map([...all].map(([name, { personId }]) => [name, personId]))).toEqual(
    new Map(atEnd.whole),
  );
  expect(atEnd.persons).toBe(writes);
  expect(atEnd.integrity).toBe('ok');
  expect(atEnd.auditFault).toBeUndefined();
  // A retry across the crash gets the first answer, with the same one-time link.
  expect(replayed.length).toBeGreaterThan(0);
  for (const { first, again } of replayed) expect(again).toBe(first);
}
