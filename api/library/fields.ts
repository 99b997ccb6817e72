/** What each front-matter field is called when we tell an author about it. */
const NAMES: Record<string, string> = {
  title: '标题',
  method: '工作法名称',
  gist: '一句话',
  place: '地点',
  province: '省份',
  city: '市',
  county: '区县',
  town: '镇街',
  community: '社区',
  is: '怎样得知',
  name: '名称',
  clues: '线索',
  level: '层级',
  settlements: '小区类型',
  themes: '主题',
  answers: '回应的问题',
  problem: '问题编号',
  why: '理由',
  period: '时期',
  source: '来源',
  publisher: '发布者',
  date: '日期',
  flags: '来源状况',
  missing: '缺什么',
  figures: '数字',
  label: '数字名称',
  value: '数值',
  approx: '约数词',
  unit: '单位',
  kind: '种类',
  assurance: '核实情况',
  lead: '首屏大数字',
  note: '说明',
  diagrams: '图',
  caption: '图注',
  methods: '方法',
  conditions: '需要的条件',
  pitfalls: '容易出的问题',
  related: '相关案例',
  added: '收录日期',
  aliases: '别名',
  pinyin: '拼音',
  state: '收录状况',
  steps: '步骤',
  roles: '谁做什么',
  who: '谁',
  does: '做什么',
  problems: '问题',
  ask: '问法',
  id: '编号',
  root: '最上面一格',
  children: '下面的格',
  figure: '数字',
  columns: '列',
  rows: '行',
  cells: '格',
  row: '行',
  column: '列',
  text: '文字',
  from: '从谁来',
  to: '到谁去',
  items: '条目',
  events: '事件',
  when: '何时',
  what: '事件',
  before: '从前',
  after: '后来',
};

/** `['figures', 2, 'unit']` → `figures（数字）第 3 项 › unit（单位）` */
export function fieldName(path: readonly PropertyKey[]): string {
  let words = '';
  for (const part of path) {
    if (typeof part === 'number') {
      words += `第 ${part + 1} 项`;
      continue;
    }
    const key = String(part);
    const chinese = NAMES[key];
    words += `${words ? ' › ' : ''}${key}${chinese ? `（${chinese}）` : ''}`;
  }
  return words;
}
