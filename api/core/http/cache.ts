import { createHash } from 'node:crypto';
import type { Context as HonoContext, TypedResponse } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchesEtag } from '../representation.ts';
import { DOCUMENT_HEADERS } from '../security.ts';
import type { ApiEnv, PublicAnswer } from './apiEnv.ts';

interface Kept extends PublicAnswer {
  readonly version: number;
}

/** Answers kept at most. The oldest goes first. */
const ENTRIES = 500;
const LONGEST = 256 * 1024;

export const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

function respond({ body, etag, headers }: PublicAnswer, ifNoneMatch: string | undefined): Response {
  const same = matchesEtag(ifNoneMatch, etag);
  return new Response(same ? null : body, { status: same ? 304 : 200, headers });
}

/**
 * Answers a text that is the same for everyone, and to be asked for again each time. Kept by
 * `publicCache` where the reader is a visitor.
 */
export function publicText(c: HonoContext<ApiEnv>, type: string, body: string): Response {
  const etag = etagOf(body);
  const headers = {
    ...DOCUMENT_HEADERS,
    'content-type': type,
    'cache-control': 'public, no-cache',
    etag,
  };
  const answer: PublicAnswer = { body, etag, headers };
  if (!c.var.ctx.actor) c.set('publicAnswer', answer);
  return respond(answer, c.req.header('if-none-match'));
}

const JSON_TYPE = 'application/json';

/** JSON in the same way. */
export const publicJson = <T>(
  c: HonoContext<ApiEnv>,
  data: T,
): Response & TypedResponse<T, 200, 'json'> =>
  publicText(c, JSON_TYPE, JSON.stringify(data)) as Response & TypedResponse<T, 200, 'json'>;

/**
 * Answers JSON that was written and tagged before: to a visitor as `publicJson` does, to someone
 * signed in for their browser alone.
 */
export function writtenJson<T>(
  c: HonoContext<ApiEnv>,
  { body, etag }: { readonly body: string; readonly etag: string },
): Response & TypedResponse<T, 200, 'json'> {
  const scope = c.var.ctx.actor ? 'private' : 'public';
  const headers = {
    ...DOCUMENT_HEADERS,
    'content-type': JSON_TYPE,
    'cache-control': `${scope}, no-cache`,
    etag,
  };
  const answer: PublicAnswer = { body, etag, headers };
  if (c.var.ctx.actor) c.set('whole', true);
  else c.set('publicAnswer', answer);
  return respond(answer, c.req.header('if-none-match')) as Response & TypedResponse<T, 200, 'json'>;
}

/**
 * Keeps what visitors are answered, whole, until the data changes. Mounted before everything else
 * that costs time; lets through whatever carries a session's cookie or is not a plain read.
 * @param version of the data that all answers come from
 * @param sessionCookie tells whether a Cookie header holds a session
 */
export function publicCache(version: () => number, sessionCookie: RegExp) {
  const kept = new Map<string, Kept>();
  return createMiddleware<ApiEnv>(async (c, next) => {
    const cookie = c.req.header('cookie');
    if (c.req.method !== 'GET' || (cookie && sessionCookie.test(cookie))) return next();
    const { url } = c.req;
    const now = version();
    const found = kept.get(url);
    if (found?.version === now) {
      c.set('publicAnswer', found);
      return respond(found, c.req.header('if-none-match'));
    }
    await next();
    const answer = c.var.publicAnswer;
    if (!answer || answer.body.length > LONGEST || version() !== now) return;
    if (kept.size >= ENTRIES) kept.delete(kept.keys().next().value ?? '');
    kept.set(url, { ...answer, version: now });
  });
}
