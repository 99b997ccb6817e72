import { once } from 'node:events';
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
    const child = startReplication(file, litestreamUrl);
    const stop = (): boolean => child.kill('SIGINT');
    process.on('SIGINT', stop).on('SIGTERM', stop);
    const [code] = await once(child, 'close');
    process.exitCode = code ?? 1;
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  }
});
