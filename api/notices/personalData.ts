import { desc, eq } from 'drizzle-orm';
import { delivery, dispatch, noticeChoice, noticeTiming } from '../../db/schema/index.ts';
import type { PersonalData } from '../accounts/personalData.ts';

const when = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

/** How someone is told, and what was mailed to them. */
export const deliveryData: readonly PersonalData[] = [
  {
    columns: ['notice_choice.person_id'],
    title: '各类通知怎样收到',
    read: (reader, id) =>
      reader
        .select({ 类别: noticeChoice.group, 邮件: noticeChoice.mail })
        .from(noticeChoice)
        .where(eq(noticeChoice.personId, id))
        .all(),
    erase: (tx, id) => {
      tx.delete(noticeChoice).where(eq(noticeChoice.personId, id)).run();
    },
  },
  {
    columns: ['notice_timing.person_id'],
    title: '收通知的时间',
    read: (reader, id) => {
      const kept = reader.select().from(noticeTiming).where(eq(noticeTiming.personId, id)).get();
      if (!kept) return null;
      return {
        汇总: kept.digest,
        免打扰从第几分钟: kept.quietFrom,
        免打扰到第几分钟: kept.quietUntil,
        邮箱退信时间: when(kept.refusedAt),
        退订时间: when(kept.stoppedAt),
      };
    },
    erase: (tx, id) => {
      tx.delete(noticeTiming).where(eq(noticeTiming.personId, id)).run();
    },
  },
  {
    columns: ['delivery.person_id', 'dispatch.person_id'],
    title: '通知邮件',
    read: (reader, id) =>
      reader
        .select({
          状态: dispatch.state,
          写于: dispatch.madeAt,
          办结: dispatch.doneAt,
          次数: dispatch.tries,
        })
        .from(dispatch)
        .where(eq(dispatch.personId, id))
        .orderBy(desc(dispatch.madeAt))
        .all()
        .map((row) => ({ ...row, 写于: when(row.写于), 办结: when(row.办结) })),
    erase: (tx, id) => {
      tx.delete(delivery).where(eq(delivery.personId, id)).run();
      tx.delete(dispatch).where(eq(dispatch.personId, id)).run();
    },
  },
];
