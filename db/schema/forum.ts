import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type ModerationAction, PLACE_KINDS } from '../../api/forum/rules.ts';

/** Columns as in migrations/0005; a test holds both side by side. Times in milliseconds, UTC. */

export const thread = sqliteTable('thread', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  placeKind: text('place_kind', { enum: PLACE_KINDS }).notNull(),
  placeKey: text('place_key').notNull(),
  title: text('title').notNull(),
  asks: integer('asks', { mode: 'boolean' }).notNull(),
  isPublic: integer('is_public', { mode: 'boolean' }).notNull(),
  authorId: text('author_id').notNull(),
  createdAt: integer('created_at').notNull(),
  posts: integer('posts').notNull().default(0),
  replies: integer('replies').notNull().default(0),
  lastAt: integer('last_at').notNull(),
  lastUnit: text('last_unit').notNull(),
  accepted: integer('accepted'),
  pinnedAt: integer('pinned_at'),
  lockedAt: integer('locked_at'),
  hiddenAt: integer('hidden_at'),
  version: integer('version').notNull().default(0),
});

export const post = sqliteTable('post', {
  seq: integer('seq').primaryKey(),
  threadId: text('thread_id').notNull(),
  n: integer('n').notNull(),
  authorId: text('author_id').notNull(),
  unit: text('unit').notNull(),
  source: text('source').notNull(),
  html: text('html').notNull(),
  replyTo: integer('reply_to'),
  at: integer('at').notNull(),
  editedAt: integer('edited_at'),
  edits: integer('edits').notNull().default(0),
  state: text('state', { enum: ['shown', 'deleted', 'hidden'] })
    .notNull()
    .default('shown'),
  marks: integer('marks').notNull().default(0),
});

export const postVersion = sqliteTable(
  'post_version',
  {
    postSeq: integer('post_seq').notNull(),
    nth: integer('nth').notNull(),
    source: text('source').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.postSeq, table.nth] })],
);

export const postMark = sqliteTable(
  'post_mark',
  {
    postSeq: integer('post_seq').notNull(),
    personId: text('person_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.postSeq, table.personId] })],
);

export const mention = sqliteTable(
  'mention',
  {
    postSeq: integer('post_seq').notNull(),
    personId: text('person_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.postSeq, table.personId] })],
);

export const follow = sqliteTable(
  'follow',
  {
    personId: text('person_id').notNull(),
    threadId: text('thread_id').notNull(),
    level: text('level', { enum: ['follow', 'mute'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.threadId] })],
);

export const threadReading = sqliteTable(
  'thread_reading',
  {
    personId: text('person_id').notNull(),
    threadId: text('thread_id').notNull(),
    n: integer('n').notNull(),
    toldSeq: integer('told_seq'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.threadId] })],
);

export const forumSeen = sqliteTable(
  'forum_seen',
  {
    personId: text('person_id').notNull(),
    salonId: text('salon_id').notNull(),
    before: integer('before').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.salonId] })],
);

export const postDraft = sqliteTable(
  'post_draft',
  {
    personId: text('person_id').notNull(),
    salonId: text('salon_id').notNull(),
    place: text('place').notNull(),
    title: text('title').notNull(),
    source: text('source').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.salonId, table.place] })],
);

export const report = sqliteTable('report', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  postSeq: integer('post_seq').notNull(),
  reporterId: text('reporter_id').notNull(),
  reason: text('reason').notNull(),
  at: integer('at').notNull(),
  kept: text('kept'),
  decision: text('decision', { enum: ['hidden', 'kept'] }),
  decidedAt: integer('decided_at'),
});

export const moderation = sqliteTable('moderation', {
  seq: integer('seq').primaryKey(),
  threadId: text('thread_id').notNull(),
  postSeq: integer('post_seq'),
  action: text('action').$type<ModerationAction>().notNull(),
  reason: text('reason').notNull(),
  personId: text('person_id').notNull(),
  at: integer('at').notNull(),
});

export const picture = sqliteTable('picture', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  ownerId: text('owner_id').notNull(),
  hash: text('hash').notNull(),
  width: integer('width').notNull(),
  height: integer('height').notNull(),
  threadId: text('thread_id'),
  at: integer('at').notNull(),
});
