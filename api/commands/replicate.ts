import { BackupError } from '../backup/backup.ts';
import { startReplication } from '../backup/litestream.ts';
import { CommandError, commandEnv, runCommand } from './lib/open.ts';

/** `npm run replicate`: copies every change to LITESTREAM_URL as it is made, until stopped. */
await runCommand(async () => {
  const { file, litestreamUrl } = commandEnv();
  if (!litestreamUrl) {
    throw new CommandError(
      '请用 LITESTREAM_URL 写明副本放在哪里，例如 file:///mnt/backup/yuanzhuo。',
    );
  }
  try {
    const { child, ended } = startReplication(file, litestreamUrl);
    const stop = (): boolean => child.kill('SIGINT');
    process.on('SIGINT', stop).on('SIGTERM', stop);
    process.exitCode = await ended;
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  }
});
