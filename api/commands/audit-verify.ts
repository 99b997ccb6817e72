import { type AuditFault, verifyAudit } from '../core/audit.ts';
import { openForCommand, runCommand } from './lib/open.ts';

const WORDS: Readonly<Record<AuditFault['kind'], string>> = {
  missing: '被删去或挪动',
  altered: '被改过，或它前面插进了别的记录',
  cut: '起的结尾被截去，或多出了记录',
  unsealed: '为止的封印不符：整条链可能被人重做过，或密钥文件换过',
};

/** `npm run audit:verify`: reads the whole audit log and says whether it is as it was written. */
await runCommand(() => {
  const services = openForCommand();
  const { rows, fault } = verifyAudit(services.db.orm, services.secret);
  services.db.close();
  if (!fault) {
    console.log(`操作记录完好：共 ${rows} 条，逐条相扣，封印相符。`);
    return;
  }
  console.error(
    `操作记录有问题：第 ${fault.seq} 条${WORDS[fault.kind]}。请保留现在的数据库文件，再与备份对照。`,
  );
  process.exitCode = 1;
});
