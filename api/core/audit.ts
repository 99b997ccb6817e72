import { createHash } from 'node:crypto';
import { desc } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/client.ts';
import { audit, auditHead } from '../../db/schema/index.ts';
import type { Context } from './context.ts';
import { type Secret, sameText } from './secret.ts';
import { touch } from './write.ts';

/** One thing done. Names rows by id only: no name, phone or text, which could not be erased. */
export interface AuditEntry {
  readonly action: string;
  readonly salonId?: string;
  /** The id of what it was done to. */
  readonly subject?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

type Row = typeof audit.$inferSelect;
type Facts = Omit<Row, 'hash'>;

/** What stands before the first row. */
const ORIGIN = '0'.repeat(64);

function hashOf(row: Facts, previous: string): string {
  const { seq, at, salonId, actorId, action, subject, detail } = row;
  const facts = JSON.stringify([seq, at, salonId, actorId, action, subject, detail, previous]);
  return createHash('sha256').update(facts).digest('hex');
}

const sealOf = (secret: Secret, seq: number, hash: string): string =>
  secret.digest('audit', `${seq} ${hash}`);

/** Adds a row to the chain. In the transaction of the deed itself: both are there or neither. */
export function record(tx: Tx, ctx: Context, entry: AuditEntry): void {
  const last = tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.seq))
    .limit(1)
    .get();
  const facts: Facts = {
    seq: (last?.seq ?? 0) + 1,
    at: ctx.clock(),
    salonId: entry.salonId ?? null,
    actorId: ctx.actor?.personId ?? null,
    action: entry.action,
    subject: entry.subject ?? '',
    detail: JSON.stringify(entry.detail ?? {}),
  };
  const hash = hashOf(facts, last?.hash ?? ORIGIN);
  tx.insert(audit)
    .values({ ...facts, hash })
    .run();
  const head = { seq: facts.seq, seal: sealOf(ctx.secret, facts.seq, hash) };
  tx.insert(auditHead)
    .values({ onlyRow: 1, ...head })
    .onConflictDoUpdate({ target: auditHead.onlyRow, set: head })
    .run();
  if (entry.salonId) touch(tx, entry.salonId);
}

export type AuditFault =
  | { readonly kind: 'missing'; readonly seq: number }
  | { readonly kind: 'altered'; readonly seq: number }
  | { readonly kind: 'cut'; readonly seq: number }
  | { readonly kind: 'unsealed'; readonly seq: number };

/**
 * Reads the whole chain. A changed or inserted row breaks its own hash or the next one's; a removed
 * one leaves a gap; a cut end or a chain made anew does not fit the seal.
 * @returns the number of rows, and the first fault if there is one
 */
export function verifyAudit(
  reader: Reader,
  secret: Secret,
): { rows: number; fault: AuditFault | undefined } {
  let previous = ORIGIN;
  let rows = 0;
  for (;;) {
    const page = reader.query.audit
      .findMany({ orderBy: (row, { asc }) => asc(row.seq), offset: rows, limit: 1000 })
      .sync();
    for (const { hash, ...facts } of page) {
      rows += 1;
      if (facts.seq !== rows) return { rows, fault: { kind: 'missing', seq: rows } };
      if (hashOf(facts, previous) !== hash) return { rows, fault: { kind: 'altered', seq: rows } };
      previous = hash;
    }
    if (page.length === 0) break;
  }
  return { rows, fault: sealFault(reader, secret, rows, previous) };
}

function sealFault(
  reader: Reader,
  secret: Secret,
  rows: number,
  lastHash: string,
): AuditFault | undefined {
  const head = reader.select().from(auditHead).get();
  if (!head) return rows === 0 ? undefined : { kind: 'unsealed', seq: rows };
  if (head.seq !== rows) return { kind: 'cut', seq: Math.min(head.seq, rows) + 1 };
  if (!sameText(head.seal, sealOf(secret, rows, lastHash))) return { kind: 'unsealed', seq: rows };
  return undefined;
}
