import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { inbox, notice } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { touch } from '../core/write.ts';
import type { NoticeData, NoticeKind } from './kinds.ts';
import { putOut } from './outbox.ts';
import { queueForWebhooks } from './webhooks/outbox.ts';

export interface Notice<K extends NoticeKind> {
  readonly salonId: string;
  readonly kind: K;
  readonly data: NoticeData<K>;
  /** People's ids; who did it is not told of it. */
  readonly to: Iterable<string>;
  /** Of a reminder: what it reminds of. A second one of the same name is not given. */
  readonly once?: string;
}

/**
 * Tells people of an event, in the event's own transaction: one row for the event, one in the
 * inbox of each, and one in the outbox for each who wants a mail. Their open pages hear of it.
 * @returns false when nobody is concerned or the reminder was given before
 */
export function notify<K extends NoticeKind>(
  tx: Tx,
  ctx: Context,
  { salonId, kind, data, to, once }: Notice<K>,
): boolean {
  const people = [...new Set(to)].filter((id) => id !== ctx.actor?.personId);
  if (people.length === 0) return false;
  const at = ctx.clock();
  const row = { salonId, kind, data: data as Record<string, unknown>, at };
  const made = tx
    .insert(notice)
    .values({ ...row, once: once ?? null })
    .onConflictDoNothing()
    .returning({ seq: notice.seq })
    .get();
  if (!made) return false;
  // One statement however many they are: a salon may have thousands of seats.
  const each = sql`SELECT value, ${made.seq}, NULL FROM json_each(${JSON.stringify(people)})`;
  tx.insert(inbox).select(each).run();
  putOut(tx, ctx, { seq: made.seq, kind, at, people });
  touch(tx, salonId);
  queueForWebhooks(tx, { seq: made.seq, salonId, kind, at });
  return true;
}
