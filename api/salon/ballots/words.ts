import type { ChoicePaper, Option } from '../../ballot/rules.ts';

/** What stands on the papers of a salon's ballots. */

/** @param from the period's first and last day */
export const evaluationQuestion = (title: string, from: string, to: string): string =>
  `${title}：${from} 至 ${to} 由选题委员会确定的议题，您是否认可？反对（不认可）超过实到席位的 60%，选题委员会重新选举。`;

/** @param most names on a paper */
export const electionQuestion = (title: string, most: number): string =>
  `${title}：最多选 ${most} 人，一个也不选就是弃权。`;

export const marksQuestion = (from: string, to: string): string =>
  `请为 ${from} 至 ${to} 确定的议题打分（1 至 5 分），也可以写意见；都可以不填。`;

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
