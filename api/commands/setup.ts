import { eq } from 'drizzle-orm';
import { person } from '../../db/schema/index.ts';
import { issuePass } from '../accounts/passes.ts';
import { record } from '../core/audit.ts';
import { newId } from '../core/id.ts';
import { write } from '../core/write.ts';
import { systemContext } from '../demo/loadDemo.ts';
import { resetSecretCheck } from '../services.ts';
import { commandEnv, openForCommand, runCommand } from './lib/open.ts';

/**
 * `npm run setup`: makes the first admin, or a new link for an admin who cannot sign in, and prints
 * the one-time link. Whoever can run it on this machine holds the database anyway.
 */
await runCommand(async () => {
  const { file, siteUrl, host, port } = commandEnv();
  if (process.argv.includes('--new-key')) resetSecretCheck(file);
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
    record(tx, ctx, { action: 'admin.setup', subject: personId });
    return issuePass(tx, ctx, { personId, kind: 'setup' });
  });
  services.db.close();
  console.log('请在 24 小时内打开下面的链接，设好系统管理员的用户名和密码（只能用一次）：');
  console.log(`  ${pass.link}`);
});
