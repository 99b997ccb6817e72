import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Columns as in migrations/0002; a test holds both side by side. */

export const audit = sqliteTable('audit', {
  seq: integer('seq').primaryKey(),
  at: integer('at').notNull(),
  salonId: text('salon_id'),
  actorId: text('actor_id'),
  action: text('action').notNull(),
  subject: text('subject').notNull().default(''),
  detail: text('detail').notNull().default('{}'),
  hash: text('hash').notNull(),
});

export const auditHead = sqliteTable('audit_head', {
  onlyRow: integer('only_row').primaryKey(),
  seq: integer('seq').notNull(),
  seal: text('seal').notNull(),
});

export const replay = sqliteTable(
  'replay',
  {
    personId: text('person_id').notNull(),
    key: text('key').notNull(),
    request: text('request').notNull(),
    sealedResult: text('sealed_result').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.key] })],
);

export const installation = sqliteTable('installation', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
