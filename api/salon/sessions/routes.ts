import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { pageQuery } from '../../core/page.ts';
import { salonParam } from '../contract.ts';
import { attachmentRoutes } from './attachmentRoutes.ts';
import { cancelSession } from './cancel.ts';
import * as contract from './contract.ts';
import { changeSession, conveneSession } from './convene.ts';
import { guestRoutes } from './guestRoutes.ts';
import { listSessions } from './list.ts';
import { readSession } from './page.ts';
import { setAgenda, setReadings } from './prepare.ts';
import { runRoutes } from './runRoutes.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const inSalon = { params: salonParam };
const ofSession = { params: contract.sessionParam };

export function sessionRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions',
        action: 'session.list',
        summary: '各期沙龙',
        request: { ...inSalon, query: pageQuery },
        responses: { 200: json(contract.sessionList, '新的在前') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(listSessions(c.var.ctx, salon, c.req.valid('query')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions',
        action: 'session.convene',
        summary: '安排一期沙龙',
        request: { ...inSalon, body: body(contract.sessionInput) },
        responses: { 201: json(contract.sessionCreated, '期数与月份') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await conveneSession(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}',
        action: 'session.read',
        summary: '一期沙龙',
        request: ofSession,
        responses: { 200: json(contract.sessionPage, '议程、材料、嘉宾与签到') },
      }),
      (c) => c.json(readSession(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'patch',
        path: '/salons/{salon}/sessions/{number}',
        action: 'session.convene',
        summary: '改期或改地点',
        request: { ...ofSession, body: body(contract.sessionChange) },
        responses: done,
      }),
      async (c) => {
        await changeSession(c.var.ctx, c.req.valid('param'), c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/cancel',
        action: 'session.convene',
        summary: '取消',
        request: { ...ofSession, body: body(contract.cancelInput) },
        responses: done,
      }),
      async (c) => {
        await cancelSession(c.var.ctx, c.req.valid('param'), c.req.valid('json').reason);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/sessions/{number}/agenda',
        action: 'session.prepare',
        summary: '排议程',
        request: { ...ofSession, body: body(contract.agendaInput) },
        responses: { 200: json(contract.sessionPage.pick({ agenda: true }), '按顺序') },
      }),
      async (c) =>
        c.json(await setAgenda(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 200),
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/sessions/{number}/readings',
        action: 'session.prepare',
        summary: '选会前阅读的案例和方法',
        request: { ...ofSession, body: body(contract.readingsInput) },
        responses: { 200: json(z.object({ readings: z.array(contract.readingRow) }), '全部') },
      }),
      async (c) =>
        c.json(await setReadings(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 200),
    )
    .route('/', attachmentRoutes({ limits }))
    .route('/', runRoutes({ limits }))
    .route('/', guestRoutes({ limits }));
}
