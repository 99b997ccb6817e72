import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import {
  mention,
  picture,
  post,
  postDraft,
  postMark,
  postVersion,
  salon,
  thread,
} from '../../db/schema/index.ts';
import { keep, type PersonalData, when } from './personalTable.ts';

const STATES = { shown: '显示', deleted: '已删除', hidden: '被隐去' } as const;

/** What someone has written in the forum: the posts stay, under 已注销用户 and the unit of then. */
export const postData: readonly PersonalData[] = [
  {
    columns: ['thread.author_id'],
    title: '发起的讨论',
    read: (reader, id) =>
      reader
        .select()
        .from(thread)
        .where(eq(thread.authorId, id))
        .orderBy(asc(thread.createdAt), asc(thread.id))
        .all()
        .map((row) => ({ 编号: row.id, 标题: row.title, 时间: when(row.createdAt) })),
    erase: keep,
  },
  {
    columns: ['post.author_id'],
    title: '写的帖子',
    read: (reader, id) =>
      reader
        .select({ thread: thread.title, post })
        .from(post)
        .innerJoin(thread, eq(thread.id, post.threadId))
        .where(eq(post.authorId, id))
        .orderBy(asc(post.seq))
        .all()
        .map(({ thread: title, post: { seq, ...row } }) => ({
          讨论: title,
          楼层: row.n,
          单位: row.unit,
          时间: when(row.at),
          状态: STATES[row.state],
          正文: row.source,
          改前: reader
            .select({ 正文: postVersion.source, 改于: postVersion.at })
            .from(postVersion)
            .where(eq(postVersion.postSeq, seq))
            .orderBy(asc(postVersion.nth))
            .all()
            .map((version) => ({ ...version, 改于: when(version.改于) })),
        })),
    // What was put right may be just what should not have been said.
    erase: forgetVersions,
  },
  {
    columns: ['post_draft.person_id'],
    title: '帖子的草稿',
    read: (reader, id) =>
      reader
        .select()
        .from(postDraft)
        .where(eq(postDraft.personId, id))
        .all()
        .map((row) => ({ 标题: row.title, 正文: row.source, 时间: when(row.at) })),
    erase: (tx, id) => {
      tx.delete(postDraft).where(eq(postDraft.personId, id)).run();
    },
  },
  {
    columns: ['post_mark.person_id'],
    title: '标过的同问和有用',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 楼层: post.n, 时间: postMark.at })
        .from(postMark)
        .innerJoin(post, eq(post.seq, postMark.postSeq))
        .innerJoin(thread, eq(thread.id, post.threadId))
        .where(eq(postMark.personId, id))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    // It counts, and nobody is shown whose it was.
    erase: keep,
  },
  {
    columns: ['mention.person_id'],
    title: '提到我的帖子',
    read: (reader, id) =>
      reader
        .select({ 讨论: thread.title, 楼层: post.n, 时间: post.at })
        .from(mention)
        .innerJoin(post, eq(post.seq, mention.postSeq))
        .innerJoin(thread, eq(thread.id, post.threadId))
        .where(eq(mention.personId, id))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    erase: (tx, id) => {
      tx.delete(mention).where(eq(mention.personId, id)).run();
    },
  },
  {
    columns: ['picture.owner_id'],
    title: '上传的图片',
    read: (reader, id) =>
      reader
        .select({ 沙龙: salon.name, 宽: picture.width, 高: picture.height, 时间: picture.at })
        .from(picture)
        .innerJoin(salon, eq(salon.id, picture.salonId))
        .where(eq(picture.ownerId, id))
        .all()
        .map((row) => ({ ...row, 时间: when(row.时间) })),
    // Those in posts stay with them.
    erase: (tx, id) => {
      tx.delete(picture)
        .where(and(eq(picture.ownerId, id), isNull(picture.threadId)))
        .run();
    },
  },
];

function forgetVersions(tx: Tx, id: string): void {
  const own = tx.select({ seq: post.seq }).from(post).where(eq(post.authorId, id));
  tx.delete(postVersion).where(inArray(postVersion.postSeq, own)).run();
}
