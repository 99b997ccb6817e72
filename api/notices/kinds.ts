import { BALLOT_KINDS } from './ballotKinds.ts';
import { COMMITTEE_KINDS } from './committeeKinds.ts';
import { FORUM_KINDS } from './forumKinds.ts';
import { dayInWords, type Kind, kind, monthInWords, type NoticeGroup, ROOM } from './kind.ts';

/**
 * What people are told, kind by kind: the sentence and where it leads. Data names things as they
 * were called when it happened. Nothing here may ever tell a choice in a vote or an early total.
 */

interface Turns {
  /** What changed, month by month. */
  readonly turns: readonly { readonly month: string; readonly community: string | null }[];
}
const turnsInWords = ({ turns }: Turns): string =>
  turns.map(({ month, community }) => `${monthInWords(month)}：${community ?? '暂缺'}`).join('；');

interface Swap {
  readonly from: string;
  readonly fromMonth: string;
  readonly to: string;
  readonly toMonth: string;
}
const swapInWords = ({ from, fromMonth, to, toMonth }: Swap): string =>
  `${from}（${monthInWords(fromMonth)}）与${to}（${monthInWords(toMonth)}）`;

interface Round {
  readonly month: string;
  /** Its day, where one is named. */
  readonly until?: string;
}
const roundLink = ({ month }: Round): string => `topics/?month=${month}`;

interface Topic {
  readonly topic: string;
  readonly title: string;
  readonly reason?: string;
}
const topicLink = ({ topic }: Topic): string => `topics/${topic}/`;
const because = ({ reason }: { readonly reason?: string }): string =>
  reason ? `理由：${reason}` : '';

interface Session {
  readonly number: number;
  readonly day?: string;
  readonly time?: string;
  readonly place?: string;
  readonly reason?: string;
}
const sessionLink = ({ number }: Session): string => `sessions/${number}/`;
const whenAndWhere = ({ day, time, place }: Session): string =>
  `${day ? dayInWords(day) : ''} ${time ?? ''}${place ? `，${place}` : ''}`;

interface Item {
  readonly action: string;
  readonly what: string;
  readonly dueOn?: string;
  readonly unit?: string;
}
const itemLink = ({ action }: Item): string => `actions/${action}/`;
const brief = (text: string): string =>
  [...text].length > 30 ? `${[...text].slice(0, 29).join('')}…` : text;

export const NOTICE_KINDS = {
  'turn.changed': kind<Turns>(
    '轮值',
    () => 'seats/',
    (data) => `轮值主席有变化。${turnsInWords(data)}。`,
    ROOM,
  ),
  'turn.announced': kind<Turns>(
    '轮值',
    () => 'seats/',
    (data) => `公布了轮值主席。${turnsInWords(data)}。`,
    ROOM,
  ),
  'turn.yours': kind<{ month: string }>(
    '轮值',
    () => 'seats/',
    ({ month }) => `${monthInWords(month)}由您担任轮值主席。`,
  ),
  'swap.offered': kind<Swap>(
    '轮值',
    () => 'seats/',
    (data) => `${data.from}想和您调换轮值：${swapInWords(data)}。请同意或不同意。`,
  ),
  'swap.agreed': kind<Swap>(
    '轮值',
    () => 'seats/',
    (data) => `轮值已调换：${swapInWords(data)}。`,
  ),
  'swap.declined': kind<Swap>(
    '轮值',
    () => 'seats/',
    (data) => `${data.to}没有同意调换轮值：${swapInWords(data)}。`,
  ),
  'swap.void': kind<Swap>(
    '轮值',
    () => 'seats/',
    (data) => `调换轮值的提议已作废，因为排期变了：${swapInWords(data)}。`,
  ),

  'round.opened': kind<Round>(
    '议题',
    roundLink,
    ({ month, until = '' }) =>
      `${monthInWords(month)}的议题开始征集，${dayInWords(until)}开始投票。`,
    ROOM,
  ),
  'round.voting': kind<Round>(
    '议题',
    roundLink,
    ({ month, until = '' }) =>
      `${monthInWords(month)}的议题开始投票，${dayInWords(until)} 20:00 截止。`,
    ROOM,
  ),
  'round.lastDay': kind<Round>(
    '议题',
    roundLink,
    ({ month }) => `${monthInWords(month)}的议题投票还剩不到一天，您还没有投票。`,
  ),
  'round.empty': kind<Round>(
    '议题',
    roundLink,
    ({ month }) => `${monthInWords(month)}没有征集到议题，本轮结束。`,
    ROOM,
  ),
  'round.review': kind<Round>(
    '议题',
    roundLink,
    ({ month }) => `${monthInWords(month)}的议题投票已截止，请综合研判、确定议题。`,
  ),
  'round.closed': kind<Round>(
    '议题',
    roundLink,
    ({ month }) => `${monthInWords(month)}的议题投票已截止，结果已公布。`,
    ROOM,
  ),
  'round.decided': kind<Round & { titles: readonly string[] }>(
    '议题',
    roundLink,
    ({ month, titles }) =>
      titles.length > 0
        ? `${monthInWords(month)}的议题已确定：${titles.join('；')}。`
        : `${monthInWords(month)}没有确定议题。`,
    ROOM,
  ),
  'month.skipped': kind<{ months: readonly string[] }>(
    '会议',
    () => '',
    ({ months }) => `${months.map(monthInWords).join('、')}因系统停用没有安排沙龙，请知悉。`,
  ),

  'topic.supported': kind<Topic>(
    '议题',
    topicLink,
    ({ title }) => `您提出的“${title}”有了第一个附议。`,
  ),
  'topic.declined': kind<Topic>(
    '议题',
    topicLink,
    (data) => `议题“${data.title}”没有采用。${because(data)}`,
  ),
  'topic.withdrawn': kind<Topic>(
    '议题',
    topicLink,
    ({ title }) => `您附议的“${title}”已由提出者撤回。`,
  ),
  'topic.confirmed': kind<Topic>(
    '议题',
    topicLink,
    (data) => `议题“${data.title}”已确定上会。${because(data)}`,
  ),
  'topic.rolledOver': kind<Topic>(
    '议题',
    topicLink,
    (data) => `议题“${data.title}”这一轮没有确定，自动进入下一轮投票。${because(data)}`,
  ),
  'topic.lapsed': kind<Topic>(
    '议题',
    topicLink,
    (data) => `议题“${data.title}”两轮没有确定，已失效，可以重新提出。${because(data)}`,
  ),
  'topic.discussed': kind<Topic>(
    '议题',
    topicLink,
    ({ title }) => `议题“${title}”已经在沙龙上讨论，纪要公布后通知您。`,
  ),
  'topic.progress': kind<Topic & { what: string; state: string }>(
    '议题',
    topicLink,
    ({ title, what, state }) => `您关心的议题“${title}”有进展：“${brief(what)}”${state}。`,
  ),
  'topic.closed': kind<Topic>(
    '议题',
    topicLink,
    ({ title }) => `议题“${title}”的纪要已公布，请看结论和待办。`,
  ),
  'topic.backToConfirmed': kind<Topic>(
    '议题',
    topicLink,
    ({ title }) => `因会议取消，议题“${title}”改为待安排。`,
  ),

  'session.planned': kind<Session>(
    '会议',
    sessionLink,
    (data) => `第 ${data.number} 期沙龙定于${whenAndWhere(data)}。`,
    ROOM,
  ),
  'session.moved': kind<Session>(
    '会议',
    sessionLink,
    (data) => `第 ${data.number} 期沙龙改为${whenAndWhere(data)}。`,
    ROOM,
  ),
  'session.cancelled': kind<Session>(
    '会议',
    () => 'sessions/',
    (data) => `第 ${data.number} 期沙龙取消。${because(data)}`,
    ROOM,
  ),
  'session.tomorrow': kind<Session>(
    '会议',
    sessionLink,
    (data) => `明天开会：第 ${data.number} 期沙龙，${whenAndWhere(data)}。`,
    ROOM,
  ),
  'session.opened': kind<Session>(
    '会议',
    sessionLink,
    ({ number }) => `第 ${number} 期沙龙开始签到。`,
    ROOM,
  ),
  'session.closed': kind<Session>(
    '会议',
    sessionLink,
    ({ number }) => `第 ${number} 期沙龙已结束，签到已固定。请起草纪要。`,
  ),
  'guest.invited': kind<Session>(
    '会议',
    sessionLink,
    (data) => `邀请您参加第 ${data.number} 期沙龙：${whenAndWhere(data)}。`,
  ),
  'guest.answered': kind<Session & { unit: string; accepted: boolean }>(
    '会议',
    sessionLink,
    ({ number, unit, accepted }) =>
      `${unit}${accepted ? '确认参加' : '不能参加'}第 ${number} 期沙龙。`,
  ),

  'minutes.submitted': kind<Session>(
    '纪要与待办',
    ({ number }) => `sessions/${number}/minutes/`,
    ({ number }) => `第 ${number} 期纪要已起草好，请公布。`,
  ),
  'minutes.late': kind<Session>(
    '纪要与待办',
    ({ number }) => `sessions/${number}/minutes/`,
    ({ number }) => `第 ${number} 期的纪要还没有公布，请尽快办理。`,
  ),
  'minutes.published': kind<Session>(
    '纪要与待办',
    sessionLink,
    ({ number }) => `第 ${number} 期的纪要已公布。`,
    ROOM,
  ),
  'minutes.corrected': kind<Session>(
    '纪要与待办',
    sessionLink,
    ({ number }) => `第 ${number} 期的纪要有更正。`,
    ROOM,
  ),

  ...COMMITTEE_KINDS,

  'action.given': kind<Item>(
    '纪要与待办',
    itemLink,
    ({ what, dueOn }) =>
      `您单位有一项待办：“${brief(what)}”${dueOn ? `，${dayInWords(dueOn)}前办结` : ''}。`,
  ),
  'action.due': kind<Item>(
    '纪要与待办',
    itemLink,
    ({ what, unit, dueOn = '' }) =>
      `待办快到期：“${brief(what)}”（${unit}，${dayInWords(dueOn)}前办结）。`,
  ),
  'action.overdue': kind<Item>(
    '纪要与待办',
    itemLink,
    ({ what, unit, dueOn = '' }) =>
      `待办已逾期：“${brief(what)}”（${unit}，应于${dayInWords(dueOn)}前办结）。`,
  ),
  'action.progress': kind<Item & { state: string }>(
    '纪要与待办',
    itemLink,
    ({ what, unit, state }) => `${unit}的待办“${brief(what)}”${state}。`,
  ),

  ...BALLOT_KINDS,
  ...FORUM_KINDS,
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;
export type NoticeData<K extends NoticeKind> =
  (typeof NOTICE_KINDS)[K] extends Kind<infer D> ? D : never;

function kindOf(name: string): Kind<unknown> {
  const found = (NOTICE_KINDS as unknown as Record<string, Kind<unknown> | undefined>)[name];
  if (!found) throw new Error(`No such notice: ${name}`);
  return found;
}

export const groupOf = (name: string): NoticeGroup => kindOf(name).group;

/** A stored notice as the person reads it. @param data as it was stored with this kind */
export function inWords(name: string, data: unknown): { text: string; path: string } {
  const { link, text } = kindOf(name);
  const path = link(data);
  return { text: text(data), path: path.startsWith('/') ? path : `/salon/${path}` };
}
