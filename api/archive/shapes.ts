import { z } from 'zod';

/**
 * The public export of the published sessions: what the static site is told of the salons. It names
 * communities and units, never a person. A verb writes it, the site reads it.
 */

export const ACTION_STATES = ['待办', '办理中', '已办结', '逾期'] as const;

const text = z.string();
/** A community or a unit, by its name. */
const name = z.string().min(1);
const count = z.int().min(0);
const id = z.string().min(1);
const day = z.iso.date();
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

const archivedSalon = z.strictObject({
  slug,
  name,
  county: name,
  hostUnit: name,
  isDemo: z.boolean(),
});

const archivedTopic = z.strictObject({
  id,
  title: name,
  /** 遇到的问题 */
  situation: text,
  tried: text,
  proposer: name.nullable(),
  votes: count.nullable(),
  rank: z.int().min(1).nullable(),
  /** Given in public by the reviewer; '' if none. */
  reason: text,
  cases: z.array(id),
});

const archivedAction = z.strictObject({
  id,
  what: name,
  unit: name,
  dueOn: day.nullable(),
  state: z.enum(ACTION_STATES),
  /** 办结反馈; '' until there is some. */
  result: text,
  doneOn: day.nullable(),
});

const archivedSession = z.strictObject({
  /** The salon's slug. */
  salon: slug,
  number: z.int().min(1),
  month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
  date: day,
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  /** e.g. 演示日期; '' if none. */
  note: text,
  place: text,
  chair: name.nullable(),
  topics: z.array(archivedTopic),
  agenda: z.array(z.strictObject({ title: name, minutes: count })),
  attendance: z.strictObject({
    due: count,
    present: z.array(name),
    absent: z.array(name),
    guests: z.array(name),
  }),
  materials: z.strictObject({
    cases: z.array(id),
    methods: z.array(id),
    /** `kind` as its ending says, e.g. pdf; `size` in bytes. */
    files: z.array(z.strictObject({ name, kind: name, size: count })),
  }),
  /** Prose; an empty line parts paragraphs. */
  summary: text,
  conclusions: z.array(name),
  actions: z.array(archivedAction),
  corrections: z.array(z.strictObject({ on: day, text: name })),
  publishedOn: day,
});

export const archive = z.strictObject({
  version: z.literal(1),
  salons: z.array(archivedSalon),
  sessions: z.array(archivedSession),
});

export type Archive = z.infer<typeof archive>;
export type ArchivedSalon = z.infer<typeof archivedSalon>;
export type ArchivedSession = z.infer<typeof archivedSession>;
export type ArchivedTopic = z.infer<typeof archivedTopic>;
export type ArchivedAction = z.infer<typeof archivedAction>;
