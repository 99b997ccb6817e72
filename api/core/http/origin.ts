import { createMiddleware } from 'hono/factory';
import { CORE, Refused } from '../refused.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Where the visitor sees the site. Behind a trusted proxy the scheme is what the proxy says.
 * @param host the Host header
 */
export function visitorOrigin(
  host: string | undefined,
  forwardedProto: string | undefined,
  trustProxy: boolean,
): string {
  const https = trustProxy && forwardedProto?.trim().toLowerCase() === 'https';
  return `${https ? 'https' : 'http'}://${host ?? 'localhost'}`;
}

/**
 * Refuses every write that a page of another site could have sent. Browsers say where a request
 * comes from in Sec-Fetch-Site, older ones in Origin; a program must send Origin itself.
 * @param originOf the site's own origin as this visitor sees it
 */
export const sameOriginOnly = (
  originOf: (header: (name: string) => string | undefined) => string,
) =>
  createMiddleware(async (c, next) => {
    if (SAFE.has(c.req.method)) return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const same = origin
      ? origin === originOf((name) => c.req.header(name))
      : site === 'same-origin';
    if (!same || (site && site !== 'same-origin')) throw new Refused(CORE.foreignOrigin);
    return next();
  });
