import { relative } from 'node:path';
import { BackupError, takeBackup } from '../backup/backup.ts';
import { CommandError, openForCommand, root, runCommand } from './lib/open.ts';

/** `npm run backup`: a checked copy of the database as it is now; the server may be running. */
await runCommand(async () => {
  const services = openForCommand();
  try {
    const { file, manifest } = await takeBackup(services.db, Date.now());
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    console.log(`已备份到 ${relative(root, file)}：${rows} 行，已逐页检查。`);
    console.log('密钥文件 data/secret.key 不在备份里，请另存一份到别处；没有它，两步验证须重设。');
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  } finally {
    services.db.close();
  }
});
