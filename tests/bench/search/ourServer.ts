import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { track } from '../measure/children.ts';
import type { Server } from '../measure/staticServer.ts';
import { node, root } from '../projects/paths.ts';

const PATIENCE_MILLISECONDS = 20_000;

/** Starts api/server.ts on a free port with the pages of `siteDir`. Rejects when it does not start. */
export function serveOurs(siteDir: string): Promise<Server> {
  const child = track(
    spawn(node, [join(root, 'api', 'server.ts')], {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', SITE_DIR: siteDir },
      // With a channel to us it ends when we do, even if we are killed.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }),
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const close = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (reason: string) => reject(new Error(`圆桌的服务没有启动：${reason}\n${output}`));
    const timer = setTimeout(() => close().then(() => fail('等了 20 秒')), PATIENCE_MILLISECONDS);
    const listen = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      const origin = /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (!origin) return;
      clearTimeout(timer);
      resolve({ origin, close });
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`退出码 ${code}`);
    });
  });
}
