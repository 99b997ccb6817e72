import { relative } from 'node:path';
import { BackupError, takeBackup } from '../backup/backup.ts';
import { closeServices } from '../services.ts';
import { CommandError, openForCommand, root, runCommand } from './lib/open.ts';

/** `npm run backup`: a checked copy of the database as it is now; the server may be running. */
await runCommand(async () => {
  const services = openForCommand();
  try {
    const { file, manifest, damaged } = await takeBackup(services, Date.now());
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
    const uploads = manifest.files.length > 0 ? `上传文件 ${manifest.files.length} 个，` : '';
    console.log(`已备份到 ${relative(root, file)}：${rows} 行，${uploads}已逐页检查。`);
    console.log('密钥文件 data/secret.key 不在备份里，请另存一份到别处；没有它，两步验证须重设。');
    if (manifest.ballots === null) {
      console.log('正在表决，选票文件没有进备份；请在表决结束后再备份一次。');
    }
    if (damaged.length > 0) {
      throw new CommandError(
        `data/files 里有 ${damaged.length} 个文件已损坏，没有备份：${damaged.join('、')}。其余都已备份；请从以前的备份找回它们，或请上传的人重新上传。`,
      );
    }
  } catch (error) {
    throw error instanceof BackupError ? new CommandError(error.message) : error;
  } finally {
    await closeServices(services);
  }
});
