import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../api/commands/lib/paths.mjs';

/** A real `api/server.ts` in a process of its own. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  /** Everything printed so far. */
  output(): string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

/**
 * What every process that a test starts is given: where modules once compiled are kept, for the
 * next to start in less time.
 */
export const COMPILED = { NODE_COMPILE_CACHE: inRoot('.cache', 'node') };

/** A place for a database that is not there yet; the system clears it away. */
export const freshDatabase = (): string =>
  `file://${join(mkdtempSync(join(tmpdir(), 'yuanzhuo-server-')), 'yuanzhuo.db')}`;

/** Runs the server; resolves at once, whether or not it will listen. */
export function launch(env: Record<string, string>): Omit<ServerProcess, 'port'> {
  const child = spawn(process.execPath, [inRoot('api', 'server.ts')], {
    env: { PATH: process.env['PATH'] ?? '', ...COMPILED, DATABASE_URL: freshDatabase(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return { child, output: () => text, ended };
}

/** Runs the server on a free port; resolves once it has printed its address. */
export async function startServer(
  siteDir: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const launched = launch({ PORT: '0', SITE_DIR: siteDir, ...env });
  let over = false;
  launched.ended.then(() => {
    over = true;
  });
  for (;;) {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(launched.output())?.[1];
    if (port) return { ...launched, port: Number(port) };
    if (over) throw new Error(`the server ended early: ${launched.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * Sends bytes as they are, which no client library would, and returns the whole answer. The request
 * must ask for the connection to be closed.
 */
export function sendRaw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    socket.once('end', () => resolve(answer)).once('error', reject);
  });
}
