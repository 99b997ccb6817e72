import { z } from 'zod';
import { id, line } from '../../core/text.ts';
import { slug } from '../../salon/contract.ts';
import { NOTICE_GROUPS } from '../kind.ts';
import { ROOM_GROUPS } from './concerns.ts';
import { FORMATS } from './formats.ts';

export const webhookParam = z.strictObject({ salon: slug, webhook: id });

const format = z.enum(FORMATS, { error: '请选机器人的种类' });
const group = z.enum(NOTICE_GROUPS).refine((name) => ROOM_GROUPS.includes(name), {
  error: '这一类通知只发给本人，不发到群里',
});

export const webhookInput = z.strictObject({
  name: line('名称', { min: 2, max: 30 }),
  format,
  /** Whoever has it may write to the group: never given out again. */
  url: line('地址', { min: 8, max: 2000 }),
  /** 加签密钥; of the plain format one is made where none is given. */
  secret: line('密钥', { min: 8, max: 200 }).optional(),
  groups: z
    .array(group, { error: '请至少选一类通知' })
    .min(1, { error: '请至少选一类通知' })
    .max(NOTICE_GROUPS.length)
    .overwrite((names) => [...new Set(names)]),
});

export const webhookRow = z.object({
  id: z.string(),
  name: z.string(),
  format: z.enum(FORMATS),
  /** Enough to recognise it by: https://oapi.dingtalk.com/…3f9a */
  address: z.string(),
  hasSecret: z.boolean(),
  groups: z.array(z.string()),
  createdAt: z.iso.datetime(),
  lastOkAt: z.iso.datetime().nullable(),
  /** What went wrong last, in Chinese; null after a success. */
  trouble: z.string().nullable(),
});
export const webhookList = z.object({
  webhooks: z.array(webhookRow),
  /** Kinds of notices that concern the whole salon. */
  groups: z.array(z.string()),
});
export const webhookAdded = z.object({
  webhook: webhookRow,
  /** Made here; shown this once. */
  secret: z.string().nullable(),
});
export const webhookTried = z.object({
  accepted: z.boolean(),
  /** What the robot answered, in Chinese. */
  text: z.string(),
});
