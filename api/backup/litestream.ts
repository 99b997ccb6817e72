import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BackupError } from './backup.ts';

/**
 * Litestream's own program: as npm put it here, else as the system has it. npm has it for Linux on
 * x64 alone; of the other systems' packages the registry lacks some, and `npm ci` would refuse.
 */
export function litestreamPath(): string {
  try {
    const name = `@flydotio/litestream-${process.platform}-${process.arch}/package.json`;
    return join(dirname(createRequire(import.meta.url).resolve(name)), 'litestream');
  } catch {
    return 'litestream';
  }
}

const MISSING =
  '没有找到 Litestream：请先装上它（https://litestream.io），或改用 npm run backup 定时备份。';

/** Resolves with the exit code. @throws {BackupError} when the program is not there */
async function finished(child: ChildProcess): Promise<number> {
  const [code] = await once(child, 'close').catch(() => {
    throw new BackupError(MISSING);
  });
  return code ?? 1;
}

/**
 * Copies every change to the replica as it is made, until it is stopped.
 * @param url of the replica, e.g. `file:///mnt/backup/yuanzhuo` or `s3://bucket/path`
 */
export function startReplication(
  databaseFile: string,
  url: string,
): { child: ChildProcess; ended: Promise<number> } {
  const child = spawn(litestreamPath(), ['replicate', databaseFile, url], { stdio: 'inherit' });
  return { child, ended: finished(child) };
}

/**
 * Fetches the newest state of the replica.
 * @param output a file that is not there yet
 * @throws {BackupError} when the replica cannot be read
 */
export async function restoreReplica(url: string, output: string): Promise<void> {
  const child = spawn(litestreamPath(), ['restore', '-o', output, url], { stdio: 'inherit' });
  if ((await finished(child)) !== 0)
    throw new BackupError('读不出副本：请检查 LITESTREAM_URL 和上面的提示。');
}
