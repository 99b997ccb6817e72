import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type SqliteDatabase from 'better-sqlite3';
import { APPLICATION_ID } from './client.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/** The database cannot be brought to this version; the message is Chinese and says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

const folder = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * The migrations that ship with the code, in order.
 * @throws {Error} when the numbers are not 1, 2, 3 … (a mistake of ours)
 */
export function readMigrations(from = folder): Migration[] {
  const names = readdirSync(from)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return names.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Error(`Migration ${file} should be number ${index + 1}`);
    return { number, name: file.slice(5, -4), sql: readFileSync(join(from, file), 'utf8') };
  });
}

const fingerprint = (sql: string): string => createHash('sha256').update(sql).digest('hex');

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

function readApplied(sqlite: SqliteDatabase.Database): Applied[] {
  const known = sqlite
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'")
    .get();
  if (!known) return [];
  return sqlite
    .prepare<[], Applied>('SELECT number, name, sha256 FROM migration ORDER BY number')
    .all();
}

/** @throws {MigrationError} when what is in the file is not the beginning of what the code has */
function checkApplied(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const { number, name, sha256 } of applied) {
    const ours = migrations[number - 1];
    if (!ours) {
      throw new MigrationError(
        `数据库已升级到第 ${number} 版(${name})，比本程序（第 ${migrations.length} 版）新：请换回新版程序，或用 npm run restore 恢复与本程序相配的备份。`,
      );
    }
    if (fingerprint(ours.sql) !== sha256) {
      throw new MigrationError(
        `数据库第 ${number} 版(${name})与本程序中的不是同一份，不敢继续：请换回原来的程序，并把这句话告诉开发者。`,
      );
    }
  }
}

function checkOurs(sqlite: SqliteDatabase.Database): void {
  const id = sqlite.pragma('application_id', { simple: true });
  if (id === APPLICATION_ID) return;
  const tables = sqlite.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id !== 0 || tables !== 0) {
    throw new MigrationError(
      '这个文件是别的程序的数据库，没有改动它：请检查 DATABASE_URL，指向圆桌自己的文件或一个还不存在的文件。',
    );
  }
}

/**
 * Applies what is missing, all in one immediate transaction: an error leaves the file as it was,
 * and of two processes that start at once the second finds the work done.
 * @returns how many were applied now
 * @throws {MigrationError} for a newer, altered or foreign database
 */
export function migrate(sqlite: SqliteDatabase.Database, migrations = readMigrations()): number {
  const run = sqlite.transaction(() => {
    checkOurs(sqlite);
    const applied = readApplied(sqlite);
    checkApplied(applied, migrations);
    if (applied.length === 0) {
      sqlite.pragma(`application_id = ${APPLICATION_ID}`);
      sqlite.exec(
        'CREATE TABLE migration (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
      );
    }
    const record = sqlite.prepare('INSERT INTO migration VALUES (?, ?, ?, unixepoch() * 1000)');
    for (const { number, name, sql } of migrations.slice(applied.length)) {
      sqlite.exec(sql);
      record.run(number, name, fingerprint(sql));
    }
    const orphan = sqlite.prepare('PRAGMA foreign_key_check').get();
    if (orphan) throw new Error(`A migration broke a foreign key: ${JSON.stringify(orphan)}`);
    return migrations.length - applied.length;
  });
  return run.immediate();
}

/** Whether the file has just the migrations that the code has. Cheap; asked by /api/ready. */
export function isCurrent(sqlite: SqliteDatabase.Database, migrations = readMigrations()): boolean {
  return readApplied(sqlite).length === migrations.length;
}
