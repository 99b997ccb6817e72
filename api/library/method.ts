import { z } from 'zod';
import { diagram } from './diagram.ts';
import { answer, date, figure, remark, slug, text } from './shapes.ts';
import { SETTLEMENTS } from './vocabulary.ts';

const common = {
  name: text('方法名称', 24),
  aliases: z.array(text('别名', 24)).default([]),
  /** Only where the usual reading is wrong: 重 in 重难点. Syllables parted by spaces. */
  pinyin: z
    .string()
    .regex(/^[a-z0-9+]+( [a-z0-9+]+)*$/, '写小写拼音，音节之间空一格')
    .optional(),
  gist: text('一句话说清', 60),
  themes: z.array(slug).min(1, '至少选一个主题，编号见 content/themes.yaml'),
  added: date,
};

const full = z.strictObject({
  ...common,
  state: z.literal('full'),
  answers: z.array(answer).min(1, '至少写一个它能回应的问题'),
  /** Empty: not tied to a kind of settlement. */
  settlements: z.array(z.enum(SETTLEMENTS, `只能从 ${SETTLEMENTS.join('、')} 里选`)).default([]),
  steps: z.array(remark).min(2, '至少写两步'),
  roles: z.array(z.strictObject({ who: text('谁', 30), does: remark })).min(1, '写明谁做什么'),
  figures: z.array(figure).default([]),
  diagrams: z.array(diagram).default([]),
  conditions: z.array(remark).default([]),
  pitfalls: z.array(remark).default([]),
});

/** A mechanism of which the sources give only the name. */
const nameOnly = z.strictObject({ ...common, state: z.literal('name-only') });

/** The front matter of content/methods/*.mdx. The cases that use a method are read from the cases. */
export const methodFrontMatter = z.discriminatedUnion(
  'state',
  [full, nameOnly],
  'state 写 full（有做法）或 name-only（来源仅有名称）',
);

export type MethodFrontMatter = z.output<typeof methodFrontMatter>;
export type FullMethod = z.output<typeof full>;

const problem = z.strictObject({
  id: slug,
  name: text('问题', 24),
  ask: text('用社区书记的口气说一遍', 60),
});

/** content/themes.yaml: themes and, under each, the kinds of problem a reader may have. */
export const themesFile = z.array(
  z.strictObject({
    id: slug,
    name: text('主题名称', 12),
    gist: text('主题说明', 80),
    problems: z.array(problem).min(1),
  }),
);

export type Theme = z.output<typeof themesFile>[number];
export type Problem = z.output<typeof problem>;
