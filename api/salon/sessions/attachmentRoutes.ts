import { z } from 'zod';
import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { UPLOAD_TYPE } from '../../files/contract.ts';
import { attachFile, readAttachment, removeAttachment } from './attachments.ts';
import * as contract from './contract.ts';

const binary = z.string().meta({ format: 'binary' });
const fileContent = { [UPLOAD_TYPE]: { schema: binary } };
/** Sent as what it is: a PDF, a picture and so on. */
export const fileAnswer = { 200: { description: '文件本身，只供保存', content: fileContent } };

/** 会议材料. */
export function attachmentRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/attachments',
        action: 'session.prepare',
        summary: '上传材料',
        request: {
          params: contract.sessionParam,
          query: contract.attachmentQuery,
          body: { required: true, content: fileContent },
        },
        responses: { 201: json(contract.attachmentRow, '核对过内容的文件') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('heavy', signedIn(ctx));
        const { name } = c.req.valid('query');
        return c.json(await attachFile(ctx, c.req.valid('param'), name, c.req.raw.body), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}/attachments/{attachment}',
        action: 'session.read',
        summary: '取材料',
        request: { params: contract.attachmentParam },
        responses: fileAnswer,
      }),
      (c) => readAttachment(c.var.ctx, c.req.valid('param'), c.req.raw),
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/sessions/{number}/attachments/{attachment}',
        action: 'session.prepare',
        summary: '撤下材料',
        request: { params: contract.attachmentParam },
        responses: { 200: json(doneShape, '已办') },
      }),
      async (c) => {
        await removeAttachment(c.var.ctx, c.req.valid('param'));
        return c.json({ done: true } as const, 200);
      },
    );
}
