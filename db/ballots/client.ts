import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema.ts';

/** The file of the ballots, apart from the database: never replicated, copied only at rest. */
export interface BallotFile {
  readonly orm: BetterSQLite3Database<typeof schema>;
  /** Rewrites the whole file in the order of its keys, without a free page. */
  compact(): void;
  /** Writes a copy, as compact as that. @param to a file that is not there yet */
  copy(to: string): void;
  close(): void;
}

export const ballotFileOf = (databaseFile: string): string =>
  join(dirname(databaseFile), 'ballots.db');

/** Marks the file as ours (PRAGMA application_id): "YZB1". */
const APPLICATION_ID = 0x595a4231;
const VERSION = 1;
const CREATE = readFileSync(new URL('./create.sql', import.meta.url), 'utf8');

/** @throws what SQLite throws, or an Error for a file of another program or a later version */
export function openBallotFile(file: string): BallotFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new SqliteDatabase(file, { timeout: 0 });
  try {
    // A rollback journal: after a commit nothing beside the file remembers what was written, and when.
    sqlite.pragma('journal_mode = TRUNCATE');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('trusted_schema = OFF');
    sqlite.pragma('cell_size_check = ON');
    // VACUUM and sorting leave nothing in a temporary file.
    sqlite.pragma('temp_store = MEMORY');
    begin(sqlite, file);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return {
    orm: drizzle(sqlite, { schema }),
    compact: () => sqlite.exec('VACUUM'),
    copy: (to) => sqlite.prepare<[string]>('VACUUM INTO ?').run(to),
    close: () => sqlite.close(),
  };
}

function begin(sqlite: SqliteDatabase.Database, file: string): void {
  const version = sqlite.pragma('user_version', { simple: true });
  if (version === 0) {
    sqlite.transaction(() => {
      sqlite.exec(CREATE);
      sqlite.pragma(`application_id = ${APPLICATION_ID}`);
      sqlite.pragma(`user_version = ${VERSION}`);
    })();
    return;
  }
  const ours = sqlite.pragma('application_id', { simple: true }) === APPLICATION_ID;
  if (!ours || version !== VERSION) {
    throw new Error(`选票文件不是本程序能读的：${file}。请换回与它相配的程序版本。`);
  }
}
