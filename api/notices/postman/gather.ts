import { setImmediate as others } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { Orm, Tx } from '../../../db/client.ts';
import { newId } from '../../core/id.ts';
import { patiently } from '../../core/patience.ts';
import { FAR_AHEAD } from '../rules.ts';

/** Whom something is for; each kind of receiver has a lane of its own. */
export type Receiver = 'person' | 'webhook';
export const RECEIVER_COLUMN: Readonly<Record<Receiver, SQL>> = {
  person: sql`person_id`,
  webhook: sql`webhook_id`,
};

/** Receivers for whom a message is begun in one transaction. */
const AT_ONCE = 500;

const due = (now: number): SQL => sql`(due_at <= ${now} OR due_at > ${now + FAR_AHEAD})`;

/** The message that waits for the receiver of the row o, and may still become longer. */
const open = (column: SQL): SQL =>
  sql`(SELECT w.id FROM dispatch w WHERE w.${column} = o.${column} AND w.state = 'waiting' AND w.in_doubt = 0)`;

/**
 * Puts what is due into messages: one for each receiver, or the one that waits for them already.
 * Behind a message that may have arrived, it stays for the next.
 */
export async function gather(orm: Orm, receiver: Receiver, now: number): Promise<void> {
  const column = RECEIVER_COLUMN[receiver];
  const waits = sql`o.dispatch_id IS NULL AND o.${column} IS NOT NULL AND ${due(now)}`;
  if (!orm.get(sql`SELECT 1 FROM delivery o WHERE ${waits} LIMIT 1`)) return;
  for (let begun = AT_ONCE; begun === AT_ONCE; ) {
    begun = await patiently(() =>
      orm.transaction(
        (tx) => {
          const count = begin(tx, column, waits, now);
          tx.run(sql`UPDATE delivery AS o SET dispatch_id = ${open(column)}
            WHERE ${waits} AND ${open(column)} IS NOT NULL`);
          return count;
        },
        { behavior: 'immediate' },
      ),
    );
    await others();
  }
}

/** @returns how many messages were begun, for receivers who have none */
function begin(tx: Tx, column: SQL, waits: SQL, now: number): number {
  const receivers = tx.all<{ id: string }>(sql`
    SELECT DISTINCT o.${column} AS id FROM delivery o WHERE ${waits} AND NOT EXISTS
      (SELECT 1 FROM dispatch w WHERE w.${column} = o.${column} AND w.state = 'waiting')
    LIMIT ${AT_ONCE}`);
  const made = JSON.stringify(receivers.map(({ id }) => [newId(), id]));
  tx.run(sql`INSERT INTO dispatch (id, ${column}, state, made_at, next_at)
    SELECT value ->> 0, value ->> 1, 'waiting', ${now}, ${now} FROM json_each(${made})`);
  return receivers.length;
}
