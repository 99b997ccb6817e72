import { and, count, eq } from 'drizzle-orm';
import { support, topic } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { allowOnTopic } from './find.ts';
import { isSupportable } from './rules.ts';

/**
 * 附议, or no longer. Saying the same twice changes nothing.
 * @returns how many seats support it now
 * @throws {Refused} notASeat, notSupportable
 */
export function supportTopic(
  ctx: Context,
  slug: string,
  topicId: string,
  wanted: boolean,
): Promise<{ supports: number }> {
  return write(ctx, { name: 'topic.support', input: [slug, topicId, wanted] }, (tx) => {
    const { salon, topic: found, seat } = allowOnTopic(tx, ctx, 'topic.support', slug, topicId);
    if (!seat) throw new Refused(SALON.notASeat);
    if (!isSupportable(found.state)) throw new Refused(SALON.notSupportable);
    const row = { topicId, seatId: seat };
    const { changes } = wanted
      ? tx.insert(support).values(row).onConflictDoNothing().run()
      : tx
          .delete(support)
          .where(and(eq(support.topicId, topicId), eq(support.seatId, seat)))
          .run();
    if (changes === 0) return { supports: found.supports };
    const counted = tx
      .select({ supports: count() })
      .from(support)
      .where(eq(support.topicId, topicId))
      .get();
    const supports = counted?.supports ?? 0;
    tx.update(topic).set({ supports }).where(eq(topic.id, topicId)).run();
    const action = wanted ? 'topic.support' : 'topic.unsupport';
    record(tx, ctx, { action, salonId: salon.id, subject: topicId });
    if (wanted && supports === 1) {
      const data = { topic: topicId, title: found.title };
      const once = `topic.supported ${topicId}`;
      const to = holdersOf(tx, [found.seatId]);
      notify(tx, ctx, { salonId: salon.id, kind: 'topic.supported', data, to, once });
    }
    return { supports };
  });
}
