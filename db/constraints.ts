import SqliteDatabase from 'better-sqlite3';

const sqliteCode = (error: unknown): string =>
  error instanceof SqliteDatabase.SqliteError ? error.code : '';

/** Another connection holds the file just now. */
export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(sqliteCode(error));

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const systemCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** The disk, or what the file may take of it, is full; for the database or any other file. */
export const isFull = (error: unknown): boolean =>
  /^SQLITE_(FULL|IOERR_WRITE|IOERR_SHMSIZE)/.test(sqliteCode(error)) || FULL.has(systemCode(error));

/**
 * Which constraint refused a write: its name for CHECK and for a trigger, the columns for UNIQUE
 * (`person.phone`, `tenure.seat_id`).
 */
export function violatedConstraint(error: unknown): string | undefined {
  if (sqliteCode(error) === 'SQLITE_CONSTRAINT_TRIGGER') return (error as Error).message;
  if (!sqliteCode(error).startsWith('SQLITE_CONSTRAINT')) return undefined;
  return /constraint failed: (.+)$/.exec((error as Error).message)?.[1];
}
