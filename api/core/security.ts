import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { ApiEnv } from './http/apiEnv.ts';

/** What no page of ours may do. Only names that Chromium knows: others it logs on every page. */
const DENIED = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** What means something on a part of a page too. */
const PART_HEADERS = {
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/**
 * On everything that could be opened by itself. The pages carry their own content policy in a meta
 * tag, which cannot express frame-ancestors, so that one clause is here.
 */
export const DOCUMENT_HEADERS: Readonly<Record<string, string>> = {
  ...PART_HEADERS,
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': DENIED.map((name) => `${name}=()`).join(', '),
  'referrer-policy': 'strict-origin-when-cross-origin',
  // For the old WebViews that do not know frame-ancestors.
  'x-frame-options': 'DENY',
};

/**
 * Security headers on every answer, where it does not bring its own. Scripts, styles and search
 * files with a hash in their name are parts of a page, never one themselves: only two of the
 * headers mean anything on them, and a search of a dozen small files would carry the rest a dozen
 * times.
 */
export const security: MiddlewareHandler<ApiEnv> = createMiddleware(async (c, next) => {
  await next();
  if (c.var.publicAnswer || c.var.whole) return;
  const { headers } = c.res;
  const part = headers.get('cache-control')?.includes('immutable');
  for (const [name, value] of Object.entries(part ? PART_HEADERS : DOCUMENT_HEADERS)) {
    if (!headers.has(name)) headers.set(name, value);
  }
});

/** HSTS, one year, only where a trusted proxy says that the visitor came by https. */
export const strictTransport = (trustProxy: boolean): MiddlewareHandler<ApiEnv> =>
  createMiddleware(async (c, next) => {
    await next();
    if (!trustProxy || c.var.publicAnswer) return;
    if (c.req.header('x-forwarded-proto')?.trim().toLowerCase() === 'https') {
      c.res.headers.set('strict-transport-security', 'max-age=31536000');
    }
  });
