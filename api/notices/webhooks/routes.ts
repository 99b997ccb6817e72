import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { salonParam } from '../../salon/contract.ts';
import * as contract from './contract.ts';
import { addWebhook, listWebhooks, removeWebhook, tryWebhook } from './manage.ts';

export function webhookRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/webhooks',
        action: 'webhook.manage',
        summary: '群机器人',
        request: { params: salonParam },
        responses: { 200: json(contract.webhookList, '地址只露出首尾') },
      }),
      (c) => c.json(listWebhooks(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/webhooks',
        action: 'webhook.manage',
        summary: '添加群机器人',
        request: { params: salonParam, body: body(contract.webhookInput) },
        responses: { 201: json(contract.webhookAdded, '代为生成的密钥只显示这一次') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await addWebhook(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/webhooks/{webhook}/try',
        action: 'webhook.manage',
        summary: '发一条测试',
        request: { params: contract.webhookParam },
        responses: { 200: json(contract.webhookTried, '机器人的回答') },
      }),
      async (c) => {
        const { salon, webhook } = c.req.valid('param');
        await limits.consume('heavy', signedIn(c.var.ctx));
        return c.json(await tryWebhook(c.var.ctx, salon, webhook), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/webhooks/{webhook}',
        action: 'webhook.manage',
        summary: '移除群机器人',
        request: { params: contract.webhookParam },
        responses: { 200: json(doneShape, '已移除') },
      }),
      async (c) => {
        const { salon, webhook } = c.req.valid('param');
        await removeWebhook(c.var.ctx, salon, webhook);
        return c.json({ done: true } as const, 200);
      },
    );
}
