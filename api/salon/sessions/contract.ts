import { z } from 'zod';
import { id, line, prose } from '../../core/text.ts';
import { actionState, slug } from '../contract.ts';

const number = z.coerce.number({ error: '期数须是整数' }).int('期数须是整数').min(1).max(9999);
export const sessionParam = z.strictObject({ salon: slug, number });
export const attachmentParam = sessionParam.extend({ attachment: id });
export const guestParam = sessionParam.extend({ guest: id });

const date = z.iso.date({ error: '日期须写成 2026-11-28 这样' });
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: '时间须写成 14:30 这样' });
const place = line('地点', { min: 0, max: 100 });

export const sessionInput = z.strictObject({ date, time, place: place.default('') });
export const sessionChange = z.strictObject({
  date: date.optional(),
  time: time.optional(),
  place: place.optional(),
});
export const cancelInput = z.strictObject({ reason: prose('取消的原因', { min: 4, max: 300 }) });

const state = z.enum(['planned', 'open', 'closed', 'cancelled']);
const seatRef = z.object({ seatId: z.string(), community: z.string() });

export const sessionRow = z.object({
  month: z.string(),
  number: z.number().int().nullable(),
  startsAt: z.iso.datetime(),
  place: z.string(),
  note: z.string(),
  state,
  chair: seatRef.nullable(),
  topics: z.array(z.string()),
  cancelReason: z.string(),
  publishedAt: z.iso.datetime().nullable(),
});
export const sessionList = z.object({
  sessions: z.array(sessionRow),
  /** Whether the host has to convene the next one by hand. */
  mayConvene: z.boolean(),
  next: z.string().nullable(),
});
export const sessionCreated = z.object({ number: z.number().int(), month: z.string() });

export const agendaInput = z.strictObject({
  items: z
    .array(
      z.strictObject({
        /** Of an item that is there already. */
        id: id.optional(),
        title: line('议程', { min: 1, max: 100 }),
        minutes: z.int({ error: '分钟数须是整数' }).min(1).max(480),
        topicId: id.nullable().default(null),
      }),
    )
    .max(30, { error: '最多 30 项议程' }),
});
export const currentInput = z.strictObject({ item: id.nullable() });

const entry = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(80);
export const readingsInput = z.strictObject({
  readings: z
    .array(z.strictObject({ kind: z.enum(['case', 'method']), entry }))
    .max(30, { error: '最多 30 份' }),
});
export const readingRow = z.object({ kind: z.enum(['case', 'method']), entry: z.string() });

export const attachmentQuery = z.strictObject({ name: z.string().min(1).max(300) });
export const attachmentRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  size: z.number().int(),
  unit: z.string(),
  at: z.iso.datetime(),
});

export const guestInput = z.strictObject({
  unit: line('单位', { max: 60 }),
  name: line('姓名', { max: 40 }),
  /** A guest of the salon who has an account. */
  personId: id.optional(),
});
export const guestRow = z.object({
  id: z.string(),
  unit: z.string(),
  name: z.string(),
  answer: z.enum(['open', 'accepted', 'declined']),
  present: z.boolean(),
  hasAccount: z.boolean(),
});
/** `link` is shown once; only its digest is kept. */
export const guestAdded = z.object({ guest: guestRow, link: z.string().nullable() });
export const answerInput = z.strictObject({ answer: z.enum(['accepted', 'declined']) });

export const attendeeRow = z.object({
  seatId: z.string(),
  community: z.string(),
  position: z.number().int(),
  present: z.boolean(),
  byHand: z.boolean(),
  reason: z.string(),
});

export const sessionPage = sessionRow.omit({ topics: true }).extend({
  id: z.string(),
  updatedAt: z.iso.datetime(),
  topics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      situation: z.string(),
      proposer: z.string(),
      state: z.string(),
      cases: z.array(z.string()),
    }),
  ),
  agenda: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      minutes: z.number().int(),
      topicId: z.string().nullable(),
    }),
  ),
  current: z.object({ item: z.string(), since: z.iso.datetime() }).nullable(),
  readings: z.array(readingRow),
  attachments: z.array(attachmentRow),
  guests: z.array(guestRow),
  attendance: z.object({
    /** Active seats; of a closed session, as they were then. */
    due: z.number().int(),
    present: z.number().int(),
    guests: z.number().int(),
    seats: z.array(attendeeRow),
    /** Whether I am signed in; null for someone who cannot be. */
    me: z.boolean().nullable(),
  }),
  /** What the guest that I am answered; null for everybody else. */
  invitation: guestRow.shape.answer.nullable(),
  openedAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  minutes: z.enum(['none', 'draft', 'submitted', 'published']),
  round: z.object({ month: z.string(), state: z.string() }).nullable(),
  may: z.object({
    convene: z.boolean(),
    prepare: z.boolean(),
    run: z.boolean(),
    handSignIn: z.boolean(),
    checkIn: z.boolean(),
    draft: z.boolean(),
    publish: z.boolean(),
  }),
});

export const checkInCode = z.object({
  /** Six digits. */
  code: z.string(),
  /** When the next one comes. */
  changesAt: z.iso.datetime(),
  seconds: z.number().int(),
});
const code = z
  .string({ error: '请填写签到码' })
  .overwrite((text) => text.normalize('NFKC').replace(/\s/g, ''))
  .regex(/^\d{6}$/, { error: '签到码是 6 位数字' });
export const checkInInput = z.strictObject({ code });
export const handInput = z
  .strictObject({
    seat: id.optional(),
    guest: id.optional(),
    reason: prose('代签的原因', { min: 2, max: 200 }),
  })
  .refine(({ seat, guest }) => (seat === undefined) !== (guest === undefined), {
    error: '请选一个席位或一位嘉宾',
  });
export const checkedIn = z.object({ present: z.number().int(), due: z.number().int() });

/** By the link that was given to a guest without an account. */
const pass = z.string().min(8).max(40);
export const visitInput = z.strictObject({ pass });
export const visitAnswer = visitInput.extend({ answer: z.enum(['accepted', 'declined']) });
export const visitCheckIn = visitInput.extend({ code });
export const visitFile = visitInput.extend({ attachment: id });
export const visitPage = z.object({
  salon: z.object({ slug: z.string(), name: z.string(), hostUnit: z.string() }),
  guest: guestRow,
  session: sessionPage,
  actions: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      dueOn: z.string().nullable(),
      state: actionState,
      result: z.string(),
    }),
  ),
});
