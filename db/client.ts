import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema/index.ts';

export type Orm = BetterSQLite3Database<typeof schema>;
/** An open transaction; verbs and queries take either, and cannot tell. */
export type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0];
export type Reader = Orm | Tx;

export interface Database {
  readonly orm: Orm;
  /** For what Drizzle has no words for: pragmas, backup, integrity_check. */
  readonly sqlite: SqliteDatabase.Database;
  /** Absolute path. */
  readonly file: string;
  /** Changes whenever another connection, of this process or not, has written to the file. */
  foreignChanges(): number;
  /** From now on a lock is met with an error at once, to be waited for between requests. */
  stopWaiting(): void;
  close(): void;
}

/** Opening happens before there is anyone to hold up, so a lock may be waited for. Milliseconds. */
const OPENING_PATIENCE_MS = 5000;

/** Marks the file as ours (PRAGMA application_id): "YZ10". */
export const APPLICATION_ID = 0x595a3130;

/**
 * Where a database address points.
 * @param url `file:./data/yuanzhuo.db`, relative to the project, or `file:/absolute/path`
 * @param root the project's folder
 */
export function databaseFile(url: string, root: string): string {
  return url.startsWith('file:///') ? fileURLToPath(url) : resolve(root, url.replace(/^file:/, ''));
}

/**
 * Opens the database, making folder and file where they are missing. Knows nothing of migrations.
 * @throws what SQLite throws, for a file that is not a database or cannot be written
 */
export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new SqliteDatabase(file, { timeout: OPENING_PATIENCE_MS });
  try {
    sqlite.pragma('journal_mode = WAL');
    // An acknowledged write survives a loss of power: the log is synced at each commit.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    // What is deleted is overwritten, so that no freed page keeps it.
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('trusted_schema = OFF');
    sqlite.pragma('cell_size_check = ON');
    sqlite.pragma('temp_store = MEMORY');
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const dataVersion = sqlite.prepare<[], number>('PRAGMA data_version').pluck();
  const orm = knowingTransactions(drizzle(rememberingStatements(sqlite), { schema }));
  files.set(orm, sqlite);
  return {
    orm,
    sqlite,
    file,
    foreignChanges: () => dataVersion.get() ?? 0,
    stopWaiting: () => {
      sqlite.pragma('busy_timeout = 0');
    },
    close: () => sqlite.close(),
  };
}

/** Statements kept at most; lists of values make texts of many lengths. */
const STATEMENTS = 500;

/**
 * The connection as Drizzle sees it, which prepares each query anew whenever it is asked: the same
 * text is prepared once.
 */
function rememberingStatements(sqlite: SqliteDatabase.Database): SqliteDatabase.Database {
  const kept = new Map<string, SqliteDatabase.Statement>();
  const prepare = (text: string): SqliteDatabase.Statement => {
    let statement = kept.get(text);
    if (!statement) {
      if (kept.size >= STATEMENTS) kept.clear();
      statement = sqlite.prepare(text);
      kept.set(text, statement);
    }
    return statement;
  };
  return Object.create(sqlite, { prepare: { value: prepare } });
}

/** The file behind each connection. */
const files = new WeakMap<Reader, SqliteDatabase.Database>();

/** The connection that each open transaction is one of. */
const connections = new WeakMap<Reader, Orm>();

/** Whether a transaction is open on a connection. */
export const isOpen = (orm: Orm): boolean => files.get(orm)?.inTransaction ?? false;

/** Lets queries that were compiled for the connection be asked within each of its transactions. */
function knowingTransactions(orm: Orm): Orm {
  const begin = orm.transaction.bind(orm);
  return Object.assign(orm, {
    transaction: <T>(work: (tx: Tx) => T, config?: Parameters<typeof begin>[1]): T =>
      begin((tx) => {
        connections.set(tx, orm);
        return work(tx);
      }, config),
  });
}

/** A query compiled once for each connection, whose open transaction it is then asked in. */
export function prepared<Q>(build: (reader: Reader) => Q): (reader: Reader) => Q {
  const made = new WeakMap<Reader, Q>();
  return (reader) => {
    const connection = connections.get(reader) ?? reader;
    let query = made.get(connection);
    if (query === undefined) {
      query = build(connection);
      made.set(connection, query);
    }
    return query;
  };
}

type Given = Readonly<Record<string, string | number | null>>;

/**
 * A statement in SQL, compiled once for each connection: for what is asked with every post.
 * @param text with named parameters, `@salon`
 */
export const statement = <Row = unknown>(text: string) =>
  prepared((connection) => {
    const file = files.get(connection);
    if (!file) throw new Error('A connection that openDatabase did not open');
    return file.prepare<[Given], Row>(text);
  });
