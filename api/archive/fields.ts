import type { z } from 'zod';

/** What each field of the export is called, and what is wrong with it, in words. */
const NAMES: Record<string, string> = {
  version: '版本',
  salons: '沙龙',
  slug: '网址名',
  county: '区县',
  hostUnit: '主办单位',
  isDemo: '是否演示',
  sessions: '各期',
  salon: '所属沙龙',
  number: '期号',
  month: '月份',
  date: '日期',
  time: '时间',
  note: '说明',
  place: '地点',
  chair: '轮值主席',
  topics: '议题',
  title: '标题',
  situation: '遇到的问题',
  tried: '已做的努力',
  proposer: '提出的社区',
  votes: '票数',
  rank: '名次',
  reason: '选题理由',
  agenda: '议程',
  minutes: '分钟',
  attendance: '到会',
  due: '应到',
  present: '实到',
  absent: '缺席',
  guests: '嘉宾单位',
  materials: '材料',
  cases: '案例',
  methods: '方法',
  files: '文件',
  name: '名称',
  kind: '种类',
  size: '大小',
  summary: '纪要',
  conclusions: '结论',
  actions: '落实事项',
  what: '事项',
  unit: '责任单位',
  dueOn: '办结时限',
  state: '状态',
  result: '办结反馈',
  doneOn: '办结日期',
  corrections: '更正',
  on: '日期',
  text: '内容',
  publishedOn: '公布日期',
  id: '编号',
};

/** e.g. sessions（各期）第 2 项 · topics（议题）第 1 项 · votes（票数） */
export const fieldName = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((words, part) => {
    if (typeof part === 'number') return `${words}第 ${part + 1} 项`;
    const key = String(part);
    return `${words}${words && ' · '}${NAMES[key] ? `${key}（${NAMES[key]}）` : key}`;
  }, '');

const KINDS: Record<string, string> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '一组小项',
};

export function explain(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.input === undefined ? '缺了这一项' : '写法不对'}，要写${KINDS[issue.expected] ?? '别的'}`;
    case 'unrecognized_keys':
      return `多出「${issue.keys.join('、')}」，公开的存档里没有这一项`;
    case 'invalid_value':
      return `只能是 ${issue.values.map(String).join('、')}`;
    case 'too_small':
      return issue.origin === 'string' ? '不能空着' : `不能小于 ${issue.minimum}`;
    case 'invalid_format':
      return '格式不对';
    default:
      return '写法不对';
  }
}
