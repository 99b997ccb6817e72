import { body, createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import { pageQuery } from '../core/page.ts';
import { changeChoices, readChoices } from './choices.ts';
import * as contract from './contract.ts';
import { countUnread, listNotices, markRead } from './inbox.ts';
import { unsubscribe } from './unsubscribe.ts';

const FORM = { schema: contract.unsubscribeForm };
const ONE_CLICK_BODY = {
  content: {
    'application/json': { schema: contract.unsubscribeInput },
    'application/x-www-form-urlencoded': FORM,
    'multipart/form-data': FORM,
  },
};

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
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/me/notice-choices',
        action: 'own.manage',
        summary: '怎样收到通知',
        responses: { 200: json(contract.noticeChoices, '各类通知、时间、邮箱的情况') },
      }),
      (c) => c.json(readChoices(c.var.ctx), 200),
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/me/notice-choices',
        action: 'own.manage',
        summary: '选择怎样收到通知',
        request: { body: body(contract.choicesInput) },
        responses: { 200: json(contract.noticeChoices, '现在的选择') },
      }),
      async (c) => c.json(await changeChoices(c.var.ctx, c.req.valid('json')), 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/notices/unsubscribe',
        action: 'mail.stop',
        summary: '邮件里的退订地址，转到退订的网页',
        request: { query: contract.oneClick },
        responses: { 303: { description: '到退订的网页' } },
      }),
      (c) => {
        const token = encodeURIComponent(c.req.valid('query').token ?? '');
        return c.redirect(`/unsubscribe/?token=${token}`, 303);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/notices/unsubscribe',
        action: 'mail.stop',
        summary: '凭邮件里的链接停止邮件，也可撤回',
        request: { query: contract.oneClick, body: ONE_CLICK_BODY },
        responses: { 200: json(contract.unsubscribed, '邮件停了没有') },
      }),
      async (c) => {
        // From a page as JSON; from a mail program as a form, with the token in the address.
        const { undo, token = c.req.valid('query').token ?? '' } = c.req.valid('json');
        await unsubscribe(c.var.ctx, token, undo !== true);
        return c.json({ stopped: undo !== true }, 200);
      },
    );
}
