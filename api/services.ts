import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eq, isNull } from 'drizzle-orm';
import { ballotFileOf } from '../db/ballots/client.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { migrate } from '../db/migrate.ts';
import { entryPass, installation, recoveryCode, replay, secondFactor } from '../db/schema/index.ts';
import { createSessions } from './accounts/sessions.ts';
import { BallotBox } from './ballot/box.ts';
import type { BoxOptions } from './ballot/types.ts';
import type { Log, Mail, Services } from './core/context.ts';
import { newId } from './core/id.ts';
import { createLive } from './core/live.ts';
import { createOutbound, type Outbound } from './core/outbound/outbound.ts';
import { createSecret, NotAKey, readSecretKey, type Secret } from './core/secret.ts';
import { createFileStore, filesFolder } from './files/store.ts';
import { type Library, libraryOf } from './library/names.ts';
import { teachDueTime } from './notices/outbox.ts';

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
  throw new SecretMismatch(`密钥文件 ${keyFile} 与数据库不配：${PUT_BACK}`);
}

const PUT_BACK =
  '请把原来的密钥文件放回去。实在找不回的，运行 npm run setup -- --new-key：两步验证、邀请和重置码会作废，其余不变。';

/**
 * Reads the key; makes one only for a database that was not begun with another.
 * @throws {SecretMismatch} when it is lost or is no key
 */
function openSecret(db: Database, keyFile: string): Secret {
  const begun = db.orm.select().from(installation).where(eq(installation.name, CHECK)).get();
  if (begun && !existsSync(keyFile)) {
    throw new SecretMismatch(`密钥文件 ${keyFile} 不见了：${PUT_BACK}`);
  }
  try {
    return createSecret(readSecretKey(keyFile));
  } catch (error) {
    if (!(error instanceof NotAKey)) throw error;
    throw new SecretMismatch(`密钥文件 ${keyFile} 已损坏：${PUT_BACK}`);
  }
}

/**
 * After the key file was lost for good: what only the old key could open goes, and the database is
 * ready to be begun with a new one. A key file that does not fit is moved aside. Confirmed second
 * factors stay, so that a password alone does not enter: see `isReadable` in accounts/secondFactor.
 * Only while no server runs.
 * @returns false, having changed nothing, when the key is there and fits
 */
export function forgetSecret(file: string, now: number): boolean {
  const db = openDatabase(file);
  const keyFile = keyFileOf(file);
  try {
    migrate(db.sqlite);
    try {
      if (existsSync(keyFile)) checkSecret(db, openSecret(db, keyFile), keyFile);
      if (existsSync(keyFile)) return false;
    } catch (error) {
      if (!(error instanceof SecretMismatch)) throw error;
    }
    db.orm.transaction((tx) => {
      tx.delete(installation).where(eq(installation.name, CHECK)).run();
      tx.delete(entryPass).where(isNull(entryPass.usedAt)).run();
      tx.delete(recoveryCode).run();
      tx.delete(replay).run();
      tx.delete(secondFactor).where(isNull(secondFactor.confirmedAt)).run();
    });
    if (existsSync(keyFile)) renameSync(keyFile, `${keyFile}.before-${now}`);
    return true;
  } finally {
    db.close();
  }
}

/** The ballot box and its keys lie beside the database. @throws what SQLite throws */
export const openBallots = (
  databaseFile: string,
  given: Omit<BoxOptions, 'file' | 'keys'>,
): BallotBox =>
  new BallotBox({
    file: ballotFileOf(databaseFile),
    keys: join(dirname(databaseFile), 'ballot-keys'),
    ...given,
  });

export interface ServiceOptions {
  /** Absolute path of the database file; the key lies beside it. */
  readonly file: string;
  readonly production: boolean;
  readonly log: Log;
  readonly clock?: () => number;
  /** Milliseconds that only go forward. */
  readonly monotonic?: () => number;
  readonly sendMail?: ((mail: Mail) => Promise<void>) | undefined;
  /** Without it no call stays in the network that the server stands in. */
  readonly outbound?: Outbound | undefined;
  /** Empty where it is not given. */
  readonly library?: Library | undefined;
  readonly ballotKeeper?: BoxOptions['keeper'];
}

/** Ends the threads that sign, and closes both files. */
export async function closeServices({ ballots, db }: Services): Promise<void> {
  await ballots.stop();
  db.close();
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
  monotonic = () => performance.now(),
  sendMail,
  outbound = createOutbound({ allowOwn: false }),
  library = libraryOf([]),
  ballotKeeper,
}: ServiceOptions): Services {
  const db = openDatabase(file);
  try {
    const applied = migrate(db.sqlite);
    teachDueTime(db);
    if (applied > 0) log.info({ applied }, 'migrations applied');
    const keyFile = keyFileOf(file);
    const secret = openSecret(db, keyFile);
    checkSecret(db, secret, keyFile);
    db.stopWaiting();
    const sessions = createSessions(db, clock, !production);
    const live = createLive(newId());
    const changes = { count: 0 };
    const files = createFileStore(filesFolder(file));
    const ballots = openBallots(file, { clock, monotonic, log, keeper: ballotKeeper });
    return {
      db,
      secret,
      files,
      library,
      ballots,
      sessions,
      clock,
      log,
      production,
      sendMail,
      outbound,
      changes,
      live,
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
