import { z } from 'zod';
import { NOTICE_GROUPS } from './kind.ts';
import { DIGESTS, MAIL_CHOICES } from './rules.ts';

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

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: '时间须是 00:00 到 23:59' });
const timing = z.strictObject({
  /** At 08:00, every day or on Monday. */
  digest: z.enum(DIGESTS),
  /** HH:MM; equal where there are no quiet hours. */
  quietFrom: time,
  quietUntil: time,
});

export const noticeChoices = z.object({
  mail: z.object({
    /** Whether this installation sends mail at all. */
    available: z.boolean(),
    /** Nothing is mailed to who has none. */
    address: z.string().nullable(),
    /** When the address refused a mail; since then nothing is sent there. */
    refusedAt: z.iso.datetime().nullable(),
    /** When they unsubscribed from all mail. */
    stoppedAt: z.iso.datetime().nullable(),
    /** Of the last mail, if it did not get through, in Chinese. */
    trouble: z.string().nullable(),
  }),
  groups: z.array(
    z.object({
      group: z.enum(NOTICE_GROUPS),
      mail: z.enum(MAIL_CHOICES),
      usual: z.enum(MAIL_CHOICES),
    }),
  ),
  timing,
});
/** What is not given stays as it is. */
export const choicesInput = z.strictObject({
  groups: z.partialRecord(z.enum(NOTICE_GROUPS), z.enum(MAIL_CHOICES)).optional(),
  timing: timing.optional(),
  /** 再试: mail again after the address refused it, or after unsubscribing. */
  resume: z.literal(true).optional(),
});

const token = z.string().max(1000).optional();
/** The token stands in the address where a mail program asks. */
export const oneClick = z.object({ token });
const unsubscribing = {
  token,
  /** Takes the unsubscribing back. */
  undo: z.literal(true).optional(),
  'List-Unsubscribe': z.literal('One-Click').optional(),
};
export const unsubscribeInput = z.strictObject(unsubscribing);
/** As mail programs send it. */
export const unsubscribeForm = z.object(unsubscribing);
export const unsubscribed = z.object({ stopped: z.boolean() });
