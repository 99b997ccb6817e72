import { z } from 'zod';

export const noticeRow = z.object({
  seq: z.number().int(),
  /** The sentence, in Chinese. */
  text: z.string(),
  /** Where to go, a path of this site. */
  link: z.string(),
  salon: z.string(),
  at: z.iso.datetime(),
  read: z.boolean(),
});
export const noticeList = z.object({
  notices: z.array(noticeRow),
  unread: z.number().int(),
  next: z.string().nullable(),
});
/** All up to this one are read. */
export const readInput = z.strictObject({ upTo: z.int().min(0) });
export const unreadCount = z.object({ unread: z.number().int() });
