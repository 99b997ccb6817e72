import { monthInWords } from '../../kit/time.ts';
import type { Round, RoundTopic } from './read.ts';

/** How topics and rounds are put into words; every page of them agrees here. */

type TopicState = RoundTopic['state'];

export const STATE_NAMES: Readonly<Record<TopicState, string>> = {
  draft: '草稿',
  proposed: '征集中',
  withdrawn: '已撤回',
  declined: '没有采用',
  'on-ballot': '在选票上',
  'rolled-over': '转入下一轮',
  lapsed: '已失效',
  confirmed: '已确定',
  scheduled: '已排期',
  discussed: '已讨论',
  closed: '已有纪要',
};

/** What a step did, as its track says it. */
export const STEP_NAMES: Readonly<Record<TopicState, string>> = {
  draft: '起草',
  proposed: '提出',
  withdrawn: '撤回',
  declined: '没有采用',
  'on-ballot': '列上选票',
  'rolled-over': '没有选上，转入下一轮',
  lapsed: '第二次没有选上，失效',
  confirmed: '确定为议题',
  scheduled: '排进会议',
  discussed: '会上讨论了',
  closed: '公布会议纪要',
};

export const OUTCOME_NAMES = {
  confirmed: '确定',
  'rolled-over': '转入下一轮',
  lapsed: '失效',
} as const;

/** @param proposer the community that proposed the topic */
export const byInWords = (
  by: 'proposer' | 'reviewer' | 'host' | 'chair' | 'calendar',
  proposer: string,
): string =>
  ({
    proposer,
    reviewer: '综合研判',
    host: '主办单位',
    chair: '轮值主席',
    calendar: '按日程自动进行',
  })[by];

export const REVIEWERS = { host: '主办单位', committee: '选题委员会' } as const;

export const roundTitle = ({ month, session: { number } }: Round): string =>
  `${monthInWords(month)}选题${number ? `（第\u00a0${number}\u00a0期）` : ''}`;

/** 第 1 名, or 并列第 2 名 @param all the topics it is ranked among */
export function rankInWords(
  rank: number,
  all: readonly { readonly rank: number | null }[],
): string {
  const shared = all.filter((one) => one.rank === rank).length > 1;
  return `${shared ? '并列' : ''}第 ${rank} 名`;
}
