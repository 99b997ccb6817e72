import { z } from 'zod';
import {
  APPROXIMATIONS,
  ASSURANCES,
  EDITOR_MARK,
  FIGURE_KINDS,
  HALF_WIDTH,
  HALF_WIDTH_ADVICE,
  NOT_STATED,
  PROVINCES,
} from './vocabulary.ts';

/** Shapes that cases and methods share. Every message says what to write, for an author. */

export const slug = z
  .string('写一个编号，例如 weiwang-shige')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '只用小写拼音、数字和连字符，例如 weiwang-shige');

/** A number or a `key: value` where YAML was meant to see words. */
const notText = (what: string, input: unknown): string => {
  if (typeof input === 'number' || typeof input === 'boolean') {
    return `${what}要写文字；只有数字时加上引号，例如 "${input}"`;
  }
  if (typeof input === 'object' && input !== null) {
    return `${what}要写成文字；句子里的冒号用全角「：」`;
  }
  return `写${what}`;
};

/** Non-empty text of at most `max` characters (counted as readers count them). */
export const text = (what: string, max = 400) =>
  z
    .string({ error: ({ input }) => notText(what, input) })
    .trim()
    .min(1, `写${what}，不能留空`)
    .refine((value) => [...value].length <= max, `${what}最多 ${max} 个字，请写短一些`)
    .refine((value) => !/[<>]/.test(value), `${what}里不能有 < 或 >`)
    .refine((value) => !HALF_WIDTH.test(value), HALF_WIDTH_ADVICE);

/** A sentence of the source, or one of ours that begins with 编者建议: */
export const remark = text('一句话').transform((value) =>
  value.startsWith(EDITOR_MARK)
    ? { text: value.slice(EDITOR_MARK.length).trim(), editor: true }
    : { text: value, editor: false },
);

export const date = z.iso.date('写成 2026-11-22 这样的日期');

export const maybeStated = (what: string) => text(`${what}，不知道就写 ${NOT_STATED}`, 60);

const NUMERAL = '写一个数，或范围 300—500（中间是破折号 —），原文隐去的写 withheld';
const numeral = z.union(
  [
    z.literal('withheld', NUMERAL),
    z.number(NUMERAL).nonnegative('数值不能小于 0'),
    // A range, or a numeral whose last 0 is to be kept: '16.0'.
    z.string(NUMERAL).regex(/^(\d+(\.\d+)?—\d+(\.\d+)?|\d+\.\d*0)$/, NUMERAL),
  ],
  NUMERAL,
);

/** A figure as the source gives it: `approx` keeps its 近, 余, 以上; a withheld value stays withheld. */
export const figure = z.strictObject({
  label: text('数字的名称', 40),
  value: numeral,
  approx: z.enum(APPROXIMATIONS, `只能写 ${APPROXIMATIONS.join('、')}`).optional(),
  unit: text('单位（没有单位就不写这一行）', 12).optional(),
  kind: z.enum(FIGURE_KINDS, '写 input（投入）、process（过程）或 outcome（成效）'),
  assurance: z
    .enum(ASSURANCES, '写 self-reported（来源自述）或 verified（已核实）')
    .default('self-reported'),
  /** One of the up to six figures drawn large at the top of the page. */
  lead: z.boolean('写 true 或不写').default(false),
  note: text('说明', 80).optional(),
});

const stated = (name: z.ZodString | z.ZodType<string>) =>
  z.strictObject({ is: z.literal('stated'), name });
const inferred = (name: z.ZodString | z.ZodType<string>) =>
  z.strictObject({
    is: z.literal('inferred'),
    name,
    clues: z.array(text('线索', 60), '列出线索').min(1, '推断的地名要列出至少一条线索'),
  });
const withheld = z.strictObject({ is: z.literal('withheld') });

const placePart = (name: z.ZodType<string>) =>
  z.discriminatedUnion(
    'is',
    [stated(name), inferred(name), withheld],
    'is 写 stated（原文写明）、inferred（据线索推断）或 withheld（原文隐去），例如 { is: stated, name: 富平县 }',
  );

/** A part that is left out does not apply (a city-level case has no county). */
export const place = z.strictObject({
  province: placePart(z.enum(PROVINCES as [string, ...string[]], '写省级行政区全称，例如 陕西省')),
  city: placePart(text('市的名称', 20)).optional(),
  county: placePart(text('区县的名称', 20)).optional(),
  town: placePart(text('镇街的名称', 20)).optional(),
  community: placePart(text('社区的名称', 20)).optional(),
});

/** Why a case or method answers a problem of themes.yaml. */
export const answer = z.strictObject({
  problem: slug,
  why: text('为什么合用', 90),
});

export type Remark = z.output<typeof remark>;
export type Figure = z.output<typeof figure>;
export type PlacePart = z.output<ReturnType<typeof placePart>>;
export type Place = z.output<typeof place>;
export type Answer = z.output<typeof answer>;
