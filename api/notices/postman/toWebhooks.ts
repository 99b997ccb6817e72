import { eq } from 'drizzle-orm';
import { webhook } from '../../../db/schema/index.ts';
import type { LaneOptions } from './lane.ts';
import type { WebhookSender } from './types.ts';

type Webhook = typeof webhook.$inferSelect;

/** As many notices as a robot's message holds. */
const MOST_ITEMS = 10;
/** One that hangs leaves the others three. */
const WIDTH = 4;

/** Several at the same time, since each is another's server. */
export function toWebhooks(
  send: WebhookSender,
): Pick<LaneOptions<Webhook>, 'receiver' | 'width' | 'gap' | 'look' | 'send' | 'after'> {
  return {
    receiver: 'webhook',
    width: WIDTH,
    gap: 0,
    look(tx, { webhookId }, rows) {
      const to = tx
        .select()
        .from(webhook)
        .where(eq(webhook.id, webhookId ?? ''))
        .get();
      if (!to || to.removedAt !== null) return undefined;
      return { to, rows: rows.slice(0, MOST_ITEMS), later: rows.slice(MOST_ITEMS) };
    },
    send: ({ dispatch: { id }, to, items }) => send({ id, webhook: to }, items),
    after(tx, { to }, outcome, now) {
      const set =
        outcome.is === 'accepted' ? { lastOkAt: now, trouble: null } : { trouble: outcome.trouble };
      tx.update(webhook).set(set).where(eq(webhook.id, to.id)).run();
    },
  };
}
