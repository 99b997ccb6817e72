import type { ChoicePaper, Option } from '../../ballot/rules.ts';

/** What stands on the papers of a salon's ballots. */

/** 2026年6月21日至12月28日 @param from its first day */
function period(from: string, to: string): string {
  const [[year, ...first], [lastYear, ...last]] = [parts(from), parts(to)];
  const days = ([month, day]: readonly number[]): string => `${month}月${day}日`;
  return `${year}年${days(first)}至${lastYear === year ? '' : `${lastYear}年`}${days(last)}`;
}
const parts = (date: string): number[] => date.split('-').map(Number);

/** @param from the period's first and last day */
export const evaluationQuestion = (title: string, from: string, to: string): string =>
  `${title}：${period(from, to)}选题委员会选定的议题，您是否认可？`;

/** @param most names on a paper */
export const electionQuestion = (title: string, most: number): string =>
  `${title}：最多选 ${most} 人；一个也不想选，请选“弃权”。`;

export const marksQuestion = (from: string, to: string): string =>
  `请为${period(from, to)}选定的议题打分（1 至 5 分），也可以写意见；都可以不填。`;

export const EVALUATION_PAPER: ChoicePaper = {
  kind: 'choose',
  options: [
    { id: 'for', label: '认可' },
    { id: 'against', label: '反对（不认可）' },
    { id: 'abstain', label: '弃权' },
  ],
  least: 1,
  most: 1,
};

export const electionPaper = (options: readonly Option[], most: number): ChoicePaper => ({
  kind: 'choose',
  options,
  least: 0,
  most,
});

/** Characters of the second paper's comment. */
export const COMMENT = 300;

export const HINDRANCES = {
  sessionNotOpen: '会议开始后才能办。',
  ballotOpen: '上一次表决还没有结束。',
  nobodyToScrutinise: '还没有能担任监票人的席位到会。',
} as const;
