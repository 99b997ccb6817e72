import { z } from 'zod';
import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { UPLOAD_TYPE } from '../../files/contract.ts';
import { salonParam } from '../contract.ts';
import { attachmentQuery, attachmentRow } from '../sessions/contract.ts';
import * as contract from './contract.ts';
import { addEvidence, readEvidence } from './evidence.ts';
import { listActions } from './listActions.ts';
import { readAction } from './readAction.ts';
import { workOnAction, workOnVisit } from './workOnAction.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const binary = z.string().meta({ format: 'binary' });
const ofAction = { params: contract.actionParam };

/** 待办. */
export function actionRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/actions',
        action: 'action.read',
        summary: '待办事项',
        request: { params: salonParam, query: contract.actionQuery },
        responses: { 200: json(contract.actionList, '未办结的按时限，已办结的新的在前') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(listActions(c.var.ctx, salon, c.req.valid('query')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/actions/{action}',
        action: 'action.read',
        summary: '一项待办与办理情况',
        request: ofAction,
        responses: { 200: json(contract.actionPage, '办理情况先后为序') },
      }),
      (c) => c.json(readAction(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/actions/{action}/progress',
        action: 'action.work',
        summary: '写办理情况，办结时写办结反馈',
        request: { ...ofAction, body: body(contract.progressInput) },
        responses: done,
      }),
      async (c) => {
        await workOnAction(c.var.ctx, c.req.valid('param'), c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/actions/{action}/attachments',
        action: 'action.work',
        summary: '上传办理佐证',
        request: {
          ...ofAction,
          query: attachmentQuery,
          body: { required: true, content: { [UPLOAD_TYPE]: { schema: binary } } },
        },
        responses: { 201: json(attachmentRow, '同一文件再传一次，还是这一份') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('heavy', signedIn(ctx));
        const { name } = c.req.valid('query');
        const added = await addEvidence(ctx, c.req.valid('param'), name, c.req.raw.body);
        return c.json(added, 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/actions/{action}/attachments/{attachment}',
        action: 'action.read',
        summary: '下载办理佐证',
        request: { params: contract.actionFileParam },
        responses: { 200: { description: '原来的文件' } },
      }),
      (c) => readEvidence(c.var.ctx, c.req.valid('param'), c.req.raw),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/guest-visits/progress',
        action: 'guest.visit',
        summary: '嘉宾凭链接写自己待办的办理情况',
        request: { body: body(contract.visitProgress) },
        responses: done,
      }),
      async (c) => {
        await workOnVisit(c.var.ctx, limits, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    );
}
