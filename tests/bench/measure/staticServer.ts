import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
/** Beyond this size the best brotli takes minutes; VitePress's search index is that large. */
const LARGE_BYTES = 2 ** 20;
const COMPRESSIBLE = /^(?:text\/|application\/json|image\/svg)/;

export type Server = { origin: string; close(): Promise<void> };

type Body = { bytes: Buffer; type: string; brotli: Buffer | undefined; gzip: Buffer | undefined };

const qualityFor = (bytes: Buffer) => ({
  [constants.BROTLI_PARAM_QUALITY]: bytes.length > LARGE_BYTES ? 9 : 11,
});

/** /a/ and /a find a/index.html or a.html, as ordinary hosts do. */
async function load(root: string, path: string): Promise<Body | undefined> {
  const clean = normalize(decodeURIComponent(path)).replace(/^(?:\.\.[/\\])+/, '');
  const candidates = clean.endsWith('/')
    ? [`${clean}index.html`]
    : [clean, `${clean}.html`, `${clean}/index.html`];
  for (const candidate of candidates) {
    const bytes = await readFile(join(root, candidate)).catch(() => undefined);
    if (!bytes) continue;
    const type = TYPES[extname(candidate)] ?? 'application/octet-stream';
    const small = COMPRESSIBLE.test(type);
    return {
      bytes,
      type,
      brotli: small ? await brotli(bytes, { params: qualityFor(bytes) }) : undefined,
      gzip: small ? await gzipped(bytes, { level: 9 }) : undefined,
    };
  }
  return undefined;
}

/**
 * Serves a built site on 127.0.0.1 with the best brotli and gzip, as files compressed at build time
 * would be; what was once asked for stays in memory, so that compression is not in any timing twice.
 */
export async function serveStatic(root: string): Promise<Server> {
  const kept = new Map<string, Promise<Body | undefined>>();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const loading = kept.get(path) ?? load(root, path);
    kept.set(path, loading);
    const body = await loading;
    if (!body) {
      response.writeHead(404).end();
      return;
    }
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const encoding = ['brotli', 'gzip'] as const;
    const chosen = encoding.find(
      (name) => body[name] && accepted.includes(name === 'brotli' ? 'br' : 'gzip'),
    );
    const bytes = (chosen && body[chosen]) ?? body.bytes;
    response.writeHead(200, {
      'content-type': body.type,
      'content-length': bytes.length,
      'cache-control': 'public, max-age=3600',
      vary: 'accept-encoding',
      ...(chosen ? { 'content-encoding': chosen === 'brotli' ? 'br' : 'gzip' } : {}),
    });
    response.end(bytes);
  });
  // An idle connection is never closed under a request on its way.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
