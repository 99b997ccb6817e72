import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Columns as in migrations/0005; a test holds both side by side. Times in milliseconds, UTC. */

export const noticeChoice = sqliteTable(
  'notice_choice',
  {
    personId: text('person_id').notNull(),
    group: text('group').notNull(),
    mail: text('mail', { enum: ['off', 'each', 'digest'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.group] })],
);

export const noticeTiming = sqliteTable('notice_timing', {
  personId: text('person_id').primaryKey(),
  digest: text('digest', { enum: ['daily', 'weekly'] }).notNull(),
  quietFrom: integer('quiet_from').notNull(),
  quietUntil: integer('quiet_until').notNull(),
  refusedAt: integer('refused_at'),
  stoppedAt: integer('stopped_at'),
});

export const webhook = sqliteTable('webhook', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  name: text('name').notNull(),
  format: text('format', { enum: ['plain', 'wecom', 'dingtalk', 'feishu'] }).notNull(),
  sealedUrl: text('sealed_url').notNull(),
  sealedSecret: text('sealed_secret'),
  groups: text('groups', { mode: 'json' }).$type<readonly string[]>().notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: integer('created_at').notNull(),
  removedAt: integer('removed_at'),
  lastOkAt: integer('last_ok_at'),
  trouble: text('trouble'),
});

export const delivery = sqliteTable('delivery', {
  seq: integer('seq').primaryKey(),
  noticeSeq: integer('notice_seq').notNull(),
  personId: text('person_id'),
  webhookId: text('webhook_id'),
  dueAt: integer('due_at').notNull(),
  dispatchId: text('dispatch_id'),
});

export const dispatch = sqliteTable('dispatch', {
  id: text('id').primaryKey(),
  personId: text('person_id'),
  webhookId: text('webhook_id'),
  state: text('state', { enum: ['waiting', 'accepted', 'given up', 'not needed'] }).notNull(),
  madeAt: integer('made_at').notNull(),
  tries: integer('tries').notNull().default(0),
  nextAt: integer('next_at').notNull(),
  inDoubt: integer('in_doubt', { mode: 'boolean' }).notNull().default(false),
  doneAt: integer('done_at'),
  trouble: text('trouble'),
});
