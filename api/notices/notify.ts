import { statement, type Tx } from '../../db/client.ts';
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

const put = statement<{ readonly seq: number }>(`
  INSERT INTO notice (salon_id, kind, data, at, once) VALUES (@salonId, @kind, @data, @at, @once)
  ON CONFLICT DO NOTHING RETURNING seq`);
const putIn = statement(`
  INSERT INTO inbox (person_id, notice_seq) SELECT value, @seq FROM json_each(@people)`);

/**
 * Tells people of an event, in the event's own transaction: one row for the event, one in the
 * inbox of each, and one in the outbox for each who wants a mail and for each group chat. Their open pages hear of it.
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
  const row = { salonId, kind, data: JSON.stringify(data), at };
  const made = put(tx).get({ ...row, once: once ?? null });
  if (!made) return false;
  // One statement however many they are: a salon may have thousands of seats.
  putIn(tx).run({ seq: made.seq, people: JSON.stringify(people) });
  putOut(tx, ctx, { seq: made.seq, kind, at, people });
  queueForWebhooks(tx, { seq: made.seq, salonId, kind, at });
  touch(tx, salonId);
  return true;
}
