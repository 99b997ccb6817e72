import { eq } from 'drizzle-orm';
import { person } from '../../db/schema/index.ts';
import { issuePass } from '../accounts/passes.ts';
import { record } from '../core/audit.ts';
import { newId } from '../core/id.ts';
import { takeRunningLock } from '../core/runningLock.ts';
import { systemContext } from '../core/systemContext.ts';
import { write } from '../core/write.ts';
import { closeServices, forgetSecret } from '../services.ts';
import { CommandError, commandEnv, openForCommand, runCommand } from './lib/open.ts';

/**
 * `npm run setup`: makes the first admin, or a new link for an admin who cannot sign in, and prints
 * the one-time link. Whoever can run it on this machine holds the database anyway.
 */
await runCommand(async () => {
  const { file, siteUrl, host, port } = commandEnv();
  const newKey = process.argv.includes('--new-key');
  if (newKey) renewKey(file);
  const services = openForCommand();
  const ctx = { ...systemContext(services), origin: siteUrl ?? `http://${host}:${port}` };
  const pass = await write(ctx, { name: 'admin.setup', input: null }, (tx) => {
    const admin = tx
      .select()
      .from(person)
      .where(eq(person.isAdmin, true))
      .all()
      .find(({ isDemo, erasedAt }) => !isDemo && erasedAt === null);
    const personId = admin?.id ?? newId();
    if (!admin) {
      const row = { id: personId, name: '系统管理员', isAdmin: true, createdAt: ctx.clock() };
      tx.insert(person).values(row).run();
    }
    record(tx, ctx, { action: 'admin.setup', subject: personId, detail: { newKey } });
    return issuePass(tx, ctx, { personId, kind: 'setup' });
  });
  await closeServices(services);
  console.log('请在 24 小时内打开下面的链接，设好系统管理员的用户名和密码（只能用一次）：');
  console.log(`  ${pass.link}`);
});

function renewKey(file: string): void {
  const release = takeRunningLock(file);
  if (!release) throw new CommandError('圆桌正在运行：请先停掉它，再换密钥。');
  try {
    if (!forgetSecret(file, Date.now())) {
      throw new CommandError('密钥文件完好，与数据库相配，不用换：没有改动什么。');
    }
  } finally {
    release();
  }
  console.log(
    '已换新密钥。开过两步验证的人会在登录时被告知请主办单位或系统管理员代为关闭；没用过的邀请和重置码请重新发。',
  );
}
