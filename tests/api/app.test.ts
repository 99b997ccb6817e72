import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { createApp } from '../../api/app.ts';
import type { Services } from '../../api/core/context.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { createTestApp } from '../support/testApp.ts';

const site = fixtureSite();
afterAll(() => site.remove());
const siteDir = join(site.dir, 'site');
const now = new Date('2026-11-22T08:00:00.000Z');
const own = await createTestApp({ empty: true });
afterAll(() => own.close());
const services: Services = { ...own.services, clock: () => now.getTime() };
const app = createApp({ services, siteDir, version: '1.2.3', commit: 'abcdef1' });

describe('/api/health', () => {
  it('says that it is well, and which version it is', async () => {
    const response = await app.request('/api/health');
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      status: 'ok',
      version: '1.2.3',
      commit: 'abcdef1',
      time: now.toISOString(),
    });
  });

  it('answers HEAD and refuses the rest', async () => {
    expect((await app.request('/api/health', { method: 'HEAD' })).status).toBe(200);
    const headers = { origin: 'http://localhost' };
    const response = await app.request('/api/health', { method: 'POST', headers });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
    expect(await response.json()).toMatchObject({ status: 405, title: '方法不允许' });
  });
});

describe('unknown interfaces', () => {
  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/health/',
    '/api/../api/x',
    '/api/%00',
    '/api/%',
  ])('%s', async (path) => {
    const response = await app.request(`http://localhost${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toEqual({
      type: 'urn:yuanzhuo:problem:notFound',
      status: 404,
      title: '未找到',
      detail: '没有这个接口，请检查网址。',
    });
  });

  it('refuses writing to them in the same words', async () => {
    const headers = { origin: 'http://localhost' };
    const response = await app.request('http://localhost/api/nothing', { method: 'POST', headers });
    expect(response.status).toBe(404);
  });
});

describe('security headers', () => {
  test.each([
    ['a page', '/', 'GET'],
    ['a missing page', '/nothing', 'GET'],
    ['a redirect', '/cases', 'GET'],
    ['a malformed path', '/%', 'GET'],
    ['a refused method', '/', 'POST'],
    ['health', '/api/health', 'GET'],
    ['a missing interface', '/api/x', 'GET'],
  ])('are on %s', async (_, path, method) => {
    const { headers } = await app.request(`http://localhost${path}`, { method });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('server')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('are only those that mean something on a part of a page', async () => {
    const { headers } = await app.request('http://localhost/_astro/page.Ab12.js');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toBeNull();
    expect(headers.get('content-security-policy')).toBeNull();
  });

  test.each([
    [true, 'https', 'max-age=31536000'],
    [true, 'HTTPS', 'max-age=31536000'],
    [true, 'http', null],
    [true, undefined, null],
    [false, 'https', null],
  ])('HSTS with trustProxy %s and X-Forwarded-Proto %s is %s', async (trustProxy, proto, value) => {
    const proxied = createApp({ services, siteDir, version: '1', trustProxy });
    const headers = proto === undefined ? {} : { 'x-forwarded-proto': proto };
    const response = await proxied.request('/', { headers });
    expect(response.headers.get('strict-transport-security')).toBe(value);
  });
});

describe('an error that no one foresaw', () => {
  it('shows an id and nothing else, and is reported under that id', async () => {
    const reported: [string, string][] = [];
    const broken = createApp({
      siteDir,
      version: '1',
      services: {
        ...services,
        clock: () => {
          throw new Error('secret detail');
        },
        log: {
          ...services.log,
          error: (fields) => {
            const { err, requestId } = fields as { err: Error; requestId: string };
            reported.push([err.message, requestId]);
          },
        },
      },
    });
    const response = await broken.request('/api/health');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(reported).toEqual([['secret detail', JSON.parse(text).requestId]]);
  });
});

describe('the request log', () => {
  it.each([
    ['/api/health', '/api/health'],
    ['/api/salons/some-where/seats?limit=5', '/api/salons/:salon/seats'],
    ['/api/nothing/1234', '/api/*'],
  ])('of %s names the pattern %s, and nothing that a visitor sent', async (path, route) => {
    const lines: object[] = [];
    const log = { ...services.log, info: (fields: object) => lines.push(fields) };
    await createApp({ services: { ...services, log }, siteDir, version: '1' }).request(path);
    expect(lines).toEqual([expect.objectContaining({ method: 'GET', route })]);
  });
});
