import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { dispatch } from '../../../db/schema/index.ts';
import { MOST_TRIES } from '../rules.ts';
import type { Dispatch } from './take.ts';
import type { Outcome } from './types.ts';

/**
 * Writes down what became of a try; nothing where the message is gone, as with an erased account.
 * @param before as it was when it was taken
 * @returns whether it was written
 */
export function recordOutcome(tx: Tx, before: Dispatch, outcome: Outcome, now: number): boolean {
  const set = consequence(before, outcome, now);
  const same = and(eq(dispatch.id, before.id), eq(dispatch.state, 'waiting'));
  return tx.update(dispatch).set(set).where(same).run().changes > 0;
}

function consequence(before: Dispatch, outcome: Outcome, now: number): Partial<Dispatch> {
  if (outcome.is === 'accepted') return { state: 'accepted', doneAt: now, trouble: null };
  const { trouble } = outcome;
  if (outcome.is === 'refused' || before.tries + 1 >= MOST_TRIES)
    return { state: 'given up', doneAt: now, trouble };
  // A later failure does not take the doubt from an earlier try.
  return { trouble, inDoubt: before.inDoubt || outcome.inDoubt };
}
