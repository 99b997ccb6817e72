import type { MemberRole } from '../../access/rules.ts';

/** The sheet's headings, in the order of the template. */
export const HEADINGS = ['姓名', '身份', '社区', '手机号', '用户名', '单位'] as const;
export type Heading = (typeof HEADINGS)[number];

/** How roles may be written in the sheet; the first spelling is the template's. */
export const ROLE_WORDS: Readonly<Record<MemberRole, readonly string[]>> = {
  secretary: ['社区书记', '书记'],
  host: ['主办单位', '主办'],
  trainer: ['培训师', '讲师'],
  learner: ['学员'],
  guest: ['嘉宾'],
};

export const ROSTER_LIMIT = 2000;

/** One line of the sheet as it stands there; the heading is line 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: Readonly<Record<Heading, string>>;
}
