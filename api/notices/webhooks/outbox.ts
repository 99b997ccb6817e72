import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { delivery } from '../../../db/schema/index.ts';
import { NOTICE_KINDS, type NoticeKind } from '../kinds.ts';
import { isForRoom } from './concerns.ts';

interface Told {
  readonly seq: number;
  readonly salonId: string;
  readonly kind: NoticeKind;
  readonly at: number;
}

/** One delivery to each webhook of the salon that wants to hear of it, in the event's transaction. */
export function queueForWebhooks(tx: Tx, { seq, salonId, kind, at }: Told): void {
  if (!isForRoom(kind)) return;
  const { group } = NOTICE_KINDS[kind];
  // NULL is its own number, its person, and its dispatch, which is made when it is sent.
  const each = sql`
    SELECT NULL, ${seq}, NULL, id, ${at}, NULL FROM webhook
    WHERE salon_id = ${salonId} AND removed_at IS NULL
      AND EXISTS (SELECT 1 FROM json_each(groups) WHERE value = ${group})`;
  tx.insert(delivery).select(each).run();
}
