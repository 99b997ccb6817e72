import { kind, monthInWords, ROOM } from './kind.ts';

/** What people are told of the committee: who stands, who sits on it, what its members move. */

interface Called {
  readonly election: 'first' | 'full' | 'by';
  /** Of the session whose minutes end the pilot stage. */
  readonly number?: number;
  /** Of a by-election. */
  readonly places?: number;
}

interface Seats {
  readonly communities: readonly string[];
}
const names = ({ communities }: Seats): string => communities.join('、');

interface Left {
  readonly community: string;
  readonly how: 'resignation' | 'handOver' | 'retirement';
  /** Members who stay. */
  readonly left: number;
}
const LEFT = {
  resignation: '辞去委员',
  handOver: '因书记换届不再担任委员',
  retirement: '因席位撤销不再担任委员',
};

interface Motion {
  readonly community: string;
  /** Of the round, or… */
  readonly month?: string;
  /** …the topic that is not to be taken up. */
  readonly topic?: string;
  readonly title?: string;
}

const page = (): string => 'committee/';

function called({ election, number, places = 0 }: Called): string {
  if (election === 'by')
    return `选题委员会空出 ${places} 个名额，开始补选提名；可以推荐别人，也可以自荐。`;
  return election === 'full'
    ? '选题委员会的有效性评价到期，而委员不足 2 名，改为全体重新选举，现在开始提名。'
    : `第 ${number} 期纪要公布，试行阶段结束，开始选举选题委员会：现在可以提名；选出之前仍由主办单位确定议题。`;
}

export const COMMITTEE_KINDS = {
  'election.called': kind<Called>('选题委员会', page, called, ROOM),
  'nominee.asked': kind<{ community: string }>(
    '选题委员会',
    page,
    ({ community }) => `${community}推荐您参选选题委员，请答复是否参选。`,
  ),
  'nominations.extended': kind<{ accepted: number; places: number }>(
    '选题委员会',
    page,
    ({ accepted, places }) =>
      `选题委员会的选举要选 ${places} 名，同意参选的只有 ${accepted} 名；提名延长到沙龙上投票之前。`,
    ROOM,
  ),
  'nominations.closed': kind<Seats>(
    '选题委员会',
    page,
    (data) => `选题委员会的提名已截止，候选的有${names(data)}；下一期沙龙上投票。`,
    ROOM,
  ),
  'election.lapsed': kind<object>(
    '选题委员会',
    page,
    () => '参选的人数不够，选题委员会这次没有选成；现在重新提名，下一期沙龙上再选。',
    ROOM,
  ),
  'election.decided': kind<Seats>(
    '选题委员会',
    page,
    (data) =>
      data.communities.length > 0
        ? `选题委员会的选举有了结果：${names(data)}当选。`
        : '选题委员会的选举无人当选；现在重新提名，下一期沙龙上再选。',
    ROOM,
  ),
  'committee.tookOffice': kind<Seats>(
    '选题委员会',
    page,
    (data) => `您当选选题委员，即日起履职。本次当选的有${names(data)}。`,
  ),
  'member.left': kind<Left>(
    '选题委员会',
    page,
    ({ community, how, left }) =>
      `${community}${LEFT[how]}。${left < 2 ? '委员不足 2 名，暂由主办单位确定议题。' : ''}`,
  ),
  'committee.recalled': kind<object>(
    '选题委员会',
    page,
    () =>
      '有效性评价中反对的超过 60%，选题委员会重新选举：现在开始提名；选出之前由主办单位确定议题。',
    ROOM,
  ),
  'motion.moved': kind<Motion>(
    '选题委员会',
    ({ month, topic }) => (topic ? `topics/${topic}/` : `topics/?month=${month}`),
    ({ community, month = '', title }) =>
      title
        ? `${community}动议不采用议题“${title}”，请看是否联署。`
        : `${community}就${monthInWords(month)}的议题提出动议，请看是否联署。`,
  ),
  'ballot.tomorrow': kind<{ number: number; title: string }>(
    '选题委员会',
    ({ number }) => `sessions/${number}/`,
    ({ number, title }) => `明天的第 ${number} 期沙龙要举行${title}，请安排好表决。`,
  ),
};
