import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { replay } from '../../db/schema/index.ts';
import type { Context } from './context.ts';
import { CORE, Refused } from './refused.ts';
import { inTransaction } from './sharing.ts';

/** The salons that whoever runs in each open transaction has changed. */
const touched = new WeakMap<Tx, Set<string>>();

/** Lets the open pages of this salon know, once the transaction is committed; `record` does it too. */
export function touch(tx: Tx, salonId: string): void {
  touched.get(tx)?.add(salonId);
}

/**
 * Runs one verb as one transaction. SQLite is synchronous here, so no other request comes between;
 * `work` must not await. A second request with the same Idempotency-Key by the same person
 * is given the first one's result, and changes nothing.
 * @param verb its name and input, which tell a retry from another request under the same key
 * @throws {Refused} busy, diskFull or replayMismatch, besides what `work` throws; nothing is written
 */
export async function write<T>(
  ctx: Context,
  verb: { readonly name: string; readonly input: unknown },
  work: (tx: Tx) => T,
): Promise<T> {
  let salons = new Set<string>();
  const result = await inTransaction(ctx.db.orm, (tx) => {
    // A try that met a lock is undone, and what it touched with it.
    salons = new Set();
    touched.set(tx, salons);
    return replayed(tx, ctx, verb, work);
  });
  ctx.changes.count += 1;
  for (const salonId of salons) ctx.live.changed(salonId);
  return result;
}

function replayed<T>(
  tx: Tx,
  ctx: Context,
  verb: { readonly name: string; readonly input: unknown },
  work: (tx: Tx) => T,
): T {
  const personId = ctx.actor?.personId;
  const key = ctx.replayKey;
  if (!personId || !key) return work(tx);
  const request = createHash('sha256')
    .update(JSON.stringify([verb.name, verb.input]))
    .digest('base64url');
  const earlier = tx
    .select()
    .from(replay)
    .where(and(eq(replay.personId, personId), eq(replay.key, key)))
    .get();
  if (earlier) {
    if (earlier.request !== request) throw new Refused(CORE.replayMismatch);
    return JSON.parse(ctx.secret.unseal('replay', earlier.sealedResult)).result as T;
  }
  const result = work(tx);
  const sealedResult = ctx.secret.seal('replay', JSON.stringify({ result }));
  tx.insert(replay).values({ personId, key, request, sealedResult, createdAt: ctx.clock() }).run();
  return result;
}
