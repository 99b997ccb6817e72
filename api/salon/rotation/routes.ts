import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import { publicJson } from '../../core/http/cache.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { salonParam, seatParam } from '../contract.ts';
import * as contract from './contract.ts';
import { cancelLeave, takeLeave } from './leaves.ts';
import { readSchedule, readSwaps } from './read.ts';
import { answerSwap, offerSwap, withdrawSwap } from './swaps.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };

export function rotationRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/rotation',
        action: 'salon.read',
        summary: '轮值排期',
        request: { params: salonParam },
        responses: { 200: json(contract.schedule, '今后十二个月与过去十二个月') },
      }),
      (c) => publicJson(c, readSchedule(c.var.ctx, c.req.valid('param').salon)),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/seats/{seat}/leaves',
        action: 'leave.take',
        summary: '请假：某月不能轮值',
        request: { params: seatParam, body: body(contract.leaveInput) },
        responses: done,
      }),
      async (c) => {
        const { salon, seat } = c.req.valid('param');
        await takeLeave(c.var.ctx, salon, seat, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/seats/{seat}/leaves/{month}',
        action: 'leave.take',
        summary: '销假',
        request: { params: contract.leaveParam },
        responses: done,
      }),
      async (c) => {
        const { salon, seat, month } = c.req.valid('param');
        await cancelLeave(c.var.ctx, salon, seat, month);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/swaps',
        action: 'swap.read',
        summary: '调换与请假',
        request: { params: salonParam },
        responses: { 200: json(contract.swapList, '新的在前') },
      }),
      (c) => c.json(readSwaps(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/swaps',
        action: 'swap.offer',
        summary: '提议调换轮值月份',
        request: { params: salonParam, body: body(contract.swapInput) },
        responses: { 201: json(z.object({ id: z.string() }), '等对方答复') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await offerSwap(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/swaps/{swap}/answer',
        action: 'swap.answer',
        summary: '同意或不同意调换',
        request: { params: contract.swapParam, body: body(contract.swapAnswer) },
        responses: done,
      }),
      async (c) => {
        const { salon, swap } = c.req.valid('param');
        await answerSwap(c.var.ctx, salon, swap, c.req.valid('json').agree);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/swaps/{swap}',
        action: 'swap.answer',
        summary: '撤回调换的提议',
        request: { params: contract.swapParam },
        responses: done,
      }),
      async (c) => {
        const { salon, swap } = c.req.valid('param');
        await withdrawSwap(c.var.ctx, salon, swap);
        return c.json(DONE, 200);
      },
    );
}
