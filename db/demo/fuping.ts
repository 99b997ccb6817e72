/**
 * The demo salon. The county's three communities that the source names stand under their names; the
 * other sixteen, and every person, are plainly made up.
 */
export const DEMO_PASSWORD = 'yuanzhuo-demo';

export const DEMO_SALON = {
  slug: 'fuping-demo',
  name: '富平县社区治理主题沙龙（演示）',
  county: '富平县（演示）',
  hostUnit: '富平县民政局（演示）',
} as const;

/** The source speaks of April 2023; the day is the demo's own. */
export const DEMO_JOINED_ON = '2023-04-01';

const NUMERALS = '四五六七八九十'.split('');
const LATER = ['十一', '十二', '十三', '十四', '十五', '十六', '十七', '十八', '十九'];

/** In the order of the seats. `login` is what one signs in with. */
export const DEMO_SEATS: readonly { readonly community: string; readonly login: string }[] = [
  { community: '景翼社区', login: 'jingyi' },
  { community: '渭运社区', login: 'weiyun' },
  { community: '陕拖社区', login: 'shantuo' },
  ...[...NUMERALS, ...LATER].map((numeral, index) => ({
    community: `示例社区${numeral}`,
    login: `shequ${index + 4}`,
  })),
];

export const DEMO_MEMBERS = [
  { login: 'minzheng', name: '演示·主办单位', role: 'host', unit: '富平县民政局（演示）' },
  { login: 'yibao', name: '演示·嘉宾', role: 'guest', unit: '富平县医疗保障局（演示）' },
  { login: 'baoxian', name: '演示·嘉宾二', role: 'guest', unit: '某保险公司（演示）' },
  { login: 'peixun', name: '演示·培训师', role: 'trainer', unit: '社区学院（演示）' },
  { login: 'xueyuan', name: '演示·学员', role: 'learner', unit: '示例社区四' },
] as const;

export const DEMO_ADMIN = { login: 'admin', name: '演示·系统管理员' } as const;

export const secretaryName = (community: string): string => `演示·${community}书记`;
