import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BackupError } from './backup.ts';

/** Litestream's own program, as npm put it here. @throws {BackupError} where there is none */
export function litestreamPath(): string {
  const name = `@flydotio/litestream-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'litestream');
  } catch {
    throw new BackupError('这种系统没有 Litestream 可用：请改用 npm run backup 定时备份。');
  }
}

/**
 * Copies every change to the replica as it is made, until it is stopped.
 * @param url of the replica, e.g. `file:///mnt/backup/yuanzhuo` or `s3://bucket/path`
 */
export function startReplication(databaseFile: string, url: string): ChildProcess {
  return spawn(litestreamPath(), ['replicate', databaseFile, url], { stdio: 'inherit' });
}

/**
 * Fetches the newest state of the replica.
 * @param output a file that is not there yet
 * @throws {BackupError} when the replica cannot be read
 */
export async function restoreReplica(url: string, output: string): Promise<void> {
  const child = spawn(litestreamPath(), ['restore', '-o', output, url], { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new BackupError('读不出副本：请检查 LITESTREAM_URL 和上面的提示。');
}
