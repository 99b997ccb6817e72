import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The pages carry their own content policy in a meta tag, which cannot express frame-ancestors, so
 * that one clause is here.
 */
const documentHeaders = secureHeaders({
  contentSecurityPolicy: { frameAncestors: ["'none'"] },
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  referrerPolicy: 'strict-origin-when-cross-origin',
  xContentTypeOptions: 'nosniff',
  // For the old WebViews that do not know frame-ancestors.
  xFrameOptions: 'DENY',
  strictTransportSecurity: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  // Only what Chromium knows: an unknown name is logged as an error on every page.
  permissionsPolicy: {
    accelerometer: [],
    camera: [],
    displayCapture: [],
    geolocation: [],
    gyroscope: [],
    hid: [],
    idleDetection: [],
    magnetometer: [],
    microphone: [],
    midi: [],
    payment: [],
    serial: [],
    usb: [],
    xrSpatialTracking: [],
  },
});

/**
 * Security headers on every answer. Scripts, styles and search files with a hash in their name are
 * parts of a page, never one themselves: only two of the headers mean anything on them, and a
 * search of a dozen small files would carry the rest a dozen times.
 */
export const security: MiddlewareHandler = createMiddleware(async (c, next) => {
  await next();
  if (!c.res.headers.get('cache-control')?.includes('immutable')) {
    return documentHeaders(c, async () => {});
  }
  c.res.headers.set('x-content-type-options', 'nosniff');
  c.res.headers.set('cross-origin-resource-policy', 'same-origin');
});

/** HSTS, one year, only where a trusted proxy says that the visitor came by https. */
export const strictTransport = (trustProxy: boolean): MiddlewareHandler =>
  createMiddleware(async (c, next) => {
    await next();
    if (trustProxy && c.req.header('x-forwarded-proto')?.trim().toLowerCase() === 'https') {
      c.res.headers.set('strict-transport-security', 'max-age=31536000');
    }
  });
