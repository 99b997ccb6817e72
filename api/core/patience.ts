import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy, isFull } from '../../db/constraints.ts';
import { CORE, Refused } from './refused.ts';

/** How long to wait for another process that holds the database. Milliseconds. */
const PATIENCE_MS = 5000;

/**
 * Does what writes to the database; while another process holds it, tries again between other
 * requests, which SQLite's own waiting would hold up.
 * @param work one statement or transaction; must not await
 * @throws {Refused} busy or diskFull, besides what `work` throws; nothing is written then
 */
export async function patiently<T>(work: () => T): Promise<T> {
  const giveUp = performance.now() + PATIENCE_MS;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    try {
      return work();
    } catch (error) {
      if (isFull(error)) throw new Refused(CORE.diskFull);
      if (!isBusy(error)) throw error;
      if (performance.now() > giveUp) throw new Refused(CORE.busy, { retryAfter: 5 });
    }
    await sleep(pause);
  }
}

/** Housekeeping beside a read, which a locked or full database must not stop. */
export function ifPossible(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isBusy(error) && !isFull(error)) throw error;
  }
}
