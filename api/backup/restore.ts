import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { silentLog } from '../core/log.ts';
import { openBallots } from '../services.ts';
import { inspectDatabase } from './backup.ts';

/**
 * Puts a checked copy in the place of the database, or of the ballots. What was there is moved aside, not deleted. Only
 * while no server runs: the caller holds the running lock.
 * @param source a database file that was found whole
 * @returns the folder with what was there before, if there was anything
 */
export async function putInPlace(
  source: string,
  databaseFile: string,
  now: number,
): Promise<string | undefined> {
  const folder = dirname(databaseFile);
  const fresh = `${databaseFile}.restoring`;
  await rm(fresh, { force: true });
  await copyFile(source, fresh);
  await chmod(fresh, 0o600);
  inspectDatabase(fresh);
  for (const end of ['-wal', '-shm']) await rm(fresh + end, { force: true });
  const aside = join(folder, `before-restore-${new Date(now).toISOString().replace(/\W/g, '')}`);
  const old = ['', '-wal', '-shm', '-journal'].map((end) => databaseFile + end).filter(existsSync);
  if (old.length > 0) await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const file of old) await rename(file, join(aside, basename(file)));
  await rename(fresh, databaseFile);
  return old.length > 0 ? aside : undefined;
}

/**
 * §6: restoring a backup voids a ballot that was open. What the database says of it follows at the
 * next start. Keys that are still here are destroyed.
 */
export async function voidOpenBallots(databaseFile: string): Promise<void> {
  const monotonic = () => performance.now();
  const ballots = openBallots(databaseFile, { clock: Date.now, monotonic, log: silentLog });
  try {
    for (const { id, phase } of ballots.list()) {
      if (phase !== 'closed' && phase !== 'void') await ballots.void(id, 'restored');
    }
  } finally {
    await ballots.stop();
  }
}
