/**
 * The salon's rules as its 章程 shows them: what the source lays down, and where it is silent, what
 * this platform sets until the salon decides otherwise. Figures are integers.
 */

interface Setting {
  readonly kind: 'number';
  readonly section: Section;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The clause; `{}` stands for the figure. */
  readonly text: string;
  /** What the figure is, for the form. */
  readonly label: string;
  readonly unit: string;
}

interface Switch {
  readonly kind: 'switch';
  readonly section: Section;
  readonly default: boolean;
  readonly label: string;
  /** The clause when on, and when off. */
  readonly on: string;
  readonly off: string;
}

export const SECTIONS = [
  '轮值主席',
  '议题与表决',
  '会议',
  '选题委员会',
  '有效性评价',
  '不记名表决',
] as const;
export type Section = (typeof SECTIONS)[number];

/** 来源规定: the practice that the source describes; no setting changes it. */
export const STIPULATED: readonly { readonly section: Section; readonly text: string }[] = [
  { section: '轮值主席', text: '沙龙每月举办一次，由各社区书记轮流担任轮值主席。' },
  { section: '议题与表决', text: '议题由各社区提出并投票。' },
  { section: '议题与表决', text: '试行阶段（前三期）由主办单位综合研判后确定议题。' },
  { section: '选题委员会', text: '此后由选题委员会确定议题，委员会由 3 名社区书记组成。' },
  { section: '有效性评价', text: '每半年，由全体书记对选题是否有效作不记名评价。' },
  {
    section: '有效性评价',
    text: '反对人数高于到会人数的 60% 的，选题委员会重新选举；恰好 60% 不算。',
  },
];

/** What the source leaves open and the platform does in one way for every salon (salon-rules §2–6). */
export const FIXED: readonly { readonly section: Section; readonly text: string }[] = [
  {
    section: '选题委员会',
    text: '委员由提名（自荐或他荐，本人同意）产生候选人，在沙龙上不记名选举，得票多的当选，不设到会人数的下限；票数相同的加投，两次仍相同的抽签。',
  },
  {
    section: '选题委员会',
    text: '委员确定议题用动议：一人提出，两人签署即通过，理由公布。在任委员不足 2 名时，由主办单位代行，并注明。',
  },
  {
    section: '选题委员会',
    text: '委员辞去、换届或席位撤销的，补选；有效性评价到期时委员不足 2 名的，不再评价，全部重选。',
  },
  {
    section: '有效性评价',
    text: '自委员会就任起每满六个月评价一次，在到期后的第一期沙龙上办；实到以表决签到的席位计，弃权、不领票、不投票的都算实到。',
  },
  {
    section: '不记名表决',
    text: '先领票，后投票；领票不足 3 席的作废，留到下一期再办。计票后公示每一张票，任何人都可以重新计票。',
  },
];

/** 本平台默认, until the salon decides otherwise. The key is the name in the settings object. */
export const SETTINGS = {
  announcedMonths: {
    kind: 'number',
    section: '轮值主席',
    default: 3,
    min: 1,
    max: 12,
    label: '提前公布的月数',
    unit: '个月',
    text: '轮值主席提前 {} 个月公布；公布后不自行变动，请假的只补当月。',
  },
  sessionDay: {
    kind: 'number',
    section: '会议',
    default: 28,
    min: 1,
    max: 28,
    label: '每月开会的日子',
    unit: '日',
    text: '沙龙一般在每月 {} 日举行，主办单位可以改期。',
  },
  sessionHour: {
    kind: 'number',
    section: '会议',
    default: 15,
    min: 8,
    max: 20,
    label: '开会的钟点',
    unit: '时',
    text: '一般在 {} 时开始。',
  },
  minutesDays: {
    kind: 'number',
    section: '会议',
    default: 5,
    min: 1,
    max: 30,
    label: '纪要在会后几天内公布',
    unit: '天',
    text: '纪要由轮值主席起草、主办单位在会后 {} 天内公布；公布后只作注明日期的更正。',
  },
  proposalsPerRound: {
    kind: 'number',
    section: '议题与表决',
    default: 2,
    min: 1,
    max: 10,
    label: '每席每轮可提的新议题',
    unit: '个',
    text: '每个席位每轮最多提出 {} 个新议题，可以附议任何议题。',
  },
  votesPerSeat: {
    kind: 'number',
    section: '议题与表决',
    default: 3,
    min: 1,
    max: 10,
    label: '每席每轮的票数',
    unit: '票',
    text: '每个席位每轮有 {} 票，投给不同的议题，截止前可以修改；票数到截止时才公布。',
  },
  proposalDays: {
    kind: 'number',
    section: '议题与表决',
    default: 14,
    min: 1,
    max: 60,
    label: '征集议题的天数',
    unit: '天',
    text: '每轮征集议题 {} 天。',
  },
  votingDays: {
    kind: 'number',
    section: '议题与表决',
    default: 5,
    min: 1,
    max: 30,
    label: '投票的天数',
    unit: '天',
    text: '征集结束后投票 {} 天。',
  },
  roundEndsBefore: {
    kind: 'number',
    section: '议题与表决',
    default: 7,
    min: 1,
    max: 30,
    label: '投票在会前几天截止',
    unit: '天',
    text: '投票在会议日期前 {} 天截止，留给确定议题和准备材料。',
  },
  pilotSessions: {
    kind: 'number',
    section: '议题与表决',
    default: 3,
    min: 0,
    max: 12,
    label: '试行阶段的期数',
    unit: '期',
    text: '第 {} 期纪要公布后试行阶段结束，开始选举选题委员会；选出之前仍由主办单位确定议题。',
  },
  checkInSeconds: {
    kind: 'number',
    section: '会议',
    default: 30,
    min: 15,
    max: 120,
    label: '签到码更换间隔',
    unit: '秒',
    text: '签到码每 {} 秒更换一次，更换后再有效同样长的时间。',
  },
  closingMinutes: {
    kind: 'number',
    section: '会议',
    default: 5,
    min: 1,
    max: 30,
    label: '表决签到截止前的等候',
    unit: '分钟',
    text: '宣布截止表决签到后，还有人没有领票的，等候 {} 分钟。',
  },
  castingMinutes: {
    kind: 'number',
    section: '不记名表决',
    default: 30,
    min: 5,
    max: 120,
    label: '投票时间',
    unit: '分钟',
    text: '开始投票后 {} 分钟截止；全部投完则提前结束。',
  },
  scrutineer: {
    kind: 'switch',
    section: '不记名表决',
    default: false,
    label: '设监票人',
    on: '每次表决设一名监票人，由既非候选人也非委员的人担任，核对后签字。',
    off: '不设监票人；任何人都可以下载公示自行重新计票。',
  },
  quorumPercent: {
    kind: 'number',
    section: '有效性评价',
    default: 0,
    min: 0,
    max: 100,
    label: '评价须到会的席位比例（0 为不设）',
    unit: '%',
    text: '有效性评价须有不少于 {}% 的席位到会。',
  },
} as const satisfies Record<string, Setting | Switch>;

export type SettingName = keyof typeof SETTINGS;
export type SalonSettings = {
  readonly [K in SettingName]: (typeof SETTINGS)[K]['kind'] extends 'switch' ? boolean : number;
};
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Every setting, the platform's default where the salon decided nothing. */
export function settingsOf(decided: Partial<SalonSettings>): SalonSettings {
  return Object.fromEntries(
    SETTING_NAMES.map((name) => [name, decided[name] ?? SETTINGS[name].default]),
  ) as unknown as SalonSettings;
}

export type Origin = '来源规定' | '本平台默认' | '本沙龙决定';

export interface Clause {
  readonly section: Section;
  readonly origin: Origin;
  readonly text: string;
  /** For a clause that the host may change. */
  readonly setting?: SettingName;
}

function clauseText(name: SettingName, value: number | boolean): string {
  const setting = SETTINGS[name];
  if (setting.kind === 'switch') return value ? setting.on : setting.off;
  if (name === 'quorumPercent' && value === 0) return '有效性评价不另设到会人数的下限。';
  return setting.text.replace('{}', String(value));
}

/** The whole 章程 of a salon, in reading order. */
export function charterOf(decided: Partial<SalonSettings>): Clause[] {
  const settings = settingsOf(decided);
  return SECTIONS.flatMap((section) => [
    ...STIPULATED.filter((clause) => clause.section === section).map(
      (clause): Clause => ({ ...clause, origin: '来源规定' }),
    ),
    ...FIXED.filter((clause) => clause.section === section).map(
      (clause): Clause => ({ ...clause, origin: '本平台默认' }),
    ),
    ...SETTING_NAMES.filter((name) => SETTINGS[name].section === section).map(
      (name): Clause => ({
        section,
        origin: decided[name] === undefined ? '本平台默认' : '本沙龙决定',
        text: clauseText(name, settings[name]),
        setting: name,
      }),
    ),
  ]);
}

/** The settings as a form shows them, in the order of the 章程. */
export function adjustableOf(decided: Partial<SalonSettings>) {
  const settings = settingsOf(decided);
  return SETTING_NAMES.map((name) => {
    const setting = SETTINGS[name];
    const { kind, label, default: initial } = setting;
    const range = setting.kind === 'number' ? setting : { unit: '', min: 0, max: 1 };
    const { unit, min, max } = range;
    return { name, kind, label, unit, min, max, value: settings[name], initial };
  });
}

/** Only what differs from the platform's default is kept. */
export function decidedOnly(settings: Partial<SalonSettings>): Partial<SalonSettings> {
  const entries = Object.entries(settings) as [SettingName, number | boolean][];
  return Object.fromEntries(entries.filter(([name, value]) => value !== SETTINGS[name].default));
}
