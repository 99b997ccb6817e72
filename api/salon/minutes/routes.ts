import { z } from 'zod';
import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { sessionParam } from '../sessions/contract.ts';
import { actionRoutes } from './actionRoutes.ts';
import * as contract from './contract.ts';
import { minutesFile } from './minutesFile.ts';
import { correctMinutes, publishMinutes, submitMinutes } from './publishMinutes.ts';
import { readMinutes } from './readMinutes.ts';
import { saveMinutes } from './saveMinutes.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const ofSession = { params: sessionParam };

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const binary = z.string().meta({ format: 'binary' });

/** 纪要 and 待办. */
export function minutesRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}/minutes',
        action: 'session.read',
        summary: '纪要；公布之前只给本期轮值主席和主办单位',
        request: ofSession,
        responses: { 200: json(contract.minutesPage, '还没有草稿时按议程和签到拟一份') },
      }),
      (c) => c.json(readMinutes(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/sessions/{number}/minutes',
        action: 'minutes.draft',
        summary: '保存草稿，写到哪里存到哪里',
        request: { ...ofSession, body: body(contract.minutesInput) },
        responses: { 200: json(contract.minutesSaved, '新的版本号') },
      }),
      async (c) => {
        const saved = await saveMinutes(c.var.ctx, c.req.valid('param'), c.req.valid('json'));
        return c.json(saved, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/minutes/submit',
        action: 'minutes.draft',
        summary: '请主办单位公布',
        request: ofSession,
        responses: done,
      }),
      async (c) => {
        await submitMinutes(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/minutes/publish',
        action: 'minutes.publish',
        summary: '公布纪要',
        request: ofSession,
        responses: done,
      }),
      async (c) => {
        await publishMinutes(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/minutes/corrections',
        action: 'minutes.publish',
        summary: '公布后的更正，注明日期',
        request: { ...ofSession, body: body(contract.correctionInput) },
        responses: done,
      }),
      async (c) => {
        await correctMinutes(c.var.ctx, c.req.valid('param'), c.req.valid('json').text);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}/minutes.docx',
        action: 'session.read',
        summary: '纪要的 Word 文件；公布之前只给本期轮值主席和主办单位',
        request: ofSession,
        responses: { 200: { description: '会议纪要', content: { [DOCX]: { schema: binary } } } },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('heavy', signedIn(ctx));
        const { name, bytes } = await minutesFile(ctx, c.req.valid('param'));
        return c.body(new Uint8Array(bytes), 200, {
          'cache-control': 'private, no-cache',
          'content-type': DOCX,
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        });
      },
    )
    .route('/', actionRoutes({ limits }));
}
