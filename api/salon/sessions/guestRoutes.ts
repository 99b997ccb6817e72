import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { fileAnswer } from './attachmentRoutes.ts';
import * as contract from './contract.ts';
import { answerInvitation, inviteGuest, removeGuest, renewLink } from './guests.ts';
import { answerVisit, checkInVisit, readVisit, readVisitFile } from './visits.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const ofSession = { params: contract.sessionParam };
const ofGuest = { params: contract.guestParam };

/** Guests: invited by chair or host, with an account or by a link of their own. */
export function guestRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/guests',
        action: 'guest.invite',
        summary: '邀请嘉宾',
        request: { ...ofSession, body: body(contract.guestInput) },
        responses: { 201: json(contract.guestAdded, '没有账号的附链接，只显示这一次') },
      }),
      async (c) =>
        c.json(await inviteGuest(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 201),
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/sessions/{number}/guests/{guest}',
        action: 'guest.invite',
        summary: '移除嘉宾',
        request: ofGuest,
        responses: done,
      }),
      async (c) => {
        await removeGuest(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/guests/{guest}/link',
        action: 'guest.invite',
        summary: '换发嘉宾链接',
        request: ofGuest,
        responses: { 200: json(z.object({ link: z.string() }), '原来的链接随即失效') },
      }),
      async (c) => c.json(await renewLink(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/sessions/{number}/answer',
        action: 'guest.answer',
        summary: '嘉宾答复是否参加',
        request: { ...ofSession, body: body(contract.answerInput) },
        responses: done,
      }),
      async (c) => {
        const { answer } = c.req.valid('json');
        await answerInvitation(c.var.ctx, c.req.valid('param'), answer);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/guest-visits/read',
        action: 'guest.visit',
        summary: '嘉宾凭链接看这一期',
        request: { body: body(contract.visitInput) },
        responses: { 200: json(contract.visitPage, '只有这一期') },
      }),
      async (c) => c.json(await readVisit(c.var.ctx, limits, c.req.valid('json').pass), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/guest-visits/answer',
        action: 'guest.visit',
        summary: '嘉宾凭链接答复',
        request: { body: body(contract.visitAnswer) },
        responses: done,
      }),
      async (c) => {
        await answerVisit(c.var.ctx, limits, c.req.valid('json'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/guest-visits/check-in',
        action: 'guest.visit',
        summary: '嘉宾凭链接签到',
        request: { body: body(contract.visitCheckIn) },
        responses: { 200: json(contract.checkedIn, '应到与实到席位') },
      }),
      async (c) => c.json(await checkInVisit(c.var.ctx, limits, c.req.valid('json')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/guest-visits/attachment',
        action: 'guest.visit',
        summary: '嘉宾凭链接取材料',
        request: { body: body(contract.visitFile) },
        responses: fileAnswer,
      }),
      (c) => readVisitFile(c.var.ctx, limits, c.req.valid('json'), c.req.raw),
    );
}
