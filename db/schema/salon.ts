import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Columns as in migrations/0001; a test holds both side by side. Days are 'YYYY-MM-DD'. */

export const salon = sqliteTable('salon', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  county: text('county').notNull(),
  hostUnit: text('host_unit').notNull(),
  settings: text('settings').notNull().default('{}'),
  isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
});

export const membership = sqliteTable('membership', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  personId: text('person_id').notNull(),
  role: text('role', { enum: ['host', 'guest', 'trainer', 'learner'] }).notNull(),
  unit: text('unit').notNull().default(''),
  since: integer('since').notNull(),
  until: integer('until'),
});

export const seat = sqliteTable('seat', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  community: text('community').notNull(),
  position: integer('position').notNull(),
  joinedOn: text('joined_on').notNull(),
  retiredOn: text('retired_on'),
});

export const tenure = sqliteTable('tenure', {
  id: text('id').primaryKey(),
  seatId: text('seat_id').notNull(),
  personId: text('person_id').notNull(),
  since: integer('since').notNull(),
  until: integer('until'),
});
