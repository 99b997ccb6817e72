import type { Login } from './months.ts';

/**
 * The demo salon's forum. What it tells of the cases is in the library; who says it, and the figures
 * of their own courtyards, are made up.
 */

export interface DemoPost {
  readonly by: Login;
  /** Days before the demo is loaded. */
  readonly ago: number;
  /** Markdown, a paragraph or a line each. */
  readonly lines: readonly string[];
  readonly replyTo?: number;
  /** Who found it useful, or asks the same. */
  readonly marked?: readonly Login[];
}

/** What the host did with it. */
export interface DemoModeration {
  readonly action: 'lock' | 'pin';
  readonly ago: number;
  readonly reason: string;
}

export interface DemoThread {
  /** Of a topic its key among DEMO_TOPICS; of a session its number. */
  readonly place: readonly [kind: 'theme' | 'case' | 'method' | 'topic' | 'session', key: string];
  readonly title: string;
  readonly asks?: boolean;
  readonly membersOnly?: boolean;
  readonly posts: readonly DemoPost[];
  readonly accepted?: { readonly n: number; readonly ago: number };
  readonly moderation?: DemoModeration;
}

export const DEMO_THREADS: readonly DemoThread[] = [
  {
    place: ['theme', 'rencai'],
    title: '交流区怎么用：先看这三条',
    posts: [
      {
        by: 'minzheng',
        ago: 20,
        lines: [
          '两次沙龙之间遇到的事，都可以在这里问。',
          '',
          '1. 有具体的事要问，发帖时选“求助”；有人答到点子上，请点“采纳”，别的社区以后找得到。',
          '2. 说事不说人：居民的姓名、门牌、病情不要写进来。',
          '3. 照着案例做的，写明在哪个小区、做了多久；没做成的也请写，最有用。',
        ],
        marked: ['jingyi', 'weiyun', 'shequ9'],
      },
    ],
    moderation: { action: 'pin', ago: 19.9, reason: '新来的同志先看这一条' },
  },
  {
    place: ['case', 'weiwang-shige'],
    title: '微网格划到三十户，微网格长从哪里找',
    asks: true,
    posts: [
      {
        by: 'shequ6',
        ago: 9,
        lines: [
          '看了微网实格，想把我们的一般网格再分细。底图打出来一算，要划十四个微网格，可现成的热心人只有五个。',
          '',
          '没有人的那九个格，是先空着，还是请楼栋长兼？大家是怎么起步的？',
        ],
        marked: ['shequ8', 'shequ11', 'shequ14'],
      },
      {
        by: 'shequ12',
        ago: 8.8,
        lines: [
          '我们是楼栋长兼的，省事，但一个人管两栋，重点人群记不全。三个月后又拆开了。',
          '',
          '如果要兼，建议先只兼“通知”和“上报”两样，采集信息不要压给他。',
        ],
        marked: ['shequ6'],
      },
      {
        by: 'shequ9',
        ago: 8.5,
        lines: [
          '我们没有一次划完，是倒着来的：',
          '',
          '- 先挑三个有人的格，演练一次入户通知，看三小时以内办不办得完；',
          '- 办得完，说明三十户合适；办不完，再往小里分；',
          '- 人是从演练里冒出来的：第二次演练，有四户主动来问能不能算他一个。',
          '',
          '案例里也是这个道理：格的大小从**几个小时内办得完**倒推。空着的格先由社区干部包，写明到哪个月为止。',
        ],
        marked: ['shequ6', 'shequ11', 'shequ12', 'weiyun'],
      },
      {
        by: 'shequ6',
        ago: 7.2,
        replyTo: 3,
        lines: [
          '> 先挑三个有人的格，演练一次',
          '',
          '照这样试了一次，二号楼两小时四十分办完。谢谢，先采纳，月底再来说结果。',
        ],
      },
    ],
    accepted: { n: 3, ago: 7.2 },
  },
  {
    place: ['topic', 'yuanqiang'],
    title: '“多退少补”的账，贴到什么程度居民才放心',
    posts: [
      {
        by: 'shantuo',
        ago: 6,
        lines: [
          '家属院美化院墙是居民自己提的，每户预算 1800 元，多退少补。账由业委会管，我们现在每周贴一张，样子如下（数字是举例）：',
          '',
          '| 日期 | 事项 | 收入（元） | 支出（元） | 经手 |',
          '| :-- | :-- | --: | --: | :-- |',
          '| 第一周 | 首批筹款 | 9000 | 0 | 业委会 |',
          '| 第一周 | 订砖 | 0 | 3600 | 业委会、居民代表 |',
          '| 第二周 | 工钱 | 0 | 2000 | 业委会、居民代表 |',
          '',
          '支出一律两个人签字[^1]。大家看还缺什么？',
          '',
          '[^1]: 一位业委会委员，一位没有参加施工的居民代表。',
        ],
        marked: ['jingyi', 'shequ10'],
      },
      {
        by: 'shequ10',
        ago: 5.6,
        lines: ['缺“余额”一栏。我们老院子收卫生费收不上来，就是因为居民每次都要自己算还剩多少。'],
        marked: ['shantuo', 'shequ13'],
      },
      {
        by: 'shequ13',
        ago: 5.1,
        lines: ['票据的照片也贴上，不用多，大额的三五张就行。'],
      },
    ],
  },
  {
    place: ['session', '4'],
    title: '会前先摸个底：独居老人现在由谁每天问一声',
    asks: true,
    membersOnly: true,
    posts: [
      {
        by: 'weiyun',
        ago: 1.5,
        lines: [
          '这一期我来主持。会前想摸个底：您那里的高龄独居老人，现在靠谁天天问一声？',
          '',
          '只写办法和大概的户数，不写姓名和门牌。',
        ],
      },
      {
        by: 'jingyi',
        ago: 1.2,
        lines: [
          '靠楼栋长看窗户、看门口。去年有两位老人近一周没下楼，就是楼栋长报上来的，两小时内联系到了家属，原来是住院了。',
          '',
          '短处是楼栋长自己也要出门，没有人替。',
        ],
        marked: ['weiyun', 'shequ5'],
      },
      {
        by: 'yibao',
        ago: 0.9,
        lines: [
          '我们这边可以说明一点：住院、出院的情况涉及个人信息，社区直接来问我们不能提供；老人自己或家属书面同意以后，可以由家属转告楼栋长。到会上细说。',
        ],
        marked: ['jingyi'],
      },
      {
        by: 'shequ5',
        ago: 0.4,
        lines: [
          '我们是邻居结对，一户看一户，四十多户。@渭运社区 会上能不能给十分钟讲讲断线的那几次？',
        ],
      },
    ],
  },
  {
    place: ['theme', 'wuye'],
    title: '老院子没有业委会，公共收益的账户开在谁名下',
    asks: true,
    posts: [
      {
        by: 'shequ14',
        ago: 2.3,
        lines: [
          '院子里六十户，没有物业，也没有业委会。门口两个广告箱一年有点收入，钱一直由老院长个人收着，他自己也着急，想交出来。',
          '',
          '在成立业委会之前，这笔钱放在哪里合适？有没有社区办过？',
        ],
        marked: ['shequ10', 'shequ13'],
      },
    ],
  },
  {
    place: ['theme', 'hejie'],
    title: '广场上跳舞的声音，到底几点算晚',
    posts: [
      {
        by: 'shequ7',
        ago: 14,
        lines: [
          '一边是没处去的舞蹈队，一边是要休息的住户。调解过五次，每次只管用一个星期。各位那里定的是几点？',
        ],
      },
      { by: 'shequ8', ago: 13.8, lines: ['我们定的是晚上八点半，音箱由楼栋长收着。'] },
      {
        by: 'shequ16',
        ago: 13.7,
        lines: ['定几点都没有用，关键是要有个地方跳。群众文艺小舞台那样的场子，一个都没有。'],
        marked: ['shequ7'],
      },
      { by: 'shequ8', ago: 13.6, replyTo: 3, lines: ['场子不是一天有的，八点半今天就能定。'] },
    ],
    moderation: {
      action: 'lock',
      ago: 12,
      reason: '已转为议题“舞蹈队和住户怎么定个长久的约定”，请到议题下面接着说',
    },
  },
  {
    place: ['method', 'loudongzhang'],
    title: '给楼栋长的一页纸：看见什么，报给谁',
    posts: [
      {
        by: 'jingyi',
        ago: 11,
        lines: [
          '红袖章发了、聘书发了，楼栋长问得最多的还是“发现了事该找谁”。我们印了一页纸，贴在门后：',
          '',
          '1. 老人两天没露面：先敲门，再打家属电话，再报社区；',
          '2. 楼道堆物、飞线充电：拍照报网格员；',
          '3. 邻里争吵：劝得住就劝，劝不住不要硬劝，叫社区。',
          '',
          '每条后面只写**一个**电话。写两个，等于没有写。',
        ],
        marked: ['weiyun', 'shantuo', 'shequ4', 'shequ15'],
      },
      {
        by: 'xueyuan',
        ago: 10.4,
        lines: ['第一条为什么是两天？案例里是近一周才发现的。'],
      },
      {
        by: 'jingyi',
        ago: 10.2,
        replyTo: 2,
        lines: ['就是因为那一次近一周，后来才改成两天。改成一天试过，楼栋长吃不消。'],
        marked: ['xueyuan', 'peixun'],
      },
    ],
  },
  {
    place: ['method', 'shumian-chengnuo'],
    title: '居民拿着“无第三方责任证明”的旧单子来，怎么答复',
    asks: true,
    posts: [
      {
        by: 'shequ4',
        ago: 4.2,
        lines: [
          '第三期说定由患者本人书面承诺，不再由社区开。可窗口上还有旧单子，居民拿着来，不给盖章就急。现场怎么说最省口舌？',
        ],
        marked: ['shequ15'],
      },
      {
        by: 'jingyi',
        ago: 4,
        lines: [
          '我们把新办法印成小条，当面给他：**本人写一份书面承诺就行**，附一支笔，坐下就能写。写完告诉他交到哪个窗口。',
          '',
          '还要记一笔：他是从哪个窗口拿到旧单子的，月底汇总给主办单位去说。',
        ],
        marked: ['shequ4', 'shequ15', 'minzheng'],
      },
    ],
    accepted: { n: 2, ago: 3.6 },
  },
];
