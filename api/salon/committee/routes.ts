import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { salonParam } from '../contract.ts';
import * as contract from './contract.ts';
import { moveMotion, signMotion, withdrawMotion } from './motions.ts';
import { answerNomination, nominate, resign } from './nominate.ts';
import { readCommittee } from './read.ts';

const inSalon = { params: salonParam };
const ofMotion = { params: contract.motionParam };
const DONE = { done: true } as const;

export function committeeRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/committee',
        action: 'committee.read',
        summary: '选题委员会：委员、选举、动议与历次决定',
        request: inSalon,
        responses: { 200: json(contract.committeePage, '公开；与自己有关的只给登录者') },
      }),
      (c) => c.json(readCommittee(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/committee/nominees',
        action: 'nominee.name',
        summary: '提名一个席位；提名自己即同意参选',
        request: { ...inSalon, body: body(contract.nominateInput) },
        responses: { 200: json(doneShape, '已提名') },
      }),
      async (c) => {
        await nominate(c.var.ctx, c.req.valid('param').salon, c.req.valid('json').seatId);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/committee/answer',
        action: 'nominee.answer',
        summary: '同意参选，或不参选；提名截止前可以改',
        request: { ...inSalon, body: body(contract.answerInput) },
        responses: { 200: json(doneShape, '已答复') },
      }),
      async (c) => {
        await answerNomination(c.var.ctx, c.req.valid('param').salon, c.req.valid('json').accept);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/committee/resign',
        action: 'committee.resign',
        summary: '辞去委员',
        request: inSalon,
        responses: { 200: json(doneShape, '已辞去，立即生效') },
      }),
      async (c) => {
        await resign(c.var.ctx, c.req.valid('param').salon);
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/motions',
        action: 'motion.sign',
        summary: '提出动议：确定本轮议题，或不采用一个议题',
        request: { ...inSalon, body: body(contract.motionInput) },
        responses: { 201: json(contract.motionRef, '提出者已联署') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await moveMotion(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/motions/{motion}/sign',
        action: 'motion.sign',
        summary: '联署；满两名即通过',
        request: ofMotion,
        responses: { 200: json(contract.motionRef, '新的状态') },
      }),
      async (c) => {
        const { salon, motion } = c.req.valid('param');
        return c.json(await signMotion(c.var.ctx, salon, motion), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/motions/{motion}/withdraw',
        action: 'motion.sign',
        summary: '撤回自己的动议',
        request: ofMotion,
        responses: { 200: json(contract.motionRef, '新的状态') },
      }),
      async (c) => {
        const { salon, motion } = c.req.valid('param');
        return c.json(await withdrawMotion(c.var.ctx, salon, motion), 200);
      },
    );
}
