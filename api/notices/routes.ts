import { body, createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import { pageQuery } from '../core/page.ts';
import * as contract from './contract.ts';
import { countUnread, listNotices, markRead } from './inbox.ts';

export function noticeRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/notices',
        action: 'own.manage',
        summary: '我的通知',
        request: { query: pageQuery },
        responses: { 200: json(contract.noticeList, '新的在前') },
      }),
      (c) => c.json(listNotices(c.var.ctx, c.req.valid('query')), 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/notices/unread',
        action: 'own.manage',
        summary: '未读通知的条数',
        responses: { 200: json(contract.unreadCount, '条数') },
      }),
      (c) => c.json({ unread: countUnread(c.var.ctx) }, 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/me/notices/read',
        action: 'own.manage',
        summary: '读到这一条为止',
        request: { body: body(contract.readInput) },
        responses: { 200: json(contract.unreadCount, '还剩几条未读') },
      }),
      async (c) => {
        const { upTo } = c.req.valid('json');
        return c.json({ unread: await markRead(c.var.ctx, upTo) }, 200);
      },
    );
}
