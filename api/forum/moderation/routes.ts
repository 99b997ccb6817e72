import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { salonParam } from '../../salon/contract.ts';
import * as contract from '../contract.ts';
import { acceptAnswer, unacceptAnswer } from './accept.ts';
import { decideReport } from './decide.ts';
import { markPost, unmarkPost } from './mark.ts';
import { moderate } from './moderate.ts';
import { listReports } from './readReports.ts';
import { reportPost } from './report.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const ofThread = { params: contract.threadParam };
const ofPost = { params: contract.postParam };

/** 同问、有用和采纳，举报与管理. */
export function forumModerationRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'put',
        path: '/threads/{thread}/posts/{n}/mark',
        action: 'thread.write',
        summary: '标记有用；对开头的一楼是同问',
        request: ofPost,
        responses: done,
      }),
      async (c) => {
        await markPost(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/threads/{thread}/posts/{n}/mark',
        action: 'thread.write',
        summary: '收回标记',
        request: ofPost,
        responses: done,
      }),
      async (c) => {
        await unmarkPost(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/threads/{thread}/accepted',
        action: 'answer.accept',
        summary: '采纳一条回复，可以改采另一条',
        request: { ...ofThread, body: body(contract.acceptInput) },
        responses: done,
      }),
      async (c) => {
        const { thread } = c.req.valid('param');
        const { n } = c.req.valid('json');
        await acceptAnswer(c.var.ctx, { thread, n });
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/threads/{thread}/accepted',
        action: 'answer.accept',
        summary: '收回采纳',
        request: ofThread,
        responses: done,
      }),
      async (c) => {
        await unacceptAnswer(c.var.ctx, c.req.valid('param').thread);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/threads/{thread}/posts/{n}/reports',
        action: 'thread.write',
        summary: '举报一楼，请主办单位处理',
        request: { ...ofPost, body: body(contract.reportInput) },
        responses: done,
      }),
      async (c) => {
        const { reason } = c.req.valid('json');
        await reportPost(c.var.ctx, c.req.valid('param'), reason);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/reports',
        action: 'forum.moderate',
        summary: '待处理的举报',
        request: { params: salonParam },
        responses: { 200: json(contract.reportList, '等得最久的在前') },
      }),
      (c) => c.json(listReports(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/reports/{report}',
        action: 'forum.moderate',
        summary: '处理举报，理由公开',
        request: { params: contract.reportParam, body: body(contract.reportDecision) },
        responses: done,
      }),
      async (c) => {
        await decideReport(c.var.ctx, c.req.valid('param'), c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/threads/{thread}/moderation',
        action: 'forum.moderate',
        summary: '管理讨论，理由公开',
        request: { ...ofThread, body: body(contract.moderationInput) },
        responses: done,
      }),
      async (c) => {
        await moderate(c.var.ctx, c.req.valid('param').thread, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    );
}
