import type { Context as HonoContext } from 'hono';
import { matchesEtag } from '../representation.ts';
import type { ApiEnv } from './apiEnv.ts';
import { etagOf } from './cache.ts';

/**
 * Says who may keep an answer, where it does not say so itself. What someone signed in was shown is
 * theirs alone: their own account is kept nowhere; what they read in a salon by their browser only,
 * which asks each time whether it is still the same. Files and streams pass as they are.
 */
export async function keepPrivate(c: HonoContext<ApiEnv>, signedIn: boolean): Promise<void> {
  if (c.var.publicAnswer || c.var.whole) return;
  const { res, req } = c;
  const said = res.headers.get('cache-control');
  // A stored file says so itself, has its own tag, and is no text that could be read here.
  if (said?.startsWith('private') || (said !== null && !signedIn)) return;
  const shared = req.method === 'GET' && res.status === 200 && req.path.startsWith('/api/salons');
  const isJson = res.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (!shared || !isJson) return res.headers.set('cache-control', 'no-store');
  const body = await res.text();
  const headers = new Headers(res.headers);
  headers.set('cache-control', 'private, no-cache');
  const etag = etagOf(body);
  headers.set('etag', etag);
  const same = matchesEtag(req.header('if-none-match'), etag);
  c.res = undefined;
  c.res = same
    ? new Response(null, { status: 304, headers })
    : new Response(body, { status: 200, headers });
}
