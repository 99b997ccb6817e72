import { STANDING_NAMES, type Standing } from '../access/rules.ts';
import { voidWords } from './ballots/rules.ts';
import { SETTINGS, type SettingName } from './charter.ts';

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
  'session.change': '会议改期或改地点',
  'session.cancel': '取消会议',
  'session.prepare': '改会议议程或材料',
  'session.open': '开始会议',
  'session.current': '转到一项议程',
  'session.close': '结束会议',
  'session.checkIn': '会议签到',
  'session.handSignIn': '代为签到',
  'guest.invite': '邀请嘉宾',
  'guest.remove': '移除嘉宾',
  'guest.link': '换发嘉宾链接',
  'guest.answer': '嘉宾答复',
  'minutes.save': '保存纪要草稿',
  'minutes.submit': '提交纪要',
  'minutes.publish': '公布纪要',
  'minutes.correct': '更正纪要',
  'action.progress': '办理待办事项',
  'action.evidence': '上传办理佐证',
  'election.call': '开始选举选题委员会',
  'election.extend': '延长提名',
  'election.ready': '提名截止',
  'election.lapse': '选举因参选不足而作罢',
  'election.decide': '选举有了结果',
  'election.drop': '补选并入全体选举',
  'nominee.name': '提名参选',
  'nominee.accept': '同意参选',
  'nominee.decline': '不参选',
  'committee.begin': '选题委员就任',
  'committee.leave': '委员离任',
  'committee.recall': '选题委员会被罢免',
  'motion.move': '提出动议',
  'motion.sign': '联署动议',
  'motion.pass': '动议通过',
  'motion.withdraw': '撤回动议',
  'demo.load': '载入演示数据',
  'turn.set': '排定轮值主席',
  'leave.take': '请假',
  'leave.cancel': '销假',
  'swap.offer': '提议调换轮值',
  'swap.agree': '同意调换轮值',
  'swap.decline': '不同意调换轮值',
  'swap.withdraw': '撤回调换的提议',
  'session.convene': '安排会议',
  'month.skip': '跳过没有开会的月份',
  'round.proposing': '开始征集议题',
  'round.voting': '开始投票',
  'round.review': '投票截止',
  'round.decided': '本轮没有议题',
  'round.decide': '确定议题',
  'topic.begin': '起草议题',
  'topic.propose': '提出议题',
  'topic.withdraw': '撤回议题',
  'topic.decline': '不采用议题',
  'topic.support': '附议',
  'topic.unsupport': '不再附议',
  'calendar.open': '生成日历地址',
  'calendar.close': '停用日历地址',
  'site.publish': '发布到网页',
  'topic.schedule': '把议题安排到会议',
  'ballot.call': '开始表决签到和领票',
  'ballot.handSignIn': '代办表决签到',
  'ballot.announce': '宣布表决签到截止',
  'ballot.start': '开始投票',
  'ballot.settle': '公示表决结果',
  'ballot.void': '表决作废',
  'ballot.scrutinise': '监票人签字',
  'forum.accept': '采纳一条回复',
  'forum.unaccept': '收回采纳',
  'forum.report': '举报一楼',
  'forum.decide': '处理举报',
  'forum.hide': '隐去一楼',
  'forum.show': '恢复一楼',
  'forum.lock': '锁定讨论',
  'forum.unlock': '解除锁定',
  'forum.pin': '置顶讨论',
  'forum.unpin': '取消置顶',
  'forum.move': '移动讨论',
  'forum.open': '公开讨论',
  'forum.close': '讨论改为成员可见',
  'forum.hideThread': '撤下讨论',
  'forum.showThread': '恢复讨论',
  'webhook.add': '添加群机器人',
  'webhook.try': '测试群机器人',
  'webhook.remove': '移除群机器人',
};

const LABELS: Readonly<Record<string, string>> = {
  from: '前任书记',
  person: '书记',
  role: '身份',
  kind: '种类',
  added: '写入人数',
  accepted: '参加',
  arrived: '送达',
  ended: '退出台数',
  fields: '改动',
  secondFactor: '两步验证',
  month: '月份',
  months: '月份',
  number: '期数',
  confirmed: '确定的议题数',
  version: '版本',
  state: '状态',
  fingerprint: '密钥指纹',
  ballot: '表决',
  attending: '实到',
  issued: '发出',
  bulletin: '公示的哈希',
  recalled: '重新选举',
  reason: '原因',
  election: '选举',
  places: '名额',
  members: '人数',
  ending: '缘由',
  reviewer: '确定者',
  n: '楼层',
  place: '新位置',
  decision: '处理',
  format: '种类',
};

const KINDS: Readonly<Record<string, string>> = {
  invitation: '邀请',
  reset: '重置码',
  setup: '初次设置',
};

const ELECTIONS: Readonly<Record<string, string>> = {
  first: '首次选举',
  full: '全体选举',
  by: '补选',
  again: '重新选举',
};

const ENDINGS: Readonly<Record<string, string>> = {
  resignation: '辞去',
  handOver: '席位交接',
  retirement: '撤销席位',
};

const REVIEWERS: Readonly<Record<string, string>> = { host: '主办单位', committee: '选题委员会' };

const PLACES: Readonly<Record<string, string>> = {
  theme: '主题',
  case: '案例',
  method: '方法',
  topic: '议题',
  session: '会议',
};

const DECISIONS: Readonly<Record<string, string>> = { hidden: '隐去', kept: '保留' };

const STATES: Readonly<Record<string, string>> = {
  todo: '待办',
  doing: '办理中',
  done: '已办结',
};

/**
 * One detail of an audit row, in words.
 * @param nameOf the name behind a person's id
 */
export function detailInWords(
  key: string,
  value: unknown,
  nameOf: (id: string) => string,
): { label: string; value: string } {
  const text = String(value);
  if (key in SETTINGS) return { label: SETTINGS[key as SettingName].label, value: text };
  const label = LABELS[key] ?? key;
  if (key === 'person' || key === 'from') return { label, value: nameOf(text) };
  if (key === 'role') return { label, value: STANDING_NAMES[text as Standing] ?? text };
  if (key === 'kind') return { label, value: KINDS[text] ?? text };
  if (key === 'reason') return { label, value: voidWords(text) };
  if (key === 'state') return { label, value: STATES[text] ?? text };
  if (key === 'election') return { label, value: ELECTIONS[text] ?? text };
  if (key === 'ending') return { label, value: ENDINGS[text] ?? text };
  if (key === 'place') return { label, value: PLACES[text] ?? text };
  if (key === 'decision') return { label, value: DECISIONS[text] ?? text };
  if (key === 'reviewer') return { label, value: REVIEWERS[text] ?? text };
  return { label, value: value === true ? '是' : value === false ? '否' : text };
}
