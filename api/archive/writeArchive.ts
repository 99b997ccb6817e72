import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Services } from '../core/context.ts';
import { dayOf } from '../core/day.ts';
import { collectArchive } from './collectArchive.ts';
import { archive } from './shapes.ts';

/**
 * Writes the public export that the static site is built from, whole or not at all.
 * @param path absolute
 * @returns false when it was the same already
 * @throws what the file system throws
 */
export async function writeArchive(services: Services, path: string): Promise<boolean> {
  const { db, clock, production } = services;
  const found = collectArchive(db.orm, dayOf(clock()), { withDemo: !production });
  const text = `${JSON.stringify(archive.parse(found), null, 1)}\n`;
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === text) return false;
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return true;
}
