import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { track } from '../measure/children.ts';
import { node, root } from '../projects/paths.ts';

export type Measured = { port: number; pid: number; close(): Promise<void> };

/** Goes on reading what the server prints, which would else stumble over a closed pipe. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      output += part;
      const port = /127\.0\.0\.1:(\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    });
    child.once('close', () => reject(new Error(`服务没有启动：${output}`)));
  });
}

function start(file: string, args: readonly string[], env: Record<string, string> = {}) {
  return track(
    spawn(node, [file, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      // With a channel to us it ends when we do, even if we are killed.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    }),
  );
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
}

/** Starts tests/bench/api/server.ts. @param what its arguments: `hello`, or a database and more */
export async function serve(...what: string[]): Promise<Measured> {
  const child = start(fileURLToPath(new URL('./server.ts', import.meta.url)), what);
  return { port: await portOf(child), pid: child.pid ?? 0, close: () => end(child) };
}

/** Starts the real api/server.ts on a database. @returns milliseconds until /api/ready says yes */
export async function coldStart(databaseFile: string): Promise<number> {
  const siteDir = join(databaseFile, '..', 'site');
  mkdirSync(siteDir, { recursive: true });
  closeSync(openSync(join(siteDir, 'index.html'), 'w'));
  const begun = performance.now();
  const env = { DATABASE_URL: `file://${databaseFile}`, SITE_DIR: siteDir, PORT: '0' };
  const child = start(join(root, 'api', 'server.ts'), [], { ...env, HOST: '127.0.0.1' });
  const port = await portOf(child);
  while ((await fetch(`http://127.0.0.1:${port}/api/ready`)).status !== 200) await sleep(5);
  const milliseconds = performance.now() - begun;
  await end(child);
  return milliseconds;
}

/** How often a second the disk takes 4 KiB and confirms it, as each commit must wait for. */
export function syncsPerSecond(dir: string, seconds: number): number {
  const file = join(dir, 'fsync.tmp');
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(4096, 1);
  try {
    const begun = performance.now();
    let count = 0;
    for (; performance.now() - begun < seconds * 1000; count += 1) {
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
    }
    return count / seconds;
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
}
