import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { z } from 'zod';
import { createApp } from './app.ts';
import { type Env, EnvError, readEnv } from './core/env.ts';
import { listenAdvice, shutDown } from './core/lifecycle.ts';

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

const { host, port, trustProxy, siteDir: folder, commit } = env();
const siteDir = resolve(root, folder);
if (!existsSync(resolve(siteDir, 'index.html'))) {
  fail('还没有构建好的网页：请先运行 npm run build，或直接运行 npm start。');
}
const manifest: unknown = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
const { version } = z.object({ version: z.string() }).parse(manifest);

const app = createApp({
  siteDir,
  version,
  commit,
  trustProxy,
  reportError: (error, requestId) => console.error(`[${requestId}]`, error),
});
// A request line that cannot become a URL never reaches the app; it gets the app's headers anyway.
const errorHandler = () => app.request('/%');
const server = createServer(getRequestListener(app.fetch, { errorHandler }));

server.once('error', (error) => fail(listenAdvice(error, host, port)));
server.listen(port, host, () => {
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  const shown = host.includes(':') ? `[${host}]` : host;
  console.log(`圆桌已启动：http://${shown}:${actual}（按 Ctrl+C 停止）`);
});

let stopping: number | undefined;
function stop(): void {
  // npm and the terminal may both pass on the same Ctrl+C; only a later one means impatience.
  if (stopping !== undefined) {
    if (Date.now() - stopping > 1000) process.exit(1);
    return;
  }
  stopping = Date.now();
  console.log('正在停止，等候未完成的请求…');
  shutDown(server).then((clean) => process.exit(clean ? 0 : 1));
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);
// Started by npm start, it must not outlive a parent that was killed.
process.on('disconnect', stop);
