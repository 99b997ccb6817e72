import type { ElectionDue, EvaluationDue } from './apply.ts';
import type { ElectionKind } from './rules.ts';

/**
 * What a ballot is called, on pages, papers, the screen and in notices.
 * @param election its kind; null for an evaluation
 * @param runOff 0 for the election itself
 */
export function titleOf(election: ElectionKind | null, runOff = 0): string {
  if (election === null) return '选题有效性评价';
  const title = election === 'by' ? '选题委员会补选' : '选题委员会选举';
  return runOff > 0 ? `${title}（第 ${runOff} 次加投）` : title;
}

export const titleOfDue = (due: ElectionDue | EvaluationDue): string =>
  due.kind === 'election' ? titleOf(due.election.kind, due.runOff) : titleOf(null);
