import type { Archive, ArchivedAction, ArchivedSession } from '../../api/archive/contract.ts';

/** An archive as the export writes it: two salons, and a session of every make. */

export const COMMUNITIES = [
  '景翼社区',
  '渭运社区',
  '陕拖社区',
  ...[...'四五六七八九十'].map((numeral) => `示例社区${numeral}`),
  ...[...'一二三四五六七八九'].map((numeral) => `示例社区十${numeral}`),
];

const action = (part: Partial<ArchivedAction> & Pick<ArchivedAction, 'id' | 'what'>) => ({
  unit: '富平县医疗保障局（演示）',
  dueOn: null,
  state: '待办' as const,
  result: '',
  doneOn: null,
  ...part,
});

const BARE: ArchivedSession = {
  salon: 'fuping-demo',
  number: 1,
  month: '2023-05',
  date: '2023-05-26',
  time: '14:30',
  note: '演示日期，来源没有写',
  place: '',
  chair: null,
  topics: [],
  agenda: [],
  attendance: { due: 19, present: [], absent: [], guests: [] },
  materials: { cases: [], methods: [], files: [] },
  summary: '',
  conclusions: [],
  actions: [],
  corrections: [],
  publishedOn: '2023-05-31',
};

const topic = (
  part: Partial<ArchivedSession['topics'][number]> & { id: string; title: string },
) => ({
  situation: '',
  tried: '',
  proposer: null,
  votes: null,
  rank: null,
  reason: '',
  cases: [],
  ...part,
});

export const SAMPLE_ARCHIVE: Archive = {
  version: 1,
  salons: [
    {
      slug: 'fuping-demo',
      name: '富平县社区治理主题沙龙（演示）',
      county: '富平县（演示）',
      hostUnit: '富平县民政局（演示）',
      isDemo: true,
    },
    {
      slug: 'lixian',
      name: '礼县社区沙龙',
      county: '礼县',
      hostUnit: '礼县民政局',
      isDemo: false,
    },
  ],
  sessions: [
    {
      ...BARE,
      topics: [topic({ id: 't1', title: '如何激发四支队伍作用', cases: ['fuping-weixiao'] })],
      attendance: {
        ...BARE.attendance,
        present: COMMUNITIES.slice(0, 18),
        absent: ['示例社区十九'],
      },
    },
    {
      ...BARE,
      number: 2,
      month: '2023-06',
      date: '2023-06-30',
      chair: '渭运社区',
      topics: [
        topic({
          id: 't2',
          title: '“五小服务”过程中的问题及解决办法',
          situation: '商户电梯的噪音、舞蹈没有地方跳，小事一件接一件，社区接得住，未必办得了。',
          proposer: '渭运社区',
          votes: 14,
          rank: 1,
        }),
      ],
      attendance: { ...BARE.attendance, present: COMMUNITIES },
      summary:
        '会议交流了“五小服务”的做法。各社区说了各自的难处。\n\n会议没有定下结论，留待以后再议。',
      publishedOn: '2023-07-04',
    },
    {
      ...BARE,
      number: 3,
      month: '2023-07',
      date: '2023-07-28',
      note: '演示日期，来源只写 7 月底',
      place: '富平县民政局三楼会议室（演示）',
      chair: '景翼社区',
      topics: [
        topic({
          id: 't3',
          title: '如何破解社区万能章',
          situation:
            '老人在家摔伤，报保险要一张“无第三方责任证明”。社区没有看见，开也难；不开，老人又要跑第二趟。',
          tried:
            '按《关于改进和规范基层群众性自治组织出具证明工作的指导意见》解释过，办理单位仍然要。',
          proposer: '景翼社区',
          votes: 16,
          rank: 1,
          cases: ['fuping-weixiao', 'bu-zai-le'],
        }),
        topic({
          id: 't4',
          title: '证明材料怎样减下来',
          situation: '一年开出的证明里，哪些本可以不开，各社区说法不一。',
          proposer: '示例社区五',
          votes: 9,
          rank: 3,
          reason: '与第一个议题同是证明的事，放在一起议更省时间。',
          cases: ['weiwang-shige'],
        }),
      ],
      agenda: [
        { title: '主席说明议题', minutes: 10 },
        { title: '各社区发言', minutes: 50 },
        { title: '县医保局、保险公司回应', minutes: 20 },
        { title: '商定办法', minutes: 10 },
      ],
      attendance: {
        due: 19,
        present: COMMUNITIES.slice(0, 17),
        absent: COMMUNITIES.slice(17),
        guests: ['富平县医疗保障局（演示）', '某保险公司（演示）'],
      },
      materials: {
        cases: ['fuping-weixiao'],
        methods: ['loudongzhang'],
        files: [{ name: '近一年证明清单', kind: 'xlsx', size: 48_213 }],
      },
      summary:
        '会议围绕“无第三方责任证明”展开。景翼社区说明了缘由：老人在家摔伤，保险报销要社区出证明。\n\n县医保局和保险公司当场表示，可以由患者本人书面承诺。',
      conclusions: [
        '“无第三方责任证明”不再由社区开具，患者本人书面承诺即可。',
        '医保局和保险公司各自向下属的办理单位作说明。',
      ],
      actions: [
        action({
          id: 'a1',
          what: '向全县医保经办窗口发出说明，不再要求社区开具证明',
          dueOn: '2023-08-15',
          state: '已办结',
          result: '说明已发到各经办窗口，书面承诺的样张一并附上。',
          doneOn: '2023-08-11',
        }),
        action({
          id: 'a2',
          what: '通知各理赔网点认可书面承诺',
          unit: '某保险公司（演示）',
          dueOn: '2023-08-15',
          state: '逾期',
        }),
        action({ id: 'a3', what: '把承诺书样张贴进社区服务大厅', unit: '各社区', state: '办理中' }),
      ],
      corrections: [{ on: '2023-08-09', text: '实到社区由 16 个更正为 17 个。' }],
      publishedOn: '2023-08-02',
    },
    {
      ...BARE,
      salon: 'lixian',
      month: '2026-11',
      date: '2026-11-19',
      note: '',
      topics: [topic({ id: 't5', title: '夜间停车，谁来管' })],
      attendance: {
        due: 4,
        present: ['东街社区', '南关社区'],
        absent: ['西关社区', '北街社区'],
        guests: [],
      },
      conclusions: ['先把空地画上线，夜里九点以后开放。'],
      publishedOn: '2026-11-25',
    },
  ],
};
