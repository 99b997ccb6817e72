import { setImmediate } from 'node:timers';
import { sql } from 'drizzle-orm';
import { isOpen, type Orm, type Tx } from '../../db/client.ts';
import { isBusy, isFull } from '../../db/constraints.ts';
import { patiently } from './patience.ts';
import { CORE, Refused } from './refused.ts';

/** One verb's part of a transaction. */
interface Part {
  /** May be called again, when the transaction before came to nothing. */
  run(tx: Tx): void;
  committed(): void;
  refused(error: unknown): void;
}

/** What is to be written next, by connection. */
const waiting = new WeakMap<Orm, Part[]>();

/**
 * Runs `work` in an immediate transaction, which it shares with whatever else came in the same turn
 * of the event loop: the disk confirms a commit some thousand times a second and no more. Each has
 * a savepoint of its own, and nobody is answered before all is on the disk.
 * @param work must not await
 * @throws {Refused} busy or diskFull, besides what `work` throws; nothing of it is written then
 */
export function inTransaction<T>(orm: Orm, work: (tx: Tx) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    let result: { readonly value: T } | undefined;
    const part: Part = {
      run: (tx) => {
        result = { value: work(tx) };
      },
      committed: () => (result ? resolve(result.value) : reject(new Error('Nothing was run'))),
      refused: (error) => reject(isFull(error) ? new Refused(CORE.diskFull) : error),
    };
    const others = waiting.get(orm);
    if (others) {
      others.push(part);
      return;
    }
    waiting.set(orm, [part]);
    setImmediate(() => commit(orm));
  });
}

async function commit(orm: Orm): Promise<void> {
  const parts = waiting.get(orm) ?? [];
  waiting.delete(orm);
  try {
    const attempt = (tx: Tx) => runAll(orm, tx, parts);
    const errors = await patiently(() => orm.transaction(attempt, { behavior: 'immediate' }));
    for (const part of parts) {
      const failed = errors.get(part);
      if (failed) part.refused(failed.error);
      else part.committed();
    }
  } catch (error) {
    for (const part of parts) part.refused(error);
  }
}

/** @returns what went wrong with those that are undone; the others stand */
function runAll(orm: Orm, tx: Tx, parts: readonly Part[]): Map<Part, { readonly error: unknown }> {
  const errors = new Map<Part, { readonly error: unknown }>();
  for (const part of parts) {
    tx.run(sql`SAVEPOINT part`);
    try {
      part.run(tx);
    } catch (error) {
      // A full disk may end the whole transaction by itself; then nobody's part stands.
      if (isBusy(error) || !isOpen(orm)) throw error;
      errors.set(part, { error });
      tx.run(sql`ROLLBACK TO part`);
    }
    tx.run(sql`RELEASE part`);
  }
  return errors;
}
