import { and, desc, eq, lt } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { audit, person, seat } from '../../db/schema/index.ts';
import { allowIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { cutPage, readCursor } from '../core/page.ts';

/** What each audited action is called. A test holds this against every `record` in the code. */
export const ACTION_TITLES: Readonly<Record<string, string>> = {
  'session.enter': '登录',
  'session.end': '让一台设备退出',
  'session.endOthers': '让其他设备退出',
  'pass.redeem': '用邀请或重置码设密码',
  'pass.issue': '发出邀请或重置码',
  'pass.mail': '用邮件发出重置链接',
  'password.change': '改密码',
  'profile.change': '改资料',
  'secondFactor.on': '开启两步验证',
  'secondFactor.off': '关闭两步验证',
  'secondFactor.renew': '更换恢复码',
  'secondFactor.drop': '代为关闭两步验证',
  'account.open': '恢复账号',
  'account.close': '停用账号',
  'account.erase': '注销账号',
  'admin.setup': '设立系统管理员',
  'salon.create': '新建沙龙',
  'salon.configure': '修改章程',
  'seat.add': '增设席位',
  'seat.retire': '撤销席位',
  'seat.handOver': '席位交接',
  'member.add': '加入成员',
  'member.remove': '移除成员',
  'roster.import': '导入名单',
  'demo.load': '载入演示数据',
};

/** What the id names: a person or a community's seat; nothing for anything else. */
function subjectName(reader: Reader, id: string): string {
  const who = reader.select({ name: person.name }).from(person).where(eq(person.id, id)).get();
  if (who) return who.name;
  const place = reader.select({ name: seat.community }).from(seat).where(eq(seat.id, id)).get();
  return place?.name ?? '';
}

/** A salon's log, newest first; for its host. */
export function listAudit(
  ctx: Context,
  slug: string,
  query: { limit: number; cursor?: string | undefined },
) {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'audit.read', slug);
  const from = readCursor(query.cursor);
  const found = reader
    .select({ row: audit, actor: person.name })
    .from(audit)
    .leftJoin(person, eq(person.id, audit.actorId))
    .where(and(eq(audit.salonId, salonId), from ? lt(audit.seq, from.after) : undefined))
    .orderBy(desc(audit.seq))
    .limit(query.limit + 1)
    .all();
  const page = cutPage(found, query.limit, ({ row }) => ({ after: row.seq, id: '' }));
  const rows = page.rows.map(({ row, actor }) => ({
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    actor,
    action: row.action,
    title: ACTION_TITLES[row.action] ?? row.action,
    subject: subjectName(reader, row.subject),
    detail: JSON.parse(row.detail),
  }));
  return { rows, next: page.next };
}
