import { createServer, get as httpGet, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { shutDown } from '../../api/core/lifecycle.ts';
import { createLive } from '../../api/core/live.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { launch, type ServerProcess, sendRaw, startServer } from '../support/serverProcess.ts';

const site = fixtureSite();
const siteDir = join(site.dir, 'site');
// More than the system's socket buffers hold, so that a client that does not read keeps it open.
const HUGE = 40_000_000;
site.write('site/huge.bin', new Uint8Array(HUGE).fill(7));

let running: ServerProcess | undefined;
const start = async () => {
  running = await startServer(siteDir);
  return running;
};
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.ended;
  running = undefined;
});
afterAll(() => site.remove());

function open(port: number, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port, path }, resolve).once('error', reject);
  });
}

describe('a running server', () => {
  it('prints one line with its address and serves', async () => {
    const { port, output } = await start();
    const greeting = `圆桌已启动：http://127.0.0.1:${port}（按 Ctrl+C 停止）\n演示数据已载入：`;
    await vi.waitFor(() => expect(output()).toContain(greeting));
    const response = await fetch(`http://127.0.0.1:${port}/api/health`);
    expect(await response.json()).toMatchObject({ status: 'ok', version: '0.1.0' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'lets an open request finish after %s',
    async (signal) => {
      const { port, child, ended } = await start();
      const response = await open(port, '/huge.bin');
      child.kill(signal);
      await sleep(300);
      expect(child.exitCode).toBeNull();
      await expect(open(port, '/')).rejects.toThrow('ECONNREFUSED');

      let received = 0;
      for await (const chunk of response) received += (chunk as Buffer).length;
      expect(received).toBe(HUGE);
      expect(await ended).toBe(0);
    },
  );

  it('does not wait for connections that are merely kept alive', async () => {
    const { port, child, ended } = await start();
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    const asked = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
  });

  it('takes two quick signals as one, as npm and a terminal send them', async () => {
    const { port, child, ended } = await start();
    const response = await open(port, '/huge.bin');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    await sleep(200);
    expect(child.exitCode).toBeNull();
    response.destroy();
    expect(await ended).toBe(0);
  });
});

describe('requests that no browser would send', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer(siteDir);
  });
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await server.ended;
  });

  test.each([
    ['GET /../secret.txt HTTP/1.1', 404],
    ['GET /..%2f..%2fsecret.txt HTTP/1.1', 404],
    ['GET /cases/../../../../secret.txt HTTP/1.1', 404],
    ['GET /..\\secret.txt HTTP/1.1', 400],
    ['GET //secret.txt HTTP/1.1', 404],
    ['GET /%00 HTTP/1.1', 404],
    ['GET /% HTTP/1.1', 400],
    ['GET http://[/ HTTP/1.1', 400],
    ['OPTIONS * HTTP/1.1', 400],
    ['TRACE / HTTP/1.1', 405],
  ])('%s is answered with %i and the security headers', async (line, status) => {
    const answer = await sendRaw(
      server.port,
      `${line}\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('x-content-type-options: nosniff');
    expect(answer).not.toContain('outside the site');
    expect(answer).not.toMatch(/^(?:server|x-powered-by):/im);
  });
});

describe('a server that cannot start', () => {
  it('says so when nothing has been built', async () => {
    const { ended, output } = launch({ SITE_DIR: join(site.dir, 'nowhere'), PORT: '0' });
    expect(await ended).toBe(1);
    expect(output()).toBe('还没有构建好的网页：请先运行 npm run build，或直接运行 npm start。\n');
  });

  it('says so when PORT is wrong', async () => {
    const { ended, output } = launch({ SITE_DIR: siteDir, PORT: 'abc' });
    expect(await ended).toBe(1);
    expect(output()).toBe('PORT 须是 0 到 65535 的整数，例如 PORT=4321。\n');
  });

  it('says so when the port is taken', async () => {
    const { port } = await start();
    const { ended, output } = launch({ SITE_DIR: siteDir, PORT: String(port) });
    expect(await ended).toBe(1);
    expect(output()).toContain(`端口 ${port} 已被占用`);
    expect(output().trim().split('\n')).toHaveLength(1);
  });
});

describe('shutDown', () => {
  it('closes a connection that is kept alive as soon as its request is done', async () => {
    const server = createServer((_, response) => {
      setTimeout(() => response.end('done'), 300);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await sleep(100);
    const asked = performance.now();
    expect(await shutDown(server, createLive('test'))).toBe(true);
    // Waiting for the connection to time out would take 5 seconds more.
    expect(performance.now() - asked).toBeLessThan(2_000);
    socket.destroy();
  });

  it('cuts a request that outlasts the grace time', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const request = open(port, '/').catch((error: Error) => error.message);
    await sleep(100);
    const asked = performance.now();
    expect(await shutDown(server, createLive('test'), 200)).toBe(false);
    expect(performance.now() - asked).toBeGreaterThan(190);
    expect(await request).toBe('socket hang up');
  });
});
