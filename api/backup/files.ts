import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createFileStore, storedPath } from '../files/store.ts';

/** The uploaded files of all backups in a folder, each once: their names are their hashes. */
export const filesIn = (folder: string): string => join(folder, 'files');

export async function sha256File(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

function pathIn(dir: string, hash: string): string {
  const path = storedPath(dir, hash);
  if (!path) throw new Error(`Not a hash: ${hash}`);
  return path;
}

/** Whether a folder has this file, and it is what its name says. */
async function isWhole(dir: string, hash: string): Promise<boolean> {
  try {
    return (await sha256File(pathIn(dir, hash))) === hash;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/**
 * Copies a file and reads the copy back before it gets its name.
 * @returns false, with nothing copied, when it is damaged or gone
 */
async function copyOne(from: string, to: string, hash: string): Promise<boolean> {
  const path = pathIn(to, hash);
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await copyFile(pathIn(from, hash), part);
    await chmod(part, 0o600);
    if ((await sha256File(part)) !== hash) return false;
    await rename(part, path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}

/**
 * Copies what a backup lacks of the store.
 * @returns hashes: those the backup has now; and those that are damaged in the store
 */
export async function copyNew(
  from: string,
  to: string,
): Promise<{ readonly kept: string[]; readonly damaged: string[] }> {
  const kept: string[] = [];
  const damaged: string[] = [];
  for await (const { hash, size } of createFileStore(from).list()) {
    const there = await stat(pathIn(to, hash)).catch(() => undefined);
    const had = there?.size === size || (await copyOne(from, to, hash));
    // Gone meanwhile is not damaged: nothing named it any more.
    if (had) kept.push(hash);
    else if (await stat(pathIn(from, hash)).catch(() => undefined)) damaged.push(hash);
  }
  return { kept, damaged };
}

/** @returns the first of these that a folder lacks or has damaged */
export async function firstMissing(
  dir: string,
  hashes: readonly string[],
): Promise<string | undefined> {
  for (const hash of hashes) if (!(await isWhole(dir, hash))) return hash;
  return undefined;
}

/** Brings these back from a checked backup; what else the store has stays. */
export async function bringBack(
  from: string,
  to: string,
  hashes: readonly string[],
): Promise<number> {
  let brought = 0;
  for (const hash of hashes) {
    if (await isWhole(to, hash)) continue;
    if (!(await copyOne(from, to, hash))) throw new Error(`The backup lost ${hash}`);
    brought += 1;
  }
  return brought;
}

/** Removes what no backup names; not the young, which a backup now being taken may be about to. */
export async function clearFiles(
  dir: string,
  named: ReadonlySet<string>,
  before: number,
): Promise<void> {
  const store = createFileStore(dir);
  for await (const { hash, putAt } of store.list()) {
    if (!named.has(hash) && putAt < before) await store.remove(hash);
  }
}
