import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { checkIn, readCode, signInByHand } from './checkIn.ts';
import * as contract from './contract.ts';
import { closeSession, openSession, setCurrent } from './run.ts';

const ofSession = { params: contract.sessionParam };
const counted = { 200: json(contract.checkedIn, '应到与实到席位') };

/** What is done while a session is held. */
export function runRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/open',
        action: 'session.run',
        summary: '开始会议和签到',
        request: ofSession,
        responses: { 200: json(doneShape, '已开始') },
      }),
      async (c) => {
        await openSession(c.var.ctx, c.req.valid('param'));
        return c.json({ done: true } as const, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/sessions/{number}/current',
        action: 'session.run',
        summary: '进行到哪一项议程',
        request: { ...ofSession, body: body(contract.currentInput) },
        responses: { 200: json(contract.sessionPage.pick({ current: true }), '这一项何时开始') },
      }),
      async (c) =>
        c.json(await setCurrent(c.var.ctx, c.req.valid('param'), c.req.valid('json').item), 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}/check-in-code',
        action: 'session.run',
        summary: '现在的签到码',
        request: ofSession,
        responses: { 200: json(contract.checkInCode, '到时换下一个') },
      }),
      (c) => c.json(readCode(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/check-in',
        action: 'session.checkIn',
        summary: '签到',
        request: { ...ofSession, body: body(contract.checkInInput) },
        responses: counted,
      }),
      async (c) => {
        const { code } = c.req.valid('json');
        return c.json(await checkIn(c.var.ctx, limits, c.req.valid('param'), code), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/attendance',
        action: 'session.run',
        summary: '代签',
        request: { ...ofSession, body: body(contract.handInput) },
        responses: counted,
      }),
      async (c) =>
        c.json(await signInByHand(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/close',
        action: 'session.run',
        summary: '结束会议，固定签到',
        request: ofSession,
        responses: counted,
      }),
      async (c) => c.json(await closeSession(c.var.ctx, c.req.valid('param')), 200),
    );
}
