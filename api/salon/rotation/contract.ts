import { z } from 'zod';
import { id, prose } from '../../core/text.ts';
import { slug } from '../contract.ts';

export const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, { error: '月份须写成 2026-11 这样' });

export const leaveParam = z.strictObject({ salon: slug, seat: id, month });
export const swapParam = z.strictObject({ salon: slug, swap: id });

export const monthRow = z.object({
  month: z.string(),
  /** null where no seat is free. */
  seatId: z.string().nullable(),
  community: z.string().nullable(),
  /** 公布 months never change by themselves; 预计 ones follow from today's facts. */
  state: z.enum(['past', 'current', 'announced', 'expected']),
  /** Announced, and its session has not begun: its chair may still take leave or swap. */
  mayChange: z.boolean(),
  /** 第 n 期, once it is planned. */
  number: z.number().int().nullable(),
  startsAt: z.iso.datetime().nullable(),
});

export const schedule = z.object({
  /** False until the host convenes the first session. */
  started: z.boolean(),
  /** The month it is, in Asia/Shanghai. */
  now: z.string(),
  /** This month and the eleven after it. */
  months: z.array(monthRow),
  /** The twelve before, latest first. */
  past: z.array(monthRow),
  /** Active seats in order; `last` is the month of the latest turn that is over. */
  seats: z.array(
    z.object({
      id: z.string(),
      community: z.string(),
      position: z.number().int(),
      last: z.string().nullable(),
    }),
  ),
});

export const leaveInput = z.strictObject({
  month,
  reason: prose('请假原因', { min: 0, max: 200 }).default(''),
});

export const swapInput = z.strictObject({
  /** Mine. */
  fromMonth: month,
  /** The other seat's. */
  toMonth: month,
  message: prose('留言', { min: 0, max: 200 }).default(''),
});

export const swapRow = z.object({
  id: z.string(),
  from: z.object({ seatId: z.string(), community: z.string(), month: z.string() }),
  to: z.object({ seatId: z.string(), community: z.string(), month: z.string() }),
  message: z.string(),
  state: z.enum(['offered', 'agreed', 'declined', 'withdrawn', 'void']),
  offeredAt: z.iso.datetime(),
  /** What I may do with it now. */
  mayAnswer: z.boolean(),
  mayWithdraw: z.boolean(),
});
export const swapList = z.object({
  swaps: z.array(swapRow),
  /** My seat's announced months, which I may offer; and my leaves from this month on. */
  mine: z.array(z.string()),
  leaves: z.array(
    z.object({
      seatId: z.string(),
      community: z.string(),
      month: z.string(),
      reason: z.string(),
      mayCancel: z.boolean(),
    }),
  ),
});
export const swapAnswer = z.strictObject({ agree: z.boolean({ error: '请选择同意或不同意' }) });
