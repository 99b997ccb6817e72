import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import { matchesEtag } from '../representation.ts';

interface Kept {
  readonly version: number;
  /** A text, which goes out in one piece with the headers; bytes would be a second write. */
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers kept at most. The oldest goes first. */
const ENTRIES = 500;
const BYTES = 256 * 1024;

export const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

function respond(kept: Kept, ifNoneMatch: string | undefined): Response {
  if (matchesEtag(ifNoneMatch, kept.etag)) {
    const { 'content-length': _, ...headers } = kept.headers;
    return new Response(null, { status: 304, headers });
  }
  return new Response(kept.body, { headers: kept.headers });
}

/**
 * Keeps what signed-out readers are answered, whole, until the data changes. Mounted before
 * everything else that costs time, the
 * security headers included, which are kept with the answer; lets through whatever carries a cookie or is not a plain read.
 * @param version of the data that all answers come from
 * @param sessionCookie tells whether a Cookie header holds a session
 */
export function publicCache(version: () => number, sessionCookie: RegExp) {
  const kept = new Map<string, Kept>();
  return createMiddleware(async (c, next) => {
    const cookie = c.req.header('cookie');
    if (c.req.method !== 'GET' || (cookie && sessionCookie.test(cookie))) return next();
    const { url } = c.req;
    const now = version();
    const found = kept.get(url);
    if (found?.version === now) return respond(found, c.req.header('if-none-match'));
    await next();
    const { res } = c;
    if (res.status !== 200 || !res.headers.get('content-type')?.startsWith('application/json')) {
      return;
    }
    if (/no-store|private/.test(res.headers.get('cache-control') ?? '')) return;
    const body = await res.text();
    const etag = etagOf(body);
    const length = Buffer.byteLength(body);
    const headers = { ...Object.fromEntries(res.headers), etag, 'content-length': String(length) };
    const entry: Kept = { version: now, body, etag, headers };
    if (length <= BYTES && version() === now) {
      if (kept.size >= ENTRIES) kept.delete(kept.keys().next().value ?? '');
      kept.set(url, entry);
    }
    c.res = undefined;
    c.res = respond(entry, c.req.header('if-none-match'));
  });
}
