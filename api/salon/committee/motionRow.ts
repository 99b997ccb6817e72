import { z } from 'zod';

export const seat = z.object({ seatId: z.string(), community: z.string() });

/** A motion as it is read with the round or topic that it is about. */
export const motionRow = z.object({
  id: z.string(),
  month: z.string().nullable(),
  topic: z.object({ id: z.string(), title: z.string() }).nullable(),
  confirm: z.array(z.object({ id: z.string(), title: z.string() })),
  reason: z.string(),
  by: seat,
  signed: z.array(seat),
  state: z.enum(['open', 'passed', 'withdrawn', 'void']),
  movedAt: z.iso.datetime(),
  settledAt: z.iso.datetime().nullable(),
  maySign: z.boolean(),
  mayWithdraw: z.boolean(),
});
