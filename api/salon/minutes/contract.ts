import { z } from 'zod';
import { pageQuery } from '../../core/page.ts';
import { id, line, prose } from '../../core/text.ts';
import { actionState, slug } from '../contract.ts';
import { attachmentRow } from '../sessions/contract.ts';

export const actionParam = z.strictObject({ salon: slug, action: id });
export const actionFileParam = actionParam.extend({ attachment: id });

/** 责任单位. */
export const owner = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('host') }),
  z.strictObject({ kind: z.literal('seat'), id }),
  z.strictObject({ kind: z.literal('guest'), id }),
]);

const day = z.iso.date({ error: '日期须写成 2026-11-28 这样' });
export const actionInput = z.strictObject({
  /** Of an item that the draft has already. */
  id: id.optional(),
  what: prose('事项', { min: 2, max: 300 }),
  owner,
  dueOn: day.nullable(),
});

const conclusion = z.strictObject({
  heading: line('小标题', { min: 0, max: 80 }),
  text: prose('结论', { min: 0, max: 5000 }),
});
export const minutesInput = z.strictObject({
  /** Of the draft that this was typed on; 0 when there was none. */
  version: z.int().min(0),
  summary: prose('会议情况', { min: 0, max: 10_000 }),
  conclusions: z.array(conclusion).max(20),
  recorder: line('记录人', { min: 0, max: 40 }),
  /** Seat id → why it did not come. */
  absences: z.record(id, line('缺席原因', { min: 0, max: 60 })),
  actions: z.array(actionInput).max(60, { error: '最多 60 项待办' }),
});

export const minutesPage = z.object({
  state: z.enum(['none', 'draft', 'submitted', 'published']),
  version: z.number().int(),
  summary: z.string(),
  conclusions: z.array(z.object({ heading: z.string(), text: z.string() })),
  recorder: z.string(),
  absences: z.record(z.string(), z.string()),
  actions: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      owner,
      unit: z.string(),
      dueOn: z.string().nullable(),
    }),
  ),
  /** Whom an action item can be given to. */
  owners: z.array(z.object({ owner, unit: z.string() })),
  /** Seats that did not come. */
  absent: z.array(z.object({ seatId: z.string(), community: z.string() })),
  updatedAt: z.iso.datetime().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  corrections: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
  mayPublish: z.boolean(),
});
export const minutesSaved = z.object({ version: z.number().int() });
export const correctionInput = z.strictObject({ text: prose('更正内容', { min: 4, max: 1000 }) });

export const actionRow = z.object({
  id: z.string(),
  what: z.string(),
  unit: z.string(),
  mine: z.boolean(),
  dueOn: z.string().nullable(),
  state: actionState,
  /** Not done after its day. */
  overdue: z.boolean(),
  result: z.string(),
  doneAt: z.iso.datetime().nullable(),
  session: z.object({ number: z.number().int().nullable(), month: z.string() }),
});
export const actionQuery = z.strictObject({
  /** `open` is all that is not done. */
  view: z.enum(['open', 'todo', 'doing', 'overdue', 'done']).default('open'),
  of: z.enum(['all', 'mine']).default('all'),
  /** A seat's id, or `host`. */
  unit: z.union([id, z.literal('host')]).optional(),
  limit: pageQuery.shape.limit.unwrap().default(50),
  cursor: pageQuery.shape.cursor,
});
export const actionList = z.object({
  actions: z.array(actionRow),
  /** Of all that are mine or the unit's, where that was asked for. */
  counts: z.object({
    todo: z.number().int(),
    doing: z.number().int(),
    overdue: z.number().int(),
    done: z.number().int(),
  }),
  units: z.array(z.object({ unit: z.string(), name: z.string() })),
  next: z.string().nullable(),
});
export const actionPage = actionRow.extend({
  notes: z.array(
    z.object({ unit: z.string(), state: actionState, text: z.string(), at: z.iso.datetime() }),
  ),
  attachments: z.array(attachmentRow),
  topics: z.array(z.object({ id: z.string(), title: z.string() })),
  mayWork: z.boolean(),
});
export const progressInput = z.strictObject({
  state: actionState,
  /** 办理情况; with 办结 it is the 办结反馈. */
  text: prose('办理情况', { min: 2, max: 2000 }),
});
/** The same, by a guest's link. */
export const visitProgress = progressInput.extend({
  pass: z.string().min(8).max(40),
  action: id,
});
