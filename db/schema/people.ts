import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Columns as in migrations/0001; a test holds both side by side. Times in milliseconds, UTC. */

export const person = sqliteTable('person', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  userName: text('user_name'),
  phone: text('phone'),
  email: text('email'),
  passwordHash: text('password_hash'),
  isAdmin: integer('is_admin', { mode: 'boolean' }).notNull().default(false),
  isDemo: integer('is_demo', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
  deactivatedAt: integer('deactivated_at'),
  erasedAt: integer('erased_at'),
});

export const deviceSession = sqliteTable('device_session', {
  id: text('id').primaryKey(),
  tokenHash: text('token_hash').notNull(),
  personId: text('person_id').notNull(),
  device: text('device').notNull(),
  secondFactor: integer('second_factor', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
  seenAt: integer('seen_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
});

export const entryPass = sqliteTable('entry_pass', {
  id: text('id').primaryKey(),
  personId: text('person_id').notNull(),
  kind: text('kind', { enum: ['invitation', 'reset', 'setup'] }).notNull(),
  digest: text('digest').notNull(),
  salonId: text('salon_id'),
  issuedBy: text('issued_by'),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
});

export const secondFactor = sqliteTable('second_factor', {
  personId: text('person_id').primaryKey(),
  sealedSecret: text('sealed_secret').notNull(),
  confirmedAt: integer('confirmed_at'),
  lastStep: integer('last_step').notNull().default(0),
});

export const recoveryCode = sqliteTable(
  'recovery_code',
  {
    personId: text('person_id').notNull(),
    digest: text('digest').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.digest] })],
);

export const signInFailure = sqliteTable('sign_in_failure', {
  loginDigest: text('login_digest').primaryKey(),
  failures: integer('failures').notNull(),
  lastAt: integer('last_at').notNull(),
  lockedUntil: integer('locked_until').notNull(),
});
