/**
 * The demo salon's months. The source (中国社会报，2023-09-19) tells the topics of the first three
 * sessions and the outcome of the third; whatever else stands here is made up, and says 演示 where
 * people read it. Days count from the day the demo is loaded; `month` from the month it is then.
 */

export type Login = string;

export interface DemoStep {
  readonly state:
    | 'proposed'
    | 'withdrawn'
    | 'declined'
    | 'on-ballot'
    | 'rolled-over'
    | 'lapsed'
    | 'confirmed'
    | 'scheduled'
    | 'discussed'
    | 'closed';
  readonly by: 'proposer' | 'reviewer' | 'host' | 'chair' | 'calendar';
  /** The demo round (1–6) in which it happens. */
  readonly round: number;
  readonly reason?: string;
}

export interface DemoTopic {
  readonly key: string;
  /** Of the seat that proposes it. */
  readonly by: Login;
  readonly title: string;
  readonly situation: string;
  readonly tried?: string;
  readonly invite?: string;
  readonly cases?: readonly string[];
  readonly againOf?: string;
  readonly supporters?: readonly Login[];
  readonly steps: readonly DemoStep[];
  /** Votes in each closed round it stood in. */
  readonly votes?: Readonly<Record<number, number>>;
}

const step = (
  state: DemoStep['state'],
  by: DemoStep['by'],
  round: number,
  reason?: string,
): DemoStep => ({ state, by, round, ...(reason && { reason }) });

const proposed = (round: number): readonly DemoStep[] => [step('proposed', 'proposer', round)];
const onBallot = (round: number): readonly DemoStep[] => [
  ...proposed(round),
  step('on-ballot', 'calendar', round),
];
const rolled = (round: number, reason?: string): readonly DemoStep[] => [
  ...onBallot(round),
  step('rolled-over', 'reviewer', round, reason),
];
const again = (round: number): DemoStep => step('on-ballot', 'calendar', round);
const scheduled = (round: number, reason?: string): readonly DemoStep[] => [
  ...onBallot(round),
  step('confirmed', 'reviewer', round, reason),
  step('scheduled', 'reviewer', round),
];
const closed = (round: number): readonly DemoStep[] => [
  ...scheduled(round),
  step('discussed', 'chair', round),
  step('closed', 'host', round),
];

export const DEMO_TOPICS: readonly DemoTopic[] = [
  {
    key: 'sizhi',
    by: 'jingyi',
    title: '如何激发四支队伍作用',
    situation:
      '党支部、业主委员会、楼栋长、志愿者四支队伍都建起来了，名单也上了墙，可真到要办事的时候，还是社区这几个人在跑。楼栋长问：我该管什么、找谁汇报？（演示内容，题目见来源）',
    tried: '开过动员会，发过聘书和红袖章。',
    invite: '县民政局基层政权股',
    cases: ['fuping-weixiao'],
    supporters: ['shantuo', 'shequ5', 'shequ9'],
    steps: closed(1),
    votes: { 1: 14 },
  },
  {
    key: 'jiebang',
    by: 'shantuo',
    title: '楼栋长换了人怎么接得上',
    situation: '老楼栋长搬走以后，新来的不认识住户，独居老人的情况断了线，三个月才重新摸清。',
    supporters: ['jingyi'],
    steps: [
      ...rolled(1),
      again(2),
      step('lapsed', 'reviewer', 2, '已在第一期讨论中形成办法，不再单列。'),
    ],
    votes: { 1: 9, 2: 6 },
  },
  {
    key: 'guangchang',
    by: 'shequ7',
    title: '小区广场跳舞声音大怎么协商',
    situation: '一边是没处去的舞蹈队，一边是要休息的住户，社区调解过五次，每次只管用一个星期。',
    tried: '贴过告示，请过城管。',
    cases: ['xingfu-jue'],
    supporters: ['weiyun', 'shequ8'],
    steps: [...rolled(1), again(2), step('lapsed', 'reviewer', 2)],
    votes: { 1: 7, 2: 9 },
  },
  {
    key: 'loushui',
    by: 'shequ11',
    title: '社区办公用房屋顶漏水谁来修',
    situation: '办公用房是原来厂里移交的，房顶漏了两年，维修资金不知道该由谁出。',
    steps: [
      ...proposed(1),
      step('declined', 'reviewer', 1, '属于个别问题，已转住建部门办理，不占用沙龙时间。'),
    ],
  },
  {
    key: 'wuxiao',
    by: 'weiyun',
    title: '“五小服务”过程中的问题及解决办法',
    situation:
      '小平台、小方便、小矛盾、小心愿、小人物，五件事在各社区推开以后，做法深浅不一：有的只建了台账，有的活动办了几次就没人来。（演示内容，题目见来源）',
    tried: '互相参观过两次，抄了制度，没抄到办法。',
    cases: ['fuping-weixiao'],
    supporters: ['jingyi', 'shantuo', 'shequ6', 'shequ12'],
    steps: closed(2),
    votes: { 2: 16 },
  },
  {
    key: 'wuye',
    by: 'shequ10',
    title: '没有物业的老院子怎么收得上费',
    situation: '老院子两栋楼六十户，没有物业，扫地、照明每月要四百多元，收了两个月就收不上了。',
    cases: ['weiwang-shige'],
    supporters: ['shequ13'],
    steps: [
      ...rolled(2),
      again(3),
      step('lapsed', 'reviewer', 3, '两轮未确定；陕拖社区的做法可参考。'),
    ],
    votes: { 2: 8, 3: 5 },
  },
  {
    key: 'wannengzhang',
    by: 'shequ9',
    title: '如何破解社区万能章',
    situation:
      '老人在家里摔伤，保险报销要一份“无第三方责任证明”，让社区来开。社区没有在场，开了是不负责任，不开居民就跑断腿。',
    tried:
      '六部门已经发过《关于改进和规范基层群众性自治组织出具证明工作的指导意见》，可窗口还是要。',
    invite: '县医疗保障局、保险公司',
    cases: ['fuping-weixiao'],
    supporters: ['weiyun', 'jingyi', 'shantuo', 'shequ4', 'shequ15', 'shequ17'],
    steps: closed(3),
    votes: { 3: 17 },
  },
  {
    key: 'huodong',
    by: 'shequ16',
    title: '社区活动怎么吸引年轻人',
    situation: '来的总是那二三十位老人，年轻人加了群也不说话。',
    steps: [...proposed(3), step('withdrawn', 'proposer', 3)],
  },
  {
    key: 'wanggeyuan',
    by: 'shequ12',
    title: '网格员一人多岗忙不过来怎么办',
    situation: '网格员同时管低保、残联、计生的报表，一周有三天在填表，入户只剩周末。',
    cases: ['weiwang-shige', 'weige-zhili'],
    supporters: ['shequ4', 'shequ5', 'shequ18'],
    steps: [
      ...rolled(3),
      again(4),
      step('lapsed', 'reviewer', 4, '涉及多个部门的报表，主办单位另行协调，有结果后告知。'),
    ],
    votes: { 3: 10, 4: 8 },
  },
  {
    key: 'duju',
    by: 'weiyun',
    title: '高龄独居老人怎么做到天天有人问',
    situation:
      '辖区七十岁以上独居老人二十三位，儿女多在外地。上个月有位老人摔倒在家，第二天送菜的邻居才发现。',
    tried: '让楼栋长每天看一眼，坚持了半个月；发过一键呼叫器，多半没电了也没人管。',
    invite: '县民政局养老服务股、城关街道卫生院',
    cases: ['fuping-weixiao', 'weige-zhili'],
    supporters: ['jingyi', 'shantuo', 'shequ6', 'shequ10', 'shequ14'],
    steps: scheduled(4, '票数与另一题并列第一；入冬在即，先谈独居老人。'),
    votes: { 4: 13 },
  },
  {
    key: 'dianti',
    by: 'shequ14',
    title: '商户电梯噪音扰民怎么调解',
    situation: '一楼商户的货梯凌晨进货，楼上三户睡不好，商户说合同里没有不许，物业说管不了。',
    cases: ['xingfu-jue'],
    supporters: ['shequ7', 'shequ9'],
    steps: [...rolled(4, '与独居老人一题并列第一，转入下一轮，优先考虑。'), again(5)],
    votes: { 4: 13 },
  },
  {
    key: 'butie',
    by: 'jingyi',
    title: '楼栋长的补贴怎么发才公平',
    situation: '十八位楼栋长管的户数从二十到八十不等，补贴一样多，管得多的有怨气。',
    cases: ['fuping-weixiao'],
    supporters: ['shantuo'],
    steps: onBallot(5),
  },
  {
    key: 'yishihui',
    by: 'weiyun',
    title: '院落议事会开不起来怎么办',
    situation: '通知发了三遍，来的还是那几位老党员；要出钱的事一说，散得更快。',
    tried: '改在晚上开，改在院子里开，来的人多了几个，还是定不下事。',
    cases: ['xingfu-jue', 'dongcheng-jingzhun'],
    supporters: ['shequ8', 'shequ11', 'shequ13'],
    steps: onBallot(5),
  },
  {
    key: 'guangchang2',
    by: 'shequ7',
    title: '舞蹈队和住户怎么定个长久的约定',
    situation: '上次没有排上。现在舞蹈队有四十多人，住户要求九点前结束，双方都愿意坐下来谈。',
    againOf: 'guangchang',
    supporters: ['weiyun'],
    steps: onBallot(5),
  },
  {
    key: 'zuhu',
    by: 'shequ8',
    title: '租户多的小区怎么把人找齐',
    situation: '一栋楼一半是租户，半年换一拨，登记表跟不上，出了事找不到人。',
    cases: ['weiwang-shige'],
    supporters: ['shequ4', 'shequ6'],
    steps: proposed(6),
  },
  {
    key: 'yuanqiang',
    by: 'shantuo',
    title: '居民自己筹钱的事怎么管账才放心',
    situation: '家属院美化院墙，每户筹了钱，完工以后有人问：多出来的几百块在哪里？',
    tried: '贴过一次收支表，被雨淋了。',
    supporters: ['jingyi', 'shequ10', 'shequ15'],
    steps: proposed(6),
  },
  {
    key: 'caogao',
    by: 'weiyun',
    title: '外来务工的租户怎么融进小区',
    situation: '刚起了个头：这两年小区里租房的年轻人多了……',
    steps: [],
  },
];

/** Seats that have voted in the round that is open, and for what; 渭运社区 has not. */
export const DEMO_VOTES: Readonly<Record<Login, readonly string[]>> = {
  jingyi: ['butie', 'dianti'],
  shantuo: ['yishihui', 'dianti', 'butie'],
  shequ5: ['dianti'],
  shequ8: ['yishihui', 'guangchang2'],
  shequ9: ['dianti', 'yishihui'],
  shequ13: ['yishihui'],
  shequ17: ['guangchang2', 'dianti', 'yishihui'],
};

export interface DemoAction {
  readonly what: string;
  readonly owner: Login | 'yibao' | 'baoxian' | 'minzheng';
  /** Days from the day the demo is loaded. */
  readonly due: number;
  readonly state: 'todo' | 'doing' | 'done';
  readonly notes?: readonly {
    readonly state: 'doing' | 'done';
    readonly text: string;
    readonly day: number;
  }[];
}

export interface DemoSession {
  readonly number: number;
  /** Months before the one it is. */
  readonly ago: number;
  readonly chair: Login;
  readonly topic: string;
  readonly note: string;
  readonly absent: readonly Login[];
  readonly guests: readonly Login[];
  readonly summary: string;
  readonly conclusions: readonly { readonly heading: string; readonly text: string }[];
  readonly actions: readonly DemoAction[];
  readonly correction?: string;
}

const UNDATED = '演示日期：来源只说 2023 年 4 月起每月一次，没有注明这一期的日期。';
const UNTOLD = '来源没有记载这一期的结论，以下为演示内容。';

export const DEMO_PLACE = '县民政局三楼会议室（演示）';

/** Sessions that are over; the fourth is going on, the fifth and sixth are coming. */
export const DEMO_SESSIONS: readonly DemoSession[] = [
  {
    number: 1,
    ago: 3,
    chair: 'jingyi',
    topic: 'sizhi',
    note: UNDATED,
    absent: ['shequ17'],
    guests: [],
    summary: `${UNTOLD}各社区书记围绕党支部、业主委员会、楼栋长、志愿者四支队伍怎样真正动起来，逐一讲了做法和难处。景翼社区介绍了楼栋长的培训、聘书和职责制度。`,
    conclusions: [
      {
        heading: '如何激发四支队伍作用',
        text: '每支队伍的事写成一张清单，一事一主责，不再“都管都不管”。\n楼栋长每周报一次情况，社区当天回复。\n年底评优先从办成的事里挑人。',
      },
    ],
    actions: [
      {
        what: '整理四支队伍职责清单样本，发各社区参考',
        owner: 'jingyi',
        due: -62,
        state: 'done',
        notes: [{ state: 'done', text: '样本已发到各社区，收到十七份回执。', day: -64 }],
      },
    ],
  },
  {
    number: 2,
    ago: 2,
    chair: 'shequ4',
    topic: 'wuxiao',
    note: UNDATED,
    absent: ['shequ6', 'shequ19'],
    guests: [],
    summary: `${UNTOLD}渭运社区先讲“五小服务”怎样从院落议事会做起，其余社区对照自己的台账提问题，现场归成四类。`,
    conclusions: [
      {
        heading: '“五小服务”过程中的问题及解决办法',
        text: '小矛盾先在院落里说，三天没有结果再报社区。\n小心愿公开认领，谁领的谁反馈。\n小人物的宣传每月一期，不求多，求真。',
      },
    ],
    actions: [
      {
        what: '把“小心愿”认领和反馈的办法写成一页纸',
        owner: 'weiyun',
        due: -25,
        state: 'done',
        notes: [
          { state: 'doing', text: '初稿请三个社区试用。', day: -40 },
          { state: 'done', text: '已定稿，贴在小平台公示栏。', day: -27 },
        ],
      },
      {
        what: '汇总各社区“小矛盾”台账，找出反复出现的五类',
        owner: 'shequ4',
        due: -9,
        state: 'doing',
        notes: [{ state: 'doing', text: '收到十二个社区的台账，还差七个。', day: -12 }],
      },
    ],
    correction: '结论第一条“三天”应为“三个工作日”。',
  },
  {
    number: 3,
    ago: 1,
    chair: 'shantuo',
    topic: 'wannengzhang',
    note: '演示日期：来源写明第三期在 2023 年 7 月底。',
    absent: [],
    guests: ['yibao', 'baoxian'],
    summary:
      '十九个城市社区的书记（主任）到会，县医疗保障局和保险公司应邀参加。会议从一位老人在家摔伤、报销要“无第三方责任证明”说起，逐条对照六部门的指导意见，当场商定办法。',
    conclusions: [
      {
        heading: '如何破解社区万能章',
        text: '医疗保障局和保险公司分别向下属办理单位说明：报销时由患者本人书面承诺即可，不再要求社区开具“无第三方责任证明”。',
      },
    ],
    actions: [
      {
        what: '向下属办理单位说明：患者本人书面承诺即可，不再由社区开具证明',
        owner: 'yibao',
        due: -14,
        state: 'done',
        notes: [
          {
            state: 'done',
            text: '已向各办理窗口说明，承诺书样式同时下发。（日期为演示）',
            day: -18,
          },
        ],
      },
      {
        what: '向各营业网点说明：理赔不再要求社区证明，以书面承诺代替',
        owner: 'baoxian',
        due: -14,
        state: 'done',
        notes: [{ state: 'done', text: '已通知各网点。（日期为演示）', day: -16 }],
      },
      {
        what: '把“不再由社区开具的证明”列成清单，贴在便民窗口（演示）',
        owner: 'weiyun',
        due: 5,
        state: 'doing',
        notes: [{ state: 'doing', text: '已收集十一种，正在和派出所核对。', day: -3 }],
      },
      {
        what: '收集居民仍被要求开证明的实例，月底前报送（演示）',
        owner: 'shantuo',
        due: 12,
        state: 'todo',
      },
      {
        what: '与相关部门会商证明清单，统一口径（演示）',
        owner: 'minzheng',
        due: 20,
        state: 'todo',
      },
    ],
  },
];

/** The fourth session: going on, chaired by 渭运社区 after a swap. */
export const DEMO_NOW = {
  chair: 'weiyun',
  topic: 'duju',
  note: '演示日期。',
  present: ['jingyi', 'shantuo', 'shequ4', 'shequ5', 'shequ8', 'shequ9', 'shequ12', 'shequ15'],
  byHand: { login: 'shequ10', reason: '手机没电，本人到场，当面核对。' },
  guests: ['yibao'],
  agenda: [
    { title: '签到，通报上期待办', minutes: 10 },
    { title: '高龄独居老人怎么做到天天有人问', minutes: 50, topic: 'duju' },
    { title: '自由交流', minutes: 20 },
    { title: '小结，布置待办', minutes: 10 },
  ],
  readings: [
    { kind: 'case', entry: 'fuping-weixiao' },
    { kind: 'case', entry: 'weige-zhili' },
    { kind: 'method', entry: 'loudongzhang' },
  ],
} as const;
