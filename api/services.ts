import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type Database, openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { installation } from '../db/schema/index.ts';
import { createSessions } from './accounts/sessions.ts';
import type { Log, Mail, Services } from './core/context.ts';
import { createSecret, readSecretKey, type Secret } from './core/secret.ts';

/** The key file is not the one this database was begun with. */
export class SecretMismatch extends Error {
  override name = 'SecretMismatch';
}

const CHECK = 'secret check';

/**
 * The database remembers something sealed with the key, so that another key is noticed at once and
 * not when the first second factor fails.
 * @throws {SecretMismatch} in Chinese, saying what to do
 */
function checkSecret(db: Database, secret: Secret, keyFile: string): void {
  const kept = db.orm
    .select()
    .from(installation)
    .all()
    .find(({ name }) => name === CHECK);
  if (!kept) {
    const value = secret.digest('check', CHECK);
    db.orm.insert(installation).values({ name: CHECK, value }).onConflictDoNothing().run();
    return;
  }
  if (kept.value === secret.digest('check', CHECK)) return;
  throw new SecretMismatch(
    `密钥文件 ${keyFile} 与数据库不配：请把原来的密钥文件放回去。实在找不回的，运行 npm run setup -- --new-key：两步验证、邀请和重置码会作废，其余不变。`,
  );
}

/** Forgets which key the database was begun with, after the key file was lost for good. */
export function resetSecretCheck(file: string): void {
  const db = openDatabase(file);
  try {
    migrate(db.sqlite);
    db.orm.delete(installation).where(eq(installation.name, CHECK)).run();
  } finally {
    db.close();
  }
}

export interface ServiceOptions {
  /** Absolute path of the database file; the key lies beside it. */
  readonly file: string;
  readonly production: boolean;
  readonly log: Log;
  readonly clock?: () => number;
  readonly sendMail?: ((mail: Mail) => Promise<void>) | undefined;
}

export const keyFileOf = (databaseFile: string): string =>
  join(dirname(databaseFile), 'secret.key');

/**
 * Opens the database, brings it to this version, reads the key.
 * @throws {MigrationError} or {SecretMismatch}, in Chinese; or what SQLite throws
 */
export function openServices({
  file,
  production,
  log,
  clock = Date.now,
  sendMail,
}: ServiceOptions): Services {
  const db = openDatabase(file);
  try {
    const applied = migrate(db.sqlite);
    if (applied > 0) log.info({ applied }, 'migrations applied');
    const keyFile = keyFileOf(file);
    const secret = createSecret(readSecretKey(keyFile));
    checkSecret(db, secret, keyFile);
    db.stopWaiting();
    const sessions = createSessions(db, clock, !production);
    return { db, secret, sessions, clock, log, production, sendMail, changes: { count: 0 } };
  } catch (error) {
    db.close();
    throw error;
  }
}
