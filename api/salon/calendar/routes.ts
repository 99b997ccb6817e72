import type { Context as HonoContext } from 'hono';
import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import type { ApiEnv } from '../../core/http/apiEnv.ts';
import { etagOf } from '../../core/http/cache.ts';
import { createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { matchesEtag } from '../../core/representation.ts';
import { salonParam } from '../contract.ts';
import * as contract from './contract.ts';
import { closeFeed, hasFeed, myCalendar, openFeed, salonCalendar } from './feeds.ts';

const ICS = 'text/calendar';
const feed = {
  200: { description: '日历', content: { [ICS]: { schema: z.string() } } },
};

/** @param scope `public`, or `private` for one person's */
function answer(c: HonoContext<ApiEnv>, text: string, scope: 'public' | 'private'): Response {
  const etag = etagOf(text);
  const headers = { 'cache-control': `${scope}, no-cache`, etag };
  if (matchesEtag(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
  return c.body(text, 200, { ...headers, 'content-type': `${ICS}; charset=utf-8` });
}

export function calendarRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/calendar.ics',
        action: 'calendar.read',
        summary: '沙龙的日历，可订阅',
        request: { params: salonParam },
        responses: feed,
      }),
      (c) => answer(c, salonCalendar(c.var.ctx, c.req.valid('param').salon), 'public'),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/calendars/{secret}/mine.ics',
        action: 'calendar.read',
        summary: '我的日历，凭自己的地址订阅',
        request: { params: contract.feedParam },
        responses: feed,
      }),
      (c) => answer(c, myCalendar(c.var.ctx, c.req.valid('param').secret), 'private'),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/calendar',
        action: 'own.manage',
        summary: '我有没有日历地址',
        responses: { 200: json(contract.feedState, '地址只在生成时显示一次') },
      }),
      (c) => c.json({ active: hasFeed(c.var.ctx) }, 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/calendar',
        action: 'own.manage',
        summary: '生成我的日历地址，原来的随即失效',
        responses: { 200: json(contract.feedAddress, '请当即复制') },
      }),
      async (c) => c.json(await openFeed(c.var.ctx), 200),
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/me/calendar',
        action: 'own.manage',
        summary: '停用我的日历地址',
        responses: { 200: json(doneShape, '已停用') },
      }),
      async (c) => {
        await closeFeed(c.var.ctx);
        return c.json({ done: true } as const, 200);
      },
    );
}
