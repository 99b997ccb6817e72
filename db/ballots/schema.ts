import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type Paper, PHASES, type Rule, type Summary } from '../../api/ballot/rules.ts';

/** Columns as in create.sql; a test holds both side by side. */

export const ballot = sqliteTable('ballot', {
  id: text('id').primaryKey(),
  question: text('question').notNull(),
  paper: text('paper', { mode: 'json' }).$type<Paper>().notNull(),
  rule: text('rule', { mode: 'json' }).$type<Rule>(),
  phase: text('phase', { enum: PHASES }).notNull(),
  voidReason: text('void_reason'),
  publicKey: text('public_key').notNull(),
  due: integer('due'),
  attending: integer('attending'),
  issued: integer('issued'),
  castingMs: integer('casting_ms'),
  castUntil: integer('cast_until'),
  summary: text('summary', { mode: 'json' }).$type<Summary>(),
});

export const issued = sqliteTable(
  'issued',
  {
    ballot: text('ballot').notNull(),
    seat: text('seat').notNull(),
    blinded: text('blinded'),
    blindSignature: text('blind_signature'),
  },
  (table) => [primaryKey({ columns: [table.ballot, table.seat] })],
);

export const cast = sqliteTable(
  'cast',
  {
    ballot: text('ballot').notNull(),
    token: text('token').notNull(),
    prefix: text('prefix').notNull(),
    signature: text('signature').notNull(),
    choice: text('choice'),
  },
  (table) => [primaryKey({ columns: [table.ballot, table.token] })],
);
