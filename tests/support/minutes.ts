import type { MinutesDocument } from '../../api/salon/minutes/document.ts';

const COMMUNITIES = [
  '渭运社区',
  '景翼社区',
  '陕拖社区',
  ...Array.from({ length: 16 }, (_, index) => `演示${index + 4}号社区`),
];

/**
 * The third session of Fuping county, July 2023. Its topic, what gave rise to it, who came and what was
 * agreed are the source's. The day, places, people and 16 of the communities are made up (演示), and so
 * is how the discussion went, with the due dates and attachments that such minutes have.
 */
export const SAMPLE: MinutesDocument = {
  mark: '富平县社区治理主题沙龙纪要',
  issue: '〔2023〕第3期',
  title: '关于“如何破解社区万能章”的沙龙纪要',
  date: '2023-07-31',
  meeting: {
    time: '2023年7月28日（演示）14时30分至17时',
    place: '富平县城关街道渭运社区党群服务中心二楼会议室（演示）',
    chair: '渭运社区　演示一',
    recorder: '富平县民政局　演示二',
  },
  attendance: {
    due: 19,
    present: COMMUNITIES.map((unit, index) => ({
      unit,
      name: `演示${'甲乙丙丁戊己庚辛壬癸'.charAt(index % 10)}`,
    })),
    leave: [],
    guests: [
      { unit: '富平县医疗保障局', name: '演示三' },
      { unit: '富平县医疗保障局', name: '演示四' },
      { unit: '某保险公司富平支公司', name: '' },
    ],
  },
  summary:
    '7月底，富平县民政局组织召开第三期社区治理主题沙龙，围绕“如何破解社区万能章”进行研讨。沙龙由轮值主席主持，全县19名城市社区书记（主任）参加，县医保局和保险公司应邀列席。现将有关情况纪要如下。',
  sections: [
    {
      heading: '议题由来',
      paragraphs: [
        '辖区老人在家中摔伤，办理保险报销时，经办单位要求社区出具“无第三方责任证明”。社区没有在场，也没有调查核实的职权：开，难以对内容的真实性负责；不开，群众报销不了，来回奔波。',
        '民政部等六部门已印发《关于改进和规范基层群众性自治组织出具证明工作的指导意见》，但基层在执行中仍有不少单位把举证责任推给社区。',
      ],
    },
    {
      heading: '讨论情况',
      paragraphs: [
        '（一）社区出具此类证明没有依据。与会书记（主任）一致认为，意外伤害是否涉及第三方责任，应当由承办单位依规核实。',
        '（二）群众的难处要有人接。证明可以不开，事情不能不办，关键是部门之间把流程对上。',
      ],
    },
    {
      heading: '议定事项',
      paragraphs: [
        '经现场协商，县医保局和保险公司同意：办理此类报销，由患者本人作出书面承诺即可，不再要求社区开具“无第三方责任证明”；由两家单位分别向下属办理单位作出说明。',
      ],
    },
  ],
  actions: [
    {
      what: '向各医保经办单位说明：意外伤害报销由患者本人书面承诺，不再收取社区证明',
      unit: '富平县医疗保障局',
      due: '2023-08-31',
    },
    {
      what: '向所属理赔网点作出同样说明，并更新所需材料清单',
      unit: '某保险公司富平支公司',
      due: '2023-08-31',
    },
    { what: '在社区公告栏和居民群告知办理办法', unit: '各社区', due: '2023-09-10' },
  ],
  attachments: ['意外伤害报销个人承诺书（样式）', '第三期沙龙签到表'],
  issuer: '富平县民政局办公室',
  copies: ['县委社会工作部', '县医疗保障局', '城关街道办事处', '各社区居民委员会'],
  corrections: [],
  draft: false,
};
