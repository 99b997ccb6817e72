import type { Context as HonoContext } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { SESSION_ABSOLUTE_MS } from './rules.ts';

/** `__Host-` binds the cookie to this host and to https; plain http has only loopback. */
const NAME = 'yuanzhuo';

/** Matches a Cookie header that holds a session. */
export const SESSION_COOKIE = /(?:^|; ?)(?:__Host-)?yuanzhuo=/;

const isHttps = (origin: string): boolean => origin.startsWith('https:');

export function readSessionCookie(c: HonoContext, origin: string): string | undefined {
  return isHttps(origin) ? getCookie(c, NAME, 'host') : getCookie(c, NAME);
}

/** The database decides when a session ends; the cookie only must not end before. */
export function writeSessionCookie(c: HonoContext, origin: string, bearer: string): void {
  const secure = isHttps(origin);
  setCookie(c, NAME, bearer, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: SESSION_ABSOLUTE_MS / 1000,
    ...(secure && { prefix: 'host' }),
  });
}

export function clearSessionCookie(c: HonoContext, origin: string): void {
  const secure = isHttps(origin);
  deleteCookie(c, secure ? `__Host-${NAME}` : NAME, { path: '/', secure });
}
