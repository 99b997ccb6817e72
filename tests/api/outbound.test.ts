import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOutbound, type OutboundOptions } from '../../api/core/outbound/outbound.ts';
import { UNTRUSTED } from '../support/untrusted.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** @returns its port, and the requests that reached it */
async function listen(answer: RequestListener): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push(
        `${request.method} ${request.url} ${request.headers.host} ${Buffer.concat(parts)}`,
      );
      answer(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, heard };
}

const HERE = { address: '127.0.0.1', family: 4 };
const at = (...addresses: string[]) =>
  vi.fn(async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );
const call = (url: string, options: Partial<OutboundOptions> = {}) =>
  createOutbound({ allowOwn: true, ...options }).post({ url, headers: { 'x-a': '1' }, body: '{}' });
const FORBIDDEN = { kind: 'failed', why: 'forbidden' };

describe('a call', () => {
  it('reaches the address that was checked, under the name that was typed', async () => {
    const { port, heard } = await listen((_, response) => response.end('好'));
    const resolve = at('127.0.0.1');
    const answer = await call(`http://robot.example:${port}/hook?a=1`, { resolve });
    expect(answer).toEqual({ kind: 'answered', status: 200, body: '好' });
    expect(heard).toEqual([`POST /hook?a=1 robot.example:${port} {}`]);
  });

  it('asks for the name once: what it would be told a moment later counts for nothing', async () => {
    const { port, heard } = await listen((_, response) => response.end());
    const resolve = vi
      .fn(async () => [{ address: '169.254.169.254', family: 4 }])
      .mockResolvedValueOnce([HERE]);
    const url = `http://rebinding.example:${port}/`;
    expect(await call(url, { resolve })).toMatchObject({ kind: 'answered' });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(await call(url, { resolve })).toEqual(FORBIDDEN);
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['127.0.0.1'],
    ['8.8.8.8', '10.0.0.1'],
    ['2400:3200::1', 'fd00::1'],
    ['::ffff:127.0.0.1'],
    ['100.64.0.7'],
    ['64:ff9b::a00:1'],
  ])('does not go where a name leads inside: %s', async (...addresses) => {
    const { port, heard } = await listen((_, response) => response.end());
    const resolve = at(...addresses);
    const answer = await call('https://harmless.example/', { resolve, allowOwn: false });
    expect(answer).toEqual(FORBIDDEN);
    expect(await call(`https://127.0.0.1:${port}/`, { allowOwn: false })).toEqual(FORBIDDEN);
    expect(heard).toEqual([]);
  });

  it('follows no redirect', async () => {
    const inner = await listen((_, response) => response.end('secret'));
    const { port } = await listen((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` }).end(),
    );
    expect(await call(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 302, body: '' });
    expect(inner.heard).toEqual([]);
  });

  it('goes through no proxy that the environment names', async () => {
    const proxy = await listen((_, response) => response.end('proxy'));
    const { port } = await listen((_, response) => response.end('direct'));
    vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    expect(await call(`http://127.0.0.1:${port}/`)).toMatchObject({ body: 'direct' });
    vi.unstubAllEnvs();
    expect(proxy.heard).toEqual([]);
  });

  it('reads 64 KB of an answer that never ends', async () => {
    const { port } = await listen((_, response) => {
      const more = (): boolean => response.write('a'.repeat(65_536));
      response.on('drain', more);
      more();
    });
    const answer = await call(`http://127.0.0.1:${port}/`);
    expect(answer).toEqual({ kind: 'answered', status: 200, body: 'a'.repeat(65_536) });
  });

  it.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['begins and stops', (_, response) => response.write('a')],
  ])('gives up on a server that %s', async (_, answer) => {
    const { port } = await listen(answer);
    const url = `http://127.0.0.1:${port}/`;
    expect(await call(url, { patience: 60 })).toEqual({ kind: 'failed', why: 'too slow' });
  });

  it('gives up on a name that nobody answers for', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const answer = await call('https://slow.example/', { resolve, patience: 20 });
    expect(answer).toEqual({ kind: 'failed', why: 'too slow' });
  });

  it('says what else may go wrong', async () => {
    const { port } = await listen((request) => request.socket.destroy());
    const lost = { kind: 'failed', why: 'unreachable' };
    expect(await call(`http://127.0.0.1:${port}/`)).toEqual(lost);
    const none = async () => Promise.reject(new Error('ENOTFOUND'));
    const unknown = { kind: 'failed', why: 'unknown name' };
    expect(await call('https://none.example/', { resolve: none })).toEqual(unknown);
    expect(await call('https://none.example/', { resolve: at() })).toEqual(unknown);
    expect(await call('http://169.254.169.254/')).toEqual(FORBIDDEN);
  });

  it('trusts no certificate that nobody has signed, and sends nothing', async () => {
    const heard: string[] = [];
    const server = createTlsServer(UNTRUSTED, ({ url = '' }) => heard.push(url));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const answer = await call(`https://robot.example:${port}/`, { resolve: at('127.0.0.1') });
    expect(answer).toEqual({ kind: 'failed', why: 'certificate' });
    expect(heard).toEqual([]);
  });
});
