import { and, asc, eq, isNotNull } from 'drizzle-orm';
import {
  follow,
  forumSeen,
  moderation,
  post,
  report,
  salon,
  thread,
  threadReading,
} from '../../db/schema/index.ts';
import { keep, type PersonalData, when } from './personalTable.ts';

const LEVELS = { follow: '关注', mute: '不打扰' } as const;
const DECISIONS = { hidden: '隐去', kept: '保留' } as const;

/** What someone reads, follows, reports and moderates in the forum. */
export const forumData: readonly PersonalData[] = [
  {
    columns: ['follow.person_id'],
    title: '关注的讨论',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 方式: follow.level })
        .from(follow)
        .innerJoin(thread, eq(thread.id, follow.threadId))
        .where(eq(follow.personId, id))
        .all()
        .map((row) => ({ ...row, 方式: LEVELS[row.方式] })),
    erase: (tx, id) => {
      tx.delete(follow).where(eq(follow.personId, id)).run();
    },
  },
  {
    columns: ['thread_reading.person_id'],
    title: '读到的楼层',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 楼层: threadReading.n })
        .from(threadReading)
        .innerJoin(thread, eq(thread.id, threadReading.threadId))
        .where(eq(threadReading.personId, id))
        .all(),
    erase: (tx, id) => {
      tx.delete(threadReading).where(eq(threadReading.personId, id)).run();
    },
  },
  {
    columns: ['forum_seen.person_id'],
    title: '全部标为已读',
    read: (reader, id) =>
      reader
        .select({ 沙龙: salon.name, 时间: forumSeen.before })
        .from(forumSeen)
        .innerJoin(salon, eq(salon.id, forumSeen.salonId))
        .where(eq(forumSeen.personId, id))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    erase: (tx, id) => {
      tx.delete(forumSeen).where(eq(forumSeen.personId, id)).run();
    },
  },
  {
    columns: ['report.reporter_id'],
    title: '举报',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 楼层: post.n, report })
        .from(report)
        .innerJoin(post, eq(post.seq, report.postSeq))
        .innerJoin(thread, eq(thread.id, post.threadId))
        .where(eq(report.reporterId, id))
        .orderBy(asc(report.at), asc(report.id))
        .all()
        .map(({ report: { reason, at, decision, decidedAt }, ...row }) => ({
          ...row,
          理由: reason,
          时间: when(at),
          处理: decision && DECISIONS[decision],
          处理时间: when(decidedAt),
        })),
    // The hosts still need the words of what they have not decided on.
    erase: (tx, id) => {
      const decided = and(eq(report.reporterId, id), isNotNull(report.decision));
      tx.update(report).set({ reason: '' }).where(decided).run();
    },
  },
  {
    columns: ['moderation.person_id'],
    title: '管理讨论的操作',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 理由: moderation.reason, 时间: moderation.at })
        .from(moderation)
        .innerJoin(thread, eq(thread.id, moderation.threadId))
        .where(eq(moderation.personId, id))
        .orderBy(asc(moderation.seq))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    erase: keep,
  },
];
