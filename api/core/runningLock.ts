import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { isBusy } from '../../db/constraints.ts';

/**
 * Held by whoever works on a database as its only one: a running server, or a restore. It is a lock
 * of the operating system, taken through SQLite, so that it ends with the process however it ends.
 * @returns lets it go, or undefined when someone else holds it
 */
export function takeRunningLock(databaseFile: string): (() => void) | undefined {
  const file = join(dirname(databaseFile), 'running.lock');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = new SqliteDatabase(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
  return () => lock.close();
}
