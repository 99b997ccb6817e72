import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { ROUND_STATES, TOPIC_STATES } from '../../api/salon/topics/rules.ts';

/** Columns as in migrations/0003; a test holds both side by side. Months are 'YYYY-MM'. */

export const turn = sqliteTable(
  'turn',
  {
    salonId: text('salon_id').notNull(),
    month: text('month').notNull(),
    seatId: text('seat_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.salonId, table.month] })],
);

export const leave = sqliteTable(
  'leave',
  {
    seatId: text('seat_id').notNull(),
    month: text('month').notNull(),
    reason: text('reason').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.seatId, table.month] })],
);

export const swap = sqliteTable('swap', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  fromSeatId: text('from_seat_id').notNull(),
  fromMonth: text('from_month').notNull(),
  toSeatId: text('to_seat_id').notNull(),
  toMonth: text('to_month').notNull(),
  message: text('message').notNull().default(''),
  state: text('state', { enum: ['offered', 'agreed', 'declined', 'withdrawn', 'void'] }).notNull(),
  offeredAt: integer('offered_at').notNull(),
  settledAt: integer('settled_at'),
});

export const session = sqliteTable('session', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  month: text('month').notNull(),
  number: integer('number'),
  startsAt: integer('starts_at').notNull(),
  place: text('place').notNull().default(''),
  note: text('note').notNull().default(''),
  state: text('state', { enum: ['planned', 'open', 'closed', 'cancelled'] }).notNull(),
  openedAt: integer('opened_at'),
  closedAt: integer('closed_at'),
  cancelReason: text('cancel_reason').notNull().default(''),
  currentItemId: text('current_item_id'),
  currentSince: integer('current_since'),
  updatedAt: integer('updated_at').notNull(),
});

export const agendaItem = sqliteTable('agenda_item', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  position: integer('position').notNull(),
  title: text('title').notNull(),
  minutes: integer('minutes').notNull(),
  topicId: text('topic_id'),
});

export const round = sqliteTable('round', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  sessionId: text('session_id').notNull(),
  month: text('month').notNull(),
  opensAt: integer('opens_at').notNull(),
  votingAt: integer('voting_at').notNull(),
  closesAt: integer('closes_at').notNull(),
  state: text('state', { enum: ROUND_STATES }).notNull(),
  seats: integer('seats'),
  voters: integer('voters'),
  decidedAt: integer('decided_at'),
  decisionNote: text('decision_note').notNull().default(''),
  decidedBy: text('decided_by', { enum: ['host', 'committee'] }),
});

export const topic = sqliteTable('topic', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  seatId: text('seat_id').notNull(),
  title: text('title').notNull(),
  situation: text('situation').notNull(),
  tried: text('tried').notNull(),
  invite: text('invite').notNull(),
  cases: text('cases', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  state: text('state', { enum: TOPIC_STATES }).notNull(),
  roundId: text('round_id'),
  newInRoundId: text('new_in_round_id'),
  sessionId: text('session_id'),
  againOfId: text('again_of_id'),
  supports: integer('supports').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
});

export const topicStep = sqliteTable(
  'topic_step',
  {
    topicId: text('topic_id').notNull(),
    position: integer('position').notNull(),
    state: text('state', { enum: TOPIC_STATES }).notNull(),
    by: text('by', { enum: ['proposer', 'reviewer', 'host', 'chair', 'calendar'] }).notNull(),
    reason: text('reason').notNull().default(''),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.topicId, table.position] })],
);

export const support = sqliteTable(
  'support',
  { topicId: text('topic_id').notNull(), seatId: text('seat_id').notNull() },
  (table) => [primaryKey({ columns: [table.topicId, table.seatId] })],
);

export const roundTopic = sqliteTable(
  'round_topic',
  {
    roundId: text('round_id').notNull(),
    topicId: text('topic_id').notNull(),
    votes: integer('votes'),
    rank: integer('rank'),
    outcome: text('outcome', { enum: ['confirmed', 'rolled-over', 'lapsed'] }),
    reason: text('reason').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.topicId] })],
);

export const vote = sqliteTable(
  'vote',
  {
    roundId: text('round_id').notNull(),
    seatId: text('seat_id').notNull(),
    topicId: text('topic_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.seatId, table.topicId] })],
);

export const guest = sqliteTable('guest', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  unit: text('unit').notNull(),
  name: text('name').notNull(),
  personId: text('person_id'),
  digest: text('digest'),
  answer: text('answer', { enum: ['open', 'accepted', 'declined'] })
    .notNull()
    .default('open'),
  removedAt: integer('removed_at'),
});

export const attendance = sqliteTable(
  'attendance',
  {
    sessionId: text('session_id').notNull(),
    partyId: text('party_id').notNull(),
    seatId: text('seat_id'),
    guestId: text('guest_id'),
    at: integer('at').notNull(),
    byHand: integer('by_hand', { mode: 'boolean' }).notNull().default(false),
    reason: text('reason').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.partyId] })],
);

export const reading = sqliteTable(
  'reading',
  {
    sessionId: text('session_id').notNull(),
    kind: text('kind', { enum: ['case', 'method'] }).notNull(),
    entry: text('entry').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.kind, table.entry] })],
);

/** What was concluded on one matter. */
export interface Conclusion {
  readonly heading: string;
  readonly text: string;
}

export const minutes = sqliteTable('minutes', {
  sessionId: text('session_id').primaryKey(),
  summary: text('summary').notNull(),
  conclusions: text('conclusions', { mode: 'json' }).$type<readonly Conclusion[]>().notNull(),
  recorder: text('recorder').notNull(),
  absences: text('absences', { mode: 'json' })
    .$type<Readonly<Record<string, string>>>()
    .notNull()
    .default({}),
  version: integer('version').notNull(),
  updatedAt: integer('updated_at').notNull(),
  submittedAt: integer('submitted_at'),
  publishedAt: integer('published_at'),
});

export const correction = sqliteTable('correction', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  text: text('text').notNull(),
  at: integer('at').notNull(),
});

export const actionItem = sqliteTable('action_item', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  sessionId: text('session_id').notNull(),
  position: integer('position').notNull(),
  what: text('what').notNull(),
  seatId: text('seat_id'),
  guestId: text('guest_id'),
  unit: text('unit').notNull(),
  dueOn: text('due_on'),
  state: text('state', { enum: ['todo', 'doing', 'done'] })
    .notNull()
    .default('todo'),
  result: text('result').notNull().default(''),
  doneAt: integer('done_at'),
  published: integer('published', { mode: 'boolean' }).notNull().default(false),
});

export const actionNote = sqliteTable(
  'action_note',
  {
    actionId: text('action_id').notNull(),
    position: integer('position').notNull(),
    unit: text('unit').notNull(),
    state: text('state', { enum: ['todo', 'doing', 'done'] }).notNull(),
    text: text('text').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.actionId, table.position] })],
);

export const file = sqliteTable('file', {
  hash: text('hash').primaryKey(),
  kind: text('kind', { enum: ['pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpg'] }).notNull(),
  size: integer('size').notNull(),
  addedAt: integer('added_at').notNull(),
});

export const attachment = sqliteTable('attachment', {
  id: text('id').primaryKey(),
  hash: text('hash').notNull(),
  name: text('name').notNull(),
  sessionId: text('session_id'),
  actionId: text('action_id'),
  unit: text('unit').notNull(),
  at: integer('at').notNull(),
});

export const notice = sqliteTable('notice', {
  seq: integer('seq').primaryKey(),
  salonId: text('salon_id').notNull(),
  kind: text('kind').notNull(),
  data: text('data', { mode: 'json' }).$type<Readonly<Record<string, unknown>>>().notNull(),
  at: integer('at').notNull(),
  once: text('once'),
});

export const inbox = sqliteTable(
  'inbox',
  {
    personId: text('person_id').notNull(),
    noticeSeq: integer('notice_seq').notNull(),
    readAt: integer('read_at'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.noticeSeq] })],
);

export const calendarFeed = sqliteTable('calendar_feed', {
  personId: text('person_id').primaryKey(),
  digest: text('digest').notNull(),
  createdAt: integer('created_at').notNull(),
});
