import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { z } from 'zod';
import { databaseFile } from '../db/client.ts';
import { isBusy } from '../db/constraints.ts';
import { MigrationError } from '../db/migrate.ts';
import { createApp } from './app.ts';
import { createPublishing } from './archive/publishing.ts';
import { createRebuilder } from './archive/rebuild.ts';
import type { Services } from './core/context.ts';
import { type Env, EnvError, readEnv } from './core/env.ts';
import { startHousekeeping } from './core/housekeeping.ts';
import { GRACE_MS, listenAdvice, shutDown } from './core/lifecycle.ts';
import { createLog } from './core/log.ts';
import { createMailer } from './core/mail.ts';
import { createOutbound } from './core/outbound/outbound.ts';
import { takeRunningLock } from './core/runningLock.ts';
import { demoSignIns, isEmpty, loadDemo } from './demo/loadDemo.ts';
import { watchLibrary } from './library/names.ts';
import { startPostman } from './notices/postman/postman.ts';
import { webhookSender } from './notices/webhooks/send.ts';
import { recoverBallots, startBallotClock, watchBallots } from './salon/ballots/clock.ts';
import { startScheduler } from './salon/scheduler.ts';
import { closeServices, openServices, SecretMismatch } from './services.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function env(): Env {
  try {
    return readEnv(process.env);
  } catch (error) {
    if (error instanceof EnvError) fail(`${error.message}。`);
    throw error;
  }
}

const { host, port, trustProxy, siteDir: folder, commit, ...rest } = env();
const { databaseUrl, production, siteUrl, logLevel, mail, rebuild } = rest;
const siteDir = resolve(root, folder);
if (!existsSync(resolve(siteDir, 'index.html'))) {
  fail('还没有构建好的网页：请先运行 npm run build，或直接运行 npm start。');
}
const manifest: unknown = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const { version } = z.object({ version: z.string() }).parse(manifest);

const file = databaseFile(databaseUrl, root);
const releaseLock = takeRunningLock(file);
if (!releaseLock) {
  fail('这个数据库已有一个圆桌在用：请先停掉它，或用 DATABASE_URL 换一个数据库文件。');
}

const log = createLog(logLevel);
const mailer = mail && createMailer(mail.smtpUrl, mail.from);
const services = open();

function open(): Services {
  try {
    const library = watchLibrary(resolve(siteDir, 'names.json'), { clock: Date.now, log });
    const outbound = createOutbound({ allowOwn: rest.webhookPrivate });
    return openServices({ file, production, log, sendMail: mailer, outbound, library });
  } catch (error) {
    if (error instanceof MigrationError || error instanceof SecretMismatch) fail(error.message);
    if (isBusy(error))
      fail('数据库正被另一个程序占用：请先停掉它（可能已有一个圆桌在运行），再启动。');
    throw error;
  }
}

watchBallots(services);
await recoverBallots(services);
const loaded = await loadDemo(services);
const demo = demoSignIns(services);
if (production && isEmpty(services)) {
  console.log('还没有账号：请另开一个窗口运行 npm run setup，得到第一位系统管理员的一次性链接。');
}

const archiveFile = resolve(
  root,
  rest.archiveFile ?? resolve(dirname(file), 'public/archive.json'),
);
const rebuilder = createRebuilder({ siteDir, archiveFile, log, clock: services.clock });
const publishing = createPublishing(services, archiveFile, rebuild ? rebuilder : undefined);
const app = createApp({
  services,
  publishing,
  siteDir,
  version,
  commit,
  trustProxy,
  siteUrl,
  addressOf: (c) => getConnInfo(c as never).remote.address ?? '',
  demo: () => demo,
});
const stopHousekeeping = startHousekeeping(services);
const stopScheduler = startScheduler(services);
const stopBallotClock = startBallotClock(services);
const stopPostman = startPostman(services, {
  siteUrl: siteUrl ?? `http://${host}:${port}`,
  sendWebhook: webhookSender(services),
});
publishing.request().catch((error) => log.error({ err: error }, 'the export was not written'));
// A request line that cannot become a URL never reaches the app; it gets the app's headers anyway.
const errorHandler = () => app.request('/%');
const server = createServer(getRequestListener(app.fetch, { errorHandler }));

server.once('error', (error) => fail(listenAdvice(error, host, port)));
server.listen(port, host, () => {
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  const shown = host.includes(':') ? `[${host}]` : host;
  console.log(`圆桌已启动：http://${shown}:${actual}（按 Ctrl+C 停止）`);
  if (demo) {
    console.log(
      `演示数据${loaded ? '已载入' : '在用'}：登录页可一键登录；也可手工输入，如渭运社区书记 weiyun、主办单位 minzheng，密码都是 ${demo.password}。`,
    );
  }
});

/** The mail that is on its way may arrive, if its server does not hang. */
async function lastPost(): Promise<void> {
  const cut = setTimeout(() => mailer?.close(), GRACE_MS);
  await stopPostman();
  clearTimeout(cut);
  mailer?.close();
}

let stopping: number | undefined;
function stop(): void {
  // npm and the terminal may both pass on the same Ctrl+C; only a later one means impatience.
  if (stopping !== undefined) {
    if (Date.now() - stopping > 1000) process.exit(1);
    return;
  }
  stopping = Date.now();
  console.log('正在停止，等候未完成的请求…');
  shutDown(server, services.live).then(async (clean) => {
    const stops = [stopHousekeeping(), stopScheduler(), stopBallotClock(), rebuilder.stop()];
    await Promise.all([...stops, lastPost()]);
    await closeServices(services);
    releaseLock?.();
    process.exit(clean ? 0 : 1);
  });
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);
// Started by npm start, it must not outlive a parent that was killed.
process.on('disconnect', stop);
