import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ballotFileOf } from '../../db/ballots/client.ts';
import {
  BackupError,
  backupFolder,
  ballotsOf,
  inspectDatabase,
  listBackups,
  verifyBackup,
} from '../backup/backup.ts';
import { bringBack, filesIn } from '../backup/files.ts';
import { restoreReplica } from '../backup/litestream.ts';
import { putInPlace, voidOpenBallots } from '../backup/restore.ts';
import { takeRunningLock } from '../core/runningLock.ts';
import { filesFolder } from '../files/store.ts';
import { CommandError, commandEnv, root, runCommand } from './lib/open.ts';

/**
 * `npm run restore`: lists the backups; with a file puts that one in place; with --replica fetches
 * the newest state from LITESTREAM_URL. Refuses while a server runs.
 */
await runCommand(async () => {
  const { file, litestreamUrl } = commandEnv();
  const wanted = process.argv[2];
  if (!wanted) return printBackups(file);
  const release = takeRunningLock(file);
  if (!release) throw new CommandError('圆桌正在运行：请先停掉它，再恢复。');
  try {
    const aside =
      wanted === '--replica'
        ? await fromReplica(file, litestreamUrl)
        : await fromBackup(file, resolve(wanted));
    await voidOpenBallots(file);
    console.log('已恢复。现在可以启动圆桌：npm start');
    if (aside) console.log(`原来的数据库挪到了 ${relative(root, aside)}，确认无误后可以删去。`);
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  } finally {
    release();
  }
});

async function printBackups(file: string): Promise<void> {
  const backups = await listBackups(backupFolder(file));
  if (backups.length === 0) {
    throw new CommandError('还没有备份：请用 npm run backup 备份一次。');
  }
  for (const { file: one, at } of backups) {
    console.log(
      `${new Date(at).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai' })}  ${relative(root, one)}`,
    );
  }
  console.log('恢复其中一份：npm run restore -- 文件名');
}

async function fromBackup(file: string, backup: string): Promise<string | undefined> {
  const { files, ballots } = await verifyBackup(backup);
  // Files first: the database must name none that is not there.
  const brought = await bringBack(filesIn(dirname(backup)), filesFolder(file), files);
  if (brought > 0) console.log(`找回了 ${brought} 个上传文件。`);
  const now = Date.now();
  // What is moved aside keeps no vote of an open ballot, and its key goes; a damaged file is moved as it is.
  if (existsSync(ballotFileOf(file))) await voidOpenBallots(file).catch(() => {});
  // Where a ballot was open then, the ballots that are here stay: those before it are among them.
  if (ballots !== null) await putInPlace(ballotsOf(backup), ballotFileOf(file), now);
  return putInPlace(backup, file, now);
}

async function fromReplica(file: string, url: string | undefined): Promise<string | undefined> {
  if (!url)
    throw new CommandError(
      '请用 LITESTREAM_URL 写明副本在哪里，例如 file:///mnt/backup/yuanzhuo。',
    );
  const folder = await mkdtemp(join(dirname(file), 'replica-'));
  try {
    const copy = join(folder, 'yuanzhuo.db');
    await restoreReplica(url, copy);
    inspectDatabase(copy);
    return await putInPlace(copy, file, Date.now());
  } finally {
    await rm(folder, { recursive: true });
  }
}
