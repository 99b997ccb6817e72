import type { Paper } from '../../../../lib/ballots/box.ts';

/** What stands on a paper of options. Pure. */

export type ChoosePaper = Extract<Paper, { kind: 'choose' }>;

/** Several names, and a blank paper is 弃权; else one of the options, of which none is preselected. */
export const isElection = (paper: ChoosePaper): boolean => paper.least === 0;

/** undefined until something is chosen; an empty list is a paper left blank on purpose. */
export type Marked = readonly string[] | undefined;

/** Taps on an option: with one place it replaces, with several it goes in and out. */
export function tapped(paper: ChoosePaper, marked: Marked, option: string): Marked {
  if (paper.most === 1) return [option];
  const before = marked ?? [];
  const without = before.filter((one) => one !== option);
  if (without.length < before.length) return without.length > 0 ? without : undefined;
  return before.length < paper.most ? inOrder(paper, [...before, option]) : before;
}

const inOrder = (paper: ChoosePaper, chosen: readonly string[]): readonly string[] =>
  paper.options.map(({ id }) => id).filter((id) => chosen.includes(id));

/** How many more names there may be. */
export const left = (paper: ChoosePaper, marked: Marked): number =>
  paper.most - (marked?.length ?? 0);

/** 柳湾社区、渭运社区; 弃权（不写名字） */
export const inWords = (paper: ChoosePaper, chosen: readonly string[]): string =>
  chosen.length === 0
    ? '弃权（不选任何人）'
    : paper.options.flatMap(({ id, label }) => (chosen.includes(id) ? [label] : [])).join('、');
