import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, test, vi } from 'vitest';
import { createApp } from '../../api/app.ts';
import { CASE, fixtureSite, HOME, MISSING, SCRIPT } from '../support/fixtureSite.ts';
import { createTestApp } from '../support/testApp.ts';

const site = fixtureSite();
afterAll(() => site.remove());
const own = await createTestApp({ empty: true });
afterAll(() => own.close());
const { services } = own;
const app = createApp({ services, siteDir: join(site.dir, 'site'), version: '1.2.3' });
const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  app.request(path, { method, headers });
const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());

const CASE_PATH = `/cases/${encodeURIComponent('微网实格')}/`;
const ASSET = '/_astro/page.Ab12.js';

describe('pages', () => {
  it('serves index.html for folders', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(HOME);
    expect((await get('/cases/')).status).toBe(200);
  });

  it('finds percent-encoded Chinese names, in either case of the hex digits', async () => {
    expect(await (await get(CASE_PATH)).text()).toBe(CASE);
    expect(await (await get(CASE_PATH.toLowerCase())).text()).toBe(CASE);
  });

  test.each([
    ['/cases', '/cases/'],
    ['/cases?theme=a&b=%E5%BE%AE', '/cases/?theme=a&b=%E5%BE%AE'],
    [CASE_PATH.slice(0, -1), CASE_PATH],
    ['/index.html', '/'],
    ['/cases/index.html', '/cases/'],
  ])('sends %s to %s', async (from, to) => {
    const response = await get(from);
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(to);
  });

  it('does not turn a doubled slash into an address elsewhere', async () => {
    const response = await get('http://localhost//cases');
    expect(response.status).toBe(404);
    expect(response.headers.get('location')).toBeNull();
  });

  it('reads a large file as a stream, whole', async () => {
    const response = await get('/large.bin');
    const body = await bytes(response);
    expect(response.headers.get('content-length')).toBe('1500000');
    expect(body).toEqual(new Uint8Array(1_500_000).map((_, i) => (i * 7) % 251));
  });
});

describe('nothing here', () => {
  test.each([
    '/nothing/',
    '/nothing.js',
    '/empty-folder/',
    '/empty-folder',
    '/robots.txt/',
    '/404.html',
    '/404',
    '/cases/index.html/',
    `/${'a'.repeat(5000)}`,
  ])('%s gets the 404 page', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('etag')).toBeNull();
    expect(await response.text()).toBe(MISSING);
  });

  it('compresses the 404 page and never answers it with 304', async () => {
    const response = await get('/nothing', { 'accept-encoding': 'br', 'if-none-match': '*' });
    expect(response.status).toBe(404);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(brotliDecompressSync(await bytes(response)).toString()).toBe(MISSING);
  });

  it('says so in plain text when the site has no 404 page', async () => {
    const bare = createApp({ services, siteDir: join(site.dir, 'site', 'cases'), version: '1' });
    const response = await bare.request('/nothing');
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('没有这个页面。');
  });
});

describe('paths that must not reach a file', () => {
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/cases/..%2f..%2fsecret.txt',
    '/cases%2f..%2f..%2fsecret.txt',
    '/cases%5c..%5c..%5csecret.txt',
    '/cases%2findex.html',
    '/search%2findex.json',
    '/cases/%2e%2e/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%2fsecret.txt',
    '//secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..;/secret.txt',
    '/C:/secret.txt',
    '/site:secret',
    '/index.html%00',
    '/index.html%00.txt',
    '/%00',
    '/cases%0a/',
    '/.env',
    '/%2eenv',
    '/.well-known/x.txt',
    '/cases/.%2e/.env',
    '/robots.txt.',
    '/robots.txt%20',
    `${ASSET}.br`,
    `${ASSET}.gz`,
    `${ASSET}.BR`,
  ])('%s', async (path) => {
    const response = await get(`http://localhost${path}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe(MISSING);
  });

  test.each(['/%', '/%zz', '/%e5%be', '/cases/%c0%af', '/%ff%fe'])(
    '%s is refused as malformed',
    async (path) => {
      const response = await get(`http://localhost${path}`);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.json()).toMatchObject({ status: 400, title: '请求有误' });
    },
  );

  it('still finds a name that itself holds a percent sign', async () => {
    expect(await (await get('/with%2520percent.txt')).text()).toBe('percent');
  });
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])(
    '%s is refused with Allow',
    async (method) => {
      const response = await get('/', {}, method);
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  test.each(['/', CASE_PATH, ASSET, '/large.bin', '/nothing'])(
    'HEAD %s says what GET says, without a body',
    async (path) => {
      const headers = { 'accept-encoding': 'gzip' };
      const [head, full] = [await get(path, headers, 'HEAD'), await get(path, headers)];
      expect(await head.text()).toBe('');
      expect(head.status).toBe(full.status);
      expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(full.headers));
      expect(full.headers.get('content-length')).toBe(String((await bytes(full)).length));
    },
  );
});

describe('conditional requests', () => {
  const tagOf = async (accept: string) =>
    (await get(ASSET, { 'accept-encoding': accept })).headers.get('etag') ?? '';

  it('gives each coding its own strong tag', async () => {
    const tags = await Promise.all(['br', 'gzip', 'identity'].map(tagOf));
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{22}"$/);
  });

  test.each([
    ['the tag', (tag: string) => tag],
    ['the tag, weak', (tag: string) => `W/${tag}`],
    ['a list that holds the tag', (tag: string) => `"other", W/"another",${tag}`],
    ['a star', () => '*'],
  ])('answers 304 to %s', async (_, header) => {
    const tag = await tagOf('br');
    const response = await get(ASSET, { 'accept-encoding': 'br', 'if-none-match': header(tag) });
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    expect(response.headers.get('etag')).toBe(tag);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test.each(['"other"', 'garbage', '"', '', 'W/'])('answers 200 to %s', async (header) => {
    expect((await get(ASSET, { 'if-none-match': header })).status).toBe(200);
  });

  it('does not take one coding for another', async () => {
    const response = await get(ASSET, {
      'accept-encoding': 'gzip',
      'if-none-match': await tagOf('br'),
    });
    expect(response.status).toBe(200);
  });

  it('gives a changed file a new tag', async () => {
    site.write('site/changing.html', 'one');
    const first = (await get('/changing.html')).headers.get('etag') ?? '';
    site.write('site/changing.html', 'two');
    const second = await get('/changing.html', { 'if-none-match': first });
    expect(second.status).toBe(200);
    expect(await second.text()).toBe('two');
    site.write('site/changing.html', 'one');
    expect((await get('/changing.html')).headers.get('etag')).toBe(first);
  });
});

// Windows has no such list of open files.
it.skipIf(process.platform === 'win32')('leaves no file open, whatever is asked', async () => {
  const open = () => readdirSync('/dev/fd').length;
  const tag = (await get('/large.bin', {}, 'HEAD')).headers.get('etag') ?? '';
  const before = open();
  for (const path of ['/', '/large.bin', ASSET, '/nothing', '/cases', '/cases/']) {
    await get(path, {}, 'HEAD');
    await get(path, { 'if-none-match': '*' });
    await (await get(path)).body?.cancel();
  }
  await (await get('/large.bin', { 'if-none-match': tag })).arrayBuffer();
  await (await get('/large.bin')).arrayBuffer();
  // A visitor who leaves after the first part, once the next has been read ahead.
  const reader = (await get('/large.bin')).body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await reader?.cancel();
  await vi.waitFor(() => expect(open()).toBe(before));
});

describe('codings', () => {
  test.each([
    [undefined, null],
    ['', null],
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['BR', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0,gzip;q=0', null],
    ['br;q=0.000, *;q=0.1', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['identity', null],
    ['identity;q=1, br;q=0.9', null],
    ['identity;q=0.5, br;q=0.9', 'br'],
    ['identity;q=0', null],
    ['identity;q=0, gzip', 'gzip'],
    ['deflate, zstd', null],
    [',,;q=1, br ; q=0.4', 'br'],
    ['br;q=0;q=1', 'br'],
  ])('Accept-Encoding %j gets %j', async (accept, coding) => {
    const response = await get(ASSET, accept === undefined ? {} : { 'accept-encoding': accept });
    expect(response.headers.get('content-encoding')).toBe(coding);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const body = await bytes(response);
    const unpack = new Map([
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ]).get(coding ?? '');
    const plain = unpack?.(body) ?? body;
    expect(Buffer.from(plain).toString()).toBe(SCRIPT);
  });

  it('does not vary where there is nothing to choose', async () => {
    const response = await get('/robots.txt', { 'accept-encoding': 'br' });
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('vary')).toBeNull();
  });

  it('ignores a sidecar without its file', async () => {
    writeFileSync(join(site.dir, 'site', 'orphan.txt.br'), 'x');
    expect((await get('/orphan.txt', { 'accept-encoding': 'br' })).status).toBe(404);
  });
});

describe('types and caching', () => {
  const YEAR = 'public, max-age=31536000, immutable';
  const HOUR = 'public, max-age=3600';
  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/search/', 'text/html; charset=utf-8', 'no-cache'],
    ['/data.json', 'application/json', 'no-cache'],
    ['/search/index.json', 'application/json', 'no-cache'],
    ['/feed.atom', 'application/atom+xml; charset=utf-8', 'no-cache'],
    ['/feed.rss', 'application/rss+xml; charset=utf-8', 'no-cache'],
    ['/feed.json', 'application/feed+json; charset=utf-8', 'no-cache'],
    ['/sitemap-0.xml', 'application/xml; charset=utf-8', 'no-cache'],
    ['/favicon.svg', 'image/svg+xml; charset=utf-8', HOUR],
    ['/app.webmanifest', 'application/manifest+json', HOUR],
    ['/robots.txt', 'text/plain; charset=utf-8', HOUR],
    ['/large.bin', 'application/octet-stream', HOUR],
    [ASSET, 'text/javascript; charset=utf-8', YEAR],
    ['/_astro/font.Cd34.woff2', 'font/woff2', YEAR],
    ['/search/shard.Ef56.bin', 'application/octet-stream', YEAR],
  ])('%s is %s, %s', async (path, type, cache) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('cache-control')).toBe(cache);
    await response.body?.cancel();
  });
});
