import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import type { BallotBox } from '../ballot/box.ts';
import type { Services } from '../core/context.ts';
import { filesFolder } from '../files/store.ts';
import { clearFiles, copyNew, filesIn, firstMissing, sha256File } from './files.ts';
import { backupsToKeep } from './rules.ts';

/** A copy is not what it should be; the message is Chinese and says what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const manifestShape = z.object({
  /** Of the copy, hex. */
  sha256: z.string(),
  /** Rows of each table. */
  rows: z.record(z.string(), z.number()),
  /** Hashes of the uploaded files that belong to it; backups had none at first. */
  files: z.array(z.string().regex(/^[0-9a-f]{64}$/)).default([]),
  /** Hash of the ballot file; null where it is not in the backup, as a ballot was open. */
  ballots: z.string().nullable().default(null),
  takenAt: z.iso.datetime(),
});
export type Manifest = z.infer<typeof manifestShape>;

export interface Backup {
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Beside a backup of the database, that of the ballots. */
export const ballotsOf = (backup: string): string => backup.replace(/\.db$/, '.ballots');

export const backupFolder = (databaseFile: string): string =>
  join(dirname(databaseFile), 'backups');

const NAME = /^yuanzhuo-(\d{8}T\d{6}Z)\.db$/;
const stamp = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const DAY = 24 * 3600_000;

/** More pages than a database can have. */
const WHOLE = 0x7fffffff;

/**
 * Reads a database file as a whole.
 * @returns the rows of each table
 * @throws {BackupError} when SQLite finds anything wrong in it
 */
export function inspectDatabase(file: string): Record<string, number> {
  const copy = new SqliteDatabase(file, { fileMustExist: true });
  try {
    const faults = copy.pragma('integrity_check', { simple: true });
    if (faults !== 'ok')
      throw new BackupError(`数据库文件已损坏（${String(faults)}），不能使用：${file}`);
    const orphans = copy.pragma('foreign_key_check');
    if (Array.isArray(orphans) && orphans.length > 0) {
      throw new BackupError(`数据库里有 ${orphans.length} 处断开的引用，不能使用：${file}`);
    }
    const tables = copy
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    const count = (table: string): number =>
      copy.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
    return Object.fromEntries(tables.map((table) => [table, count(table)]));
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`这不是能用的数据库文件：${file}`);
  } finally {
    copy.close();
  }
}

export interface TakenBackup extends Backup {
  readonly manifest: Manifest;
  /** Hashes of uploaded files that are no longer what they were, and are not in the backup. */
  readonly damaged: readonly string[];
}

/**
 * Copies the database while it is in use, reads the copy back whole, and only then gives it its
 * name; then clears away what is too old.
 *
 * The uploaded files are copied before it and again after it. Whatever the copy of the database
 * names was put before (the row comes after the file): what was there for long the first round has,
 * even if it is removed meanwhile, and what was put between the rounds the second one has, as
 * nothing so young is removed. Either round alone would leave a gap.
 * The ballots come after the database, so that none is in it whose ballot the copy lacks; while one
 * is open they stay out (salon-rules §6). Keys are never copied.
 * @throws {BackupError} or an error of the file system; no half copy stays
 */
export async function takeBackup(
  { db, ballots }: Pick<Services, 'db' | 'ballots'>,
  now: number,
): Promise<TakenBackup> {
  const folder = backupFolder(db.file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `yuanzhuo-${stamp(now)}.db`);
  const part = `${file}.part`;
  const ballotsPart = `${ballotsOf(file)}.part`;
  const before = auditRows(db);
  const copyFiles = () => copyNew(filesFolder(db.file), filesIn(folder));
  try {
    const { kept: earlier } = await copyFiles();
    // All pages in one go: between steps another process may write, and the copy begin anew for ever.
    await db.sqlite.backup(part, { progress: () => WHOLE });
    await chmod(part, 0o600);
    const rows = inspectDatabase(part);
    // The log only grows: a copy with less of it is not of this moment.
    if ((rows['audit'] ?? 0) < before) throw new BackupError('备份不完整，已丢弃：请再运行一次。');
    const { kept, damaged } = await copyFiles();
    const hasBallots = await copyBallots(ballots, ballotsPart);
    const manifest: Manifest = {
      sha256: await sha256File(part),
      rows,
      files: [...new Set([...earlier, ...kept])].sort(),
      ballots: hasBallots ? await sha256File(ballotsPart) : null,
      takenAt: new Date(now).toISOString(),
    };
    await writeFile(`${file}.json`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    if (hasBallots) await rename(ballotsPart, ballotsOf(file));
    await rename(part, file);
    await clearOld(folder, now);
    return { file, at: now, manifest, damaged };
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(part + end, { force: true });
    await rm(ballotsPart, { force: true });
  }
}

/** @returns false, with no copy, while a ballot is open */
async function copyBallots(ballots: BallotBox, to: string): Promise<boolean> {
  await rm(to, { force: true });
  if (!(await ballots.copy(to))) return false;
  await chmod(to, 0o600);
  inspectDatabase(to);
  return true;
}

const auditRows = ({ sqlite }: Database): number =>
  sqlite.prepare<[], number>('SELECT count(*) FROM audit').pluck().get() ?? 0;

/** Newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => {
      const time = NAME.exec(name)?.[1];
      return time ? [{ file: join(folder, name), at: timeOf(time) }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

async function clearOld(folder: string, now: number): Promise<void> {
  const backups = await listBackups(folder);
  const keep = backupsToKeep(
    backups.map(({ at }) => at),
    now,
  );
  for (const { file, at } of backups) {
    if (keep.has(at)) continue;
    await rm(file);
    await rm(`${file}.json`, { force: true });
    await rm(ballotsOf(file), { force: true });
  }
  const named = await namedFiles(folder);
  if (named) await clearFiles(filesIn(folder), named, now - DAY);
}

/** @returns undefined when a manifest cannot be read, as it may name any */
async function namedFiles(folder: string): Promise<Set<string> | undefined> {
  const named = new Set<string>();
  for (const { file } of await listBackups(folder)) {
    const text = await readFile(`${file}.json`, 'utf8').catch(() => '');
    const manifest = parseManifest(text);
    if (!manifest) return undefined;
    for (const hash of manifest.files) named.add(hash);
  }
  return named;
}

/** @returns undefined for a manifest that is not one */
function parseManifest(text: string): Manifest | undefined {
  try {
    return manifestShape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Holds a backup against what was written down when it was taken.
 * @throws {BackupError} when it is not the same, or is damaged
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  const text = await readFile(`${file}.json`, 'utf8').catch(() => {
    throw new BackupError(`缺少备份的清单 ${file}.json，不能确认它完整。`);
  });
  const manifest = parseManifest(text);
  if (!manifest) {
    throw new BackupError(`备份的清单 ${file}.json 已损坏，不能确认备份完整。请换一份备份。`);
  }
  if (!existsSync(file)) throw new BackupError(`没有这份备份：${file}`);
  if ((await sha256File(file)) !== manifest.sha256) {
    throw new BackupError(`备份与清单不符，可能已损坏：${file}。请换一份备份。`);
  }
  const rows = inspectDatabase(file);
  for (const [table, count] of Object.entries(manifest.rows)) {
    if (rows[table] !== count) {
      throw new BackupError(
        `备份里 ${table} 应有 ${count} 行，实有 ${rows[table] ?? 0} 行。请换一份备份。`,
      );
    }
  }
  if (manifest.ballots !== null) await verifyBallots(ballotsOf(file), manifest.ballots);
  const missing = await firstMissing(filesIn(dirname(file)), manifest.files);
  if (missing) {
    throw new BackupError(
      `备份里的上传文件缺了或已损坏：${missing}。请把备份旁边的 files 文件夹一起放回，或换一份备份。`,
    );
  }
  return manifest;
}

/** @throws {BackupError} */
async function verifyBallots(file: string, hash: string): Promise<void> {
  if (!existsSync(file) || (await sha256File(file)) !== hash) {
    throw new BackupError(`备份里的选票文件缺了或已损坏：${file}。请把它一起放回，或换一份备份。`);
  }
  inspectDatabase(file);
}
