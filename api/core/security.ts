import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { secureHeaders } from 'hono/secure-headers';

/**
 * Security headers on every answer. The pages carry their own content policy in a meta tag, which
 * cannot express frame-ancestors, so that one clause is here.
 */
export const security: MiddlewareHandler = secureHeaders({
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

/** HSTS, one year, only where a trusted proxy says that the visitor came by https. */
export const strictTransport = (trustProxy: boolean): MiddlewareHandler =>
  createMiddleware(async (c, next) => {
    await next();
    if (trustProxy && c.req.header('x-forwarded-proto')?.trim().toLowerCase() === 'https') {
      c.res.headers.set('strict-transport-security', 'max-age=31536000');
    }
  });
