import type { ElectionKind } from './rules.ts';

/** What a ballot is called. */

export const EVALUATION_TITLE = '选题有效性评价';

/** @param runOff 0 for the election itself */
export const titleOfElection = (kind: ElectionKind, runOff: number): string =>
  `选题委员会${kind === 'by' ? '补选' : '选举'}${runOff > 0 ? `（第 ${runOff} 次加投）` : ''}`;
