import { z } from 'zod';
import { diagram } from './diagram.ts';
import { answer, date, figure, maybeStated, place, remark, slug, text } from './shapes.ts';
import { LEVELS, SETTLEMENTS, SOURCE_FLAGS } from './vocabulary.ts';

const source = z.strictObject({
  title: text('来源标题', 80),
  publisher: maybeStated('发布者'),
  date: maybeStated('日期'),
  flags: z
    .array(z.enum(SOURCE_FLAGS, `只能从 ${SOURCE_FLAGS.join('、')} 里选`))
    .min(1, '至少选一个来源状况')
    .refine((flags) => new Set(flags).size === flags.length, '来源状况不要重复')
    .refine(
      (flags) => !(flags.includes('完整') && flags.includes('残缺')),
      '「完整」和「残缺」不能同时写',
    ),
  missing: z.array(text('缺什么', 80)).default([]),
  note: text('说明', 160).optional(),
});

/** The front matter of content/cases/*.mdx; the body's parts are checked in body.ts. */
export const caseFrontMatter = z
  .strictObject({
    title: text('标题', 40),
    /** 工作法: the name under which practitioners know it. */
    method: text('工作法名称', 24),
    gist: text('一句话说清', 60),
    place,
    level: z.enum(LEVELS, `只能从 ${LEVELS.join('、')} 里选`),
    settlements: z
      .array(z.enum(SETTLEMENTS, `只能从 ${SETTLEMENTS.join('、')} 里选`))
      .describe('空着表示来源未说明'),
    themes: z.array(slug).min(1, '至少选一个主题，编号见 content/themes.yaml'),
    answers: z.array(answer).min(1, '至少写一个它能回应的问题，编号见 content/themes.yaml'),
    period: maybeStated('时期'),
    source,
    figures: z
      .array(figure)
      .refine((all) => all.filter((one) => one.lead).length <= 6, '首屏大数字（lead）最多 6 个'),
    diagrams: z.array(diagram).default([]),
    methods: z.array(slug).min(1, '至少写一个用到的方法，编号是 content/methods 里的文件名'),
    conditions: z.array(remark).min(1, '写明照着做需要的条件'),
    pitfalls: z.array(remark).min(1, '写明容易出的问题'),
    related: z.array(slug).default([]),
    added: date,
  })
  .superRefine((entry, ctx) => {
    const inferred = Object.values(entry.place).some((part) => part?.is === 'inferred');
    if (inferred !== entry.source.flags.includes('地名推断')) {
      ctx.addIssue({
        code: 'custom',
        path: ['source', 'flags'],
        message: inferred
          ? '地名有推断（inferred），来源状况要写上「地名推断」'
          : '没有推断的地名，来源状况不要写「地名推断」',
      });
    }
    const withheld = Object.values(entry.place).some((part) => part?.is === 'withheld');
    if (withheld !== entry.source.flags.includes('地名隐去')) {
      ctx.addIssue({
        code: 'custom',
        path: ['source', 'flags'],
        message: withheld
          ? '有地名写了 withheld，来源状况要写上「地名隐去」'
          : '没有隐去的地名，来源状况不要写「地名隐去」',
      });
    }
    const hidden = entry.figures.some((one) => one.value === 'withheld');
    if (hidden !== entry.source.flags.includes('数字隐去')) {
      ctx.addIssue({
        code: 'custom',
        path: ['source', 'flags'],
        message: hidden
          ? '有数字写了 withheld，来源状况要写上「数字隐去」'
          : '没有隐去的数字，来源状况不要写「数字隐去」',
      });
    }
    if (entry.source.flags.includes('残缺') && entry.source.missing.length === 0) {
      ctx.addIssue({
        code: 'custom',
        path: ['source', 'missing'],
        message: '来源残缺，请在 missing 里写明缺什么',
      });
    }
    if (!entry.source.flags.includes('残缺') && entry.source.missing.length > 0) {
      ctx.addIssue({
        code: 'custom',
        path: ['source', 'flags'],
        message: 'missing 里写了缺什么，来源状况要写上「残缺」',
      });
    }
  });

export type CaseFrontMatter = z.output<typeof caseFrontMatter>;
