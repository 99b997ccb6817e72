import { z } from 'zod';

/** The secret is the address: whoever has it reads the calendar, and can do nothing else. */
export const feedParam = z.strictObject({
  secret: z.string().regex(/^[0-9a-z-]{20,60}$/, { error: '日历地址不对，请重新复制' }),
});
export const feedState = z.object({ active: z.boolean() });
/** Shown once; only its digest is kept. */
export const feedAddress = z.object({ url: z.string() });
