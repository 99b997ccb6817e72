import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import {
  audit,
  calendarFeed,
  deviceSession,
  entryPass,
  guest,
  inbox,
  membership,
  notice,
  person,
  recoveryCode,
  replay,
  salon,
  seat,
  secondFactor,
  session,
  tenure,
} from '../../db/schema/index.ts';
import { forgetCalls } from '../forum/forgetCalls.ts';
import { inWords } from '../notices/kinds.ts';
import { deliveryData } from './deliveryData.ts';
import { forumData } from './forumData.ts';
import { keep, type PersonalData, when } from './personalTable.ts';
import { postData } from './postData.ts';

/** All that is held about people, table by table. */
export const personalData: readonly PersonalData[] = [
  {
    columns: ['person.id'],
    title: '账号',
    read: (reader, id) => {
      const found = reader.select().from(person).where(eq(person.id, id)).get();
      return (
        found && {
          编号: found.id,
          姓名: found.name,
          手机号: found.phone,
          用户名: found.userName,
          邮箱: found.email,
          系统管理员: found.isAdmin,
          建立时间: when(found.createdAt),
        }
      );
    },
    erase: (tx, id, now) => {
      forgetCalls(tx, id);
      const nothing = { userName: null, phone: null, email: null, passwordHash: null };
      tx.update(person)
        .set({ name: '已注销用户', ...nothing, isAdmin: false, erasedAt: now })
        .where(eq(person.id, id))
        .run();
    },
  },
  {
    columns: ['membership.person_id'],
    title: '在沙龙中的身份',
    read: (reader, id) =>
      reader
        .select({
          沙龙: salon.name,
          身份: membership.role,
          单位: membership.unit,
          起: membership.since,
          止: membership.until,
        })
        .from(membership)
        .innerJoin(salon, eq(salon.id, membership.salonId))
        .where(eq(membership.personId, id))
        .all()
        .map((row) => ({ ...row, 起: when(row.起), 止: when(row.止) })),
    erase: (tx, id, now) => {
      tx.update(membership).set({ unit: '' }).where(eq(membership.personId, id)).run();
      // A clock that was set back must not make a membership end before it began.
      tx.update(membership)
        .set({ until: sql`max(${now}, ${membership.since})` })
        .where(and(eq(membership.personId, id), isNull(membership.until)))
        .run();
    },
  },
  {
    columns: ['tenure.person_id'],
    title: '担任的席位',
    read: (reader, id) =>
      reader
        .select({ 沙龙: salon.name, 社区: seat.community, 起: tenure.since, 止: tenure.until })
        .from(tenure)
        .innerJoin(seat, eq(seat.id, tenure.seatId))
        .innerJoin(salon, eq(salon.id, seat.salonId))
        .where(eq(tenure.personId, id))
        .all()
        .map((row) => ({ ...row, 起: when(row.起), 止: when(row.止) })),
    erase: endTenures,
  },
  {
    columns: ['guest.person_id'],
    title: '受邀参加的会议',
    read: (reader, id) =>
      reader
        .select({
          沙龙: salon.name,
          月份: session.month,
          单位: guest.unit,
          姓名: guest.name,
          答复: guest.answer,
        })
        .from(guest)
        .innerJoin(session, eq(session.id, guest.sessionId))
        .innerJoin(salon, eq(salon.id, session.salonId))
        .where(eq(guest.personId, id))
        .all(),
    // That a unit was there belongs to the record of the session; who spoke for it does not.
    erase: (tx, id) => {
      tx.update(guest).set({ name: '已注销用户' }).where(eq(guest.personId, id)).run();
    },
  },
  {
    columns: ['inbox.person_id'],
    title: '通知',
    read: (reader, id) =>
      reader
        .select({ kind: notice.kind, data: notice.data, at: notice.at, readAt: inbox.readAt })
        .from(inbox)
        .innerJoin(notice, eq(notice.seq, inbox.noticeSeq))
        .where(eq(inbox.personId, id))
        .all()
        .map((row) => ({
          时间: when(row.at),
          内容: inWords(row.kind, row.data).text,
          已读: when(row.readAt),
        })),
    erase: (tx, id) => {
      tx.delete(inbox).where(eq(inbox.personId, id)).run();
    },
  },
  ...deliveryData,
  {
    columns: ['calendar_feed.person_id'],
    title: '日历订阅',
    read: (reader, id) =>
      reader
        .select({ 开通: calendarFeed.createdAt })
        .from(calendarFeed)
        .where(eq(calendarFeed.personId, id))
        .all()
        .map((row) => ({ 开通: when(row.开通) })),
    erase: (tx, id) => {
      tx.delete(calendarFeed).where(eq(calendarFeed.personId, id)).run();
    },
  },
  {
    columns: ['device_session.person_id'],
    title: '已登录的设备',
    read: (reader, id) =>
      reader
        .select()
        .from(deviceSession)
        .where(eq(deviceSession.personId, id))
        .all()
        .map((row) => ({
          设备: row.device,
          登录: when(row.createdAt),
          最近使用: when(row.seenAt),
        })),
    erase: (tx, id) => {
      tx.delete(deviceSession).where(eq(deviceSession.personId, id)).run();
    },
  },
  {
    columns: ['entry_pass.person_id', 'entry_pass.issued_by'],
    title: '邀请与重置',
    read: (reader, id) =>
      reader
        .select()
        .from(entryPass)
        .where(eq(entryPass.personId, id))
        .all()
        .map((row) => ({ 种类: row.kind, 发出: when(row.createdAt), 使用: when(row.usedAt) })),
    erase: (tx, id) => {
      tx.delete(entryPass).where(eq(entryPass.personId, id)).run();
      tx.update(entryPass).set({ issuedBy: null }).where(eq(entryPass.issuedBy, id)).run();
    },
  },
  {
    columns: ['second_factor.person_id'],
    title: '两步验证',
    // The secret itself is a key, not a fact about the person, and stays sealed.
    read: (reader, id) =>
      reader
        .select()
        .from(secondFactor)
        .where(eq(secondFactor.personId, id))
        .all()
        .map((row) => ({ 开启: when(row.confirmedAt) })),
    erase: (tx, id) => {
      tx.delete(secondFactor).where(eq(secondFactor.personId, id)).run();
    },
  },
  {
    columns: ['recovery_code.person_id'],
    title: '恢复码',
    read: (reader, id) =>
      reader
        .select()
        .from(recoveryCode)
        .where(eq(recoveryCode.personId, id))
        .all()
        .map((row) => ({ 使用: when(row.usedAt) })),
    erase: (tx, id) => {
      tx.delete(recoveryCode).where(eq(recoveryCode.personId, id)).run();
    },
  },
  {
    columns: ['replay.person_id'],
    title: '为重试保留的答复',
    read: (reader, id) =>
      reader
        .select()
        .from(replay)
        .where(eq(replay.personId, id))
        .all()
        .map((row) => ({ 时间: when(row.createdAt) })),
    erase: (tx, id) => {
      tx.delete(replay).where(eq(replay.personId, id)).run();
    },
  },
  ...postData,
  ...forumData,
  ...deliveryData,
  {
    columns: ['audit.actor_id'],
    title: '操作记录',
    read: (reader, id) =>
      reader
        .select()
        .from(audit)
        .where(eq(audit.actorId, id))
        .all()
        .map((row) => ({
          时间: when(row.at),
          操作: row.action,
          对象: row.subject,
          详情: row.detail,
        })),
    erase: keep,
  },
];

function endTenures(tx: Tx, id: string, now: number): void {
  const open = tx.select().from(tenure).where(eq(tenure.personId, id)).all();
  for (const { id: tenureId, until, since } of open) {
    if (until !== null) continue;
    tx.update(tenure)
      .set({ until: Math.max(now, since) })
      .where(eq(tenure.id, tenureId))
      .run();
  }
}
