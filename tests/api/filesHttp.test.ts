import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { acceptedBody } from '../../api/core/http/acceptedBody.ts';
import type { ApiEnv } from '../../api/core/http/apiEnv.ts';
import { body, createRoutes, endpoint } from '../../api/core/http/endpoint.ts';
import { answerError } from '../../api/core/http/errors.ts';
import { keepPrivate } from '../../api/core/http/keepPrivate.ts';
import { silentLog } from '../../api/core/log.ts';
import { CORE, Refused } from '../../api/core/refused.ts';
import { FILE_LIMIT, KINDS, UPLOAD_TYPE } from '../../api/files/contract.ts';
import { FILES } from '../../api/files/refusals.ts';
import { readRange, serveFile } from '../../api/files/serve.ts';
import { createFileStore, type PutFile } from '../../api/files/store.ts';
import { dump } from '../support/dump.ts';
import { codeOf, createTestApp, DEMO, ORIGIN } from '../support/testApp.ts';
import { jpg } from '../support/uploads.ts';

/** Routes as a capability would mount them, on a real server: streaming is not seen otherwise. */
const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-files-'));
const store = createFileStore(dir);
const binary = z.string().meta({ format: 'binary' });
const declared = {
  action: 'own.manage',
  summary: '测试',
  responses: { 200: { description: '测试' } },
} as const;
const routes = createRoutes();
routes.use(acceptedBody({ type: UPLOAD_TYPE, limit: FILE_LIMIT, tooLarge: FILES.fileTooLarge }));
routes.openapi(
  endpoint({
    ...declared,
    method: 'post',
    path: '/files',
    request: { body: { required: true, content: { [UPLOAD_TYPE]: { schema: binary } } } },
  }),
  async (c) => {
    const source = c.req.raw.body;
    if (!source) throw new Refused(FILES.fileEmpty);
    return c.json(await store.put(source, { maxSize: FILE_LIMIT }));
  },
);
routes.openapi(
  endpoint({
    ...declared,
    method: 'post',
    path: '/words',
    request: { body: body(z.strictObject({})) },
  }),
  (c) => c.json({}),
);
routes.get('/files/:hash', async (c) => {
  const file = await store.open(c.req.param('hash'));
  if (!file) throw new Refused(CORE.notFound);
  return serveFile(c.req.raw, file, { name: '现场照片.jpg', kind: 'jpg' });
});
routes.onError((error) => answerError(error, {}, silentLog, 'id'));

const server = serve({ fetch: routes.fetch, hostname: '127.0.0.1', port: 0 });
/** Larger than what is read in one go. */
const photo = Buffer.concat([
  jpg(),
  Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => at % 251)),
]);
const hash = createHash('sha256').update(photo).digest('hex');
const etag = `"${hash}"`;
let origin = '';
beforeAll(async () => {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sent = await upload(new Uint8Array(photo));
  expect((await sent.json()) as PutFile).toEqual({ hash, size: photo.length, kind: 'jpg' });
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

const upload = (content: BodyInit, headers: Record<string, string> = {}, path = '/files') =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': UPLOAD_TYPE, ...headers },
    body: content,
    duplex: 'half',
  } as RequestInit);
const download = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${origin}/files/${hash}`, { method, headers });
const bytesOf = async (answer: Response): Promise<Buffer> =>
  Buffer.from(await answer.arrayBuffer());

describe('uploading', () => {
  const onlyThePhoto = () =>
    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(
      [hash.slice(0, 2), join(hash.slice(0, 2), hash)].sort(),
    );

  it('refuses by the length that is said, before anything comes', async () => {
    const answer = await new Promise<{ status: number | undefined; text: string }>(
      (resolve, reject) => {
        const headers = { 'content-type': UPLOAD_TYPE, 'content-length': FILE_LIMIT + 1 };
        const asked = request(`${origin}/files`, { method: 'POST', headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => resolve({ status: response.statusCode, text }));
        });
        asked.on('error', reject);
        asked.flushHeaders();
      },
    );
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('urn:yuanzhuo:problem:fileTooLarge');
    onlyThePhoto();
  });

  it('is heard by a sender who goes on sending', async () => {
    const answer = await upload(new Uint8Array(FILE_LIMIT + 1));
    expect(answer.status).toBe(413);
    expect(await codeOf(answer)).toBe('fileTooLarge');
    onlyThePhoto();
  });

  it('refuses by what comes, where no length is said', async () => {
    let left = FILE_LIMIT + 1;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = new Uint8Array(Math.min(left, 65_536));
        left -= piece.length;
        controller.enqueue(piece);
        if (left === 0) controller.close();
      },
    });
    const answer = await upload(stream);
    expect(answer.status).toBe(413);
    expect(await codeOf(answer)).toBe('fileTooLarge');
    onlyThePhoto();
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const parts = () => readdirSync(dir).filter((name) => name.endsWith('.part')).length;
    const headers = { 'content-type': UPLOAD_TYPE, 'content-length': photo.length };
    const asked = request(`${origin}/files`, { method: 'POST', headers });
    const broken = new Promise((resolve) => asked.on('error', resolve));
    asked.write(photo.subarray(0, 200_000));
    await expect.poll(parts).toBe(1);
    asked.destroy();
    await broken;
    await expect.poll(parts).toBe(0);
    onlyThePhoto();
  });

  test.each([
    ['/words', UPLOAD_TYPE],
    ['/files', 'application/json'],
    ['/files', 'multipart/form-data; boundary=x'],
    ['/files', `${UPLOAD_TYPE}; charset=utf-8`],
    ['/files', 'image/jpeg'],
  ])('%s does not take %s', async (path, type) => {
    const answer = await upload(new Uint8Array(jpg()), { 'content-type': type }, path);
    expect(answer.status).toBe(415);
    expect(await codeOf(answer)).toBe('wrongType');
    onlyThePhoto();
  });
});

describe('downloading', () => {
  it('hands the file over to be saved, never to be shown', async () => {
    const answer = await download();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': KINDS.jpg,
      'content-length': String(photo.length),
      'content-disposition': `attachment; filename="____.jpg"; filename*=UTF-8''${encodeURIComponent('现场照片')}.jpg`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
      'accept-ranges': 'bytes',
      etag,
    });
    expect(await bytesOf(answer)).toEqual(photo);
  });

  it('sends nothing to who has it, and its head to who asks for that', async () => {
    const same = await download({ 'if-none-match': `"other", W/${etag}`, range: 'bytes=0-1' });
    expect([same.status, (await bytesOf(same)).length]).toEqual([304, 0]);
    const head = await download({ range: 'bytes=0-1' }, 'HEAD');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(photo.length)]);
    expect((await bytesOf(head)).length).toBe(0);
    expect((await download({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  const size = photo.length;
  test.each<[string, number, number]>([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=500000-', 500_000, size - 1],
    ['bytes=-10', size - 10, size - 1],
    [`bytes=-${size + 5}`, 0, size - 1],
    [`bytes=${size - 1}-${size + 100}`, size - 1, size - 1],
  ])('sends the part %s', async (range, first, last) => {
    const answer = await download({ range, 'if-range': etag });
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/${size}`);
    expect(answer.headers.get('content-length')).toBe(String(last - first + 1));
    expect(await bytesOf(answer)).toEqual(photo.subarray(first, last + 1));
  });

  test.each([`bytes=${size}-`, `bytes=${size + 1}-${size + 2}`, 'bytes=-0'])(
    'cannot send the part %s',
    async (range) => {
      const answer = await download({ range });
      expect(answer.status).toBe(416);
      expect(answer.headers.get('content-range')).toBe(`bytes */${size}`);
      expect((await bytesOf(answer)).length).toBe(0);
    },
  );

  test.each(['bytes=0-1,5-6', 'bytes=5-1', 'bytes=-', 'lines=0-1', 'bytes=a-b', ''])(
    'sends the whole for %j',
    async (range) => {
      const answer = await download({ range });
      expect(answer.status).toBe(200);
      expect((await bytesOf(answer)).length).toBe(size);
    },
  );

  it('sends the whole to who holds a part of something else', async () => {
    for (const tag of ['"other"', `W/${etag}`, 'Wed, 21 Oct 2026 07:28:00 GMT']) {
      expect((await download({ range: 'bytes=0-1', 'if-range': tag })).status).toBe(200);
    }
  });

  it('finds no part in an empty file', () => {
    expect(readRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(readRange('bytes=-1', 0)).toBe('unsatisfiable');
  });
});

describe('the application', () => {
  it('hands a file over as it is, also to someone signed in', async () => {
    const app = new Hono<ApiEnv>();
    app.use(async (c, next) => {
      await next();
      await keepPrivate(c, true);
    });
    app.get('/api/salons/x/files/:hash', async (c) => {
      const file = await store.open(c.req.param('hash'));
      if (!file) throw new Refused(CORE.notFound);
      return serveFile(c.req.raw, file, { name: '照片.jpg', kind: 'jpg' });
    });
    for (const [range, length] of [
      ['', photo.length],
      ['bytes=0-9', 10],
    ] as const) {
      const answer = await app.request(`/api/salons/x/files/${hash}`, { headers: { range } });
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      expect(answer.headers.get('etag')).toBe(etag);
      expect(await bytesOf(answer)).toEqual(photo.subarray(0, length));
    }
  });

  it('lets no route of today take an upload', async () => {
    const t = await createTestApp();
    try {
      const host = await t.as('minzheng');
      const before = dump(t);
      const send = (length: number) =>
        t.app.request(`${ORIGIN}/api/salons/${DEMO}/roster?commit=1`, {
          method: 'POST',
          headers: {
            origin: ORIGIN,
            cookie: host.cookie,
            'content-type': UPLOAD_TYPE,
            'content-length': String(length),
          },
          body: new Uint8Array(jpg()),
        });
      const small = await send(jpg().length);
      expect([small.status, await codeOf(small)]).toEqual([415, 'wrongType']);
      const large = await send(FILE_LIMIT + 1);
      expect([large.status, await codeOf(large)]).toEqual([413, 'fileTooLarge']);
      expect(dump(t)).toEqual(before);
    } finally {
      t.close();
    }
  });
});
