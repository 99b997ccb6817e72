import { and, asc, eq, isNull } from 'drizzle-orm';
import {
  delivery,
  dispatch,
  notice,
  noticeChoice,
  noticeTiming,
  salon,
  webhook,
} from '../../db/schema/index.ts';
import { inWords } from '../notices/kinds.ts';
import { keep, type PersonalData, when } from './personalTable.ts';

const CHOICES = { off: '不发', each: '逐条发', digest: '汇总发' } as const;
const DIGESTS = { daily: '每天', weekly: '每周' } as const;
const STATES = {
  waiting: '待发',
  accepted: '已发出',
  'given up': '没有发成',
  'not needed': '不必再发',
} as const;

/** 08:30 of 510 minutes. */
const clockTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** How someone is told, and what was sent to them. */
export const deliveryData: readonly PersonalData[] = [
  {
    columns: ['notice_choice.person_id'],
    title: '通知的选择',
    read: (reader, id) =>
      reader
        .select({ 种类: noticeChoice.group, 邮件: noticeChoice.mail })
        .from(noticeChoice)
        .where(eq(noticeChoice.personId, id))
        .all()
        .map((row) => ({ ...row, 邮件: CHOICES[row.邮件] })),
    erase: (tx, id) => {
      tx.delete(noticeChoice).where(eq(noticeChoice.personId, id)).run();
    },
  },
  {
    columns: ['notice_timing.person_id'],
    title: '通知的时间',
    read: (reader, id) =>
      reader
        .select()
        .from(noticeTiming)
        .where(eq(noticeTiming.personId, id))
        .all()
        .map((row) => ({
          汇总: DIGESTS[row.digest],
          免打扰起: clockTime(row.quietFrom),
          免打扰止: clockTime(row.quietUntil),
          邮箱拒收: when(row.refusedAt),
          退订: when(row.stoppedAt),
        })),
    erase: (tx, id) => {
      tx.delete(noticeTiming).where(eq(noticeTiming.personId, id)).run();
    },
  },
  {
    columns: ['delivery.person_id'],
    title: '等着发的通知',
    read: (reader, id) =>
      reader
        .select({ kind: notice.kind, data: notice.data, dueAt: delivery.dueAt })
        .from(delivery)
        .innerJoin(notice, eq(notice.seq, delivery.noticeSeq))
        .where(and(eq(delivery.personId, id), isNull(delivery.dispatchId)))
        .orderBy(asc(delivery.seq))
        .all()
        .map(({ kind, data, dueAt }) => ({ 内容: inWords(kind, data).text, 何时发: when(dueAt) })),
    // Before the dispatches, to which they refer.
    erase: (tx, id) => {
      tx.delete(delivery).where(eq(delivery.personId, id)).run();
    },
  },
  {
    columns: ['dispatch.person_id'],
    title: '邮件',
    read: (reader, id) =>
      reader
        .select()
        .from(dispatch)
        .where(eq(dispatch.personId, id))
        .orderBy(asc(dispatch.madeAt), asc(dispatch.id))
        .all()
        .map((row) => ({
          生成: when(row.madeAt),
          状态: STATES[row.state],
          试过: row.tries,
          完成: when(row.doneAt),
          问题: row.trouble,
        })),
    erase: (tx, id) => {
      tx.delete(dispatch).where(eq(dispatch.personId, id)).run();
    },
  },
  {
    columns: ['webhook.created_by'],
    title: '设的群机器人',
    // The address is a key to the group, not a fact about the person, and stays sealed.
    read: (reader, id) =>
      reader
        .select({ 沙龙: salon.name, 名称: webhook.name, 时间: webhook.createdAt })
        .from(webhook)
        .innerJoin(salon, eq(salon.id, webhook.salonId))
        .where(eq(webhook.createdBy, id))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    erase: keep,
  },
];
