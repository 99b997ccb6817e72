import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { pageQuery } from '../../core/page.ts';
import { salonParam } from '../contract.ts';
import { castVote } from './castVote.ts';
import * as contract from './contract.ts';
import { decideRound, scheduleTopic } from './decide.ts';
import { beginTopic, declineTopic, proposeTopic, saveTopic, withdrawTopic } from './drafts.ts';
import { readRound } from './readRound.ts';
import { listTopics, readTopic } from './readTopic.ts';
import { supportTopic } from './support.ts';

const inSalon = { params: salonParam };
const ofTopic = { params: contract.topicParam };
const ofRound = { params: contract.roundParam };
const moved = { 200: json(contract.topicRef, '新的状态') };

export function topicRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/rounds/{month}',
        action: 'round.read',
        summary: '一轮选题；month 为 now 时是眼下这一轮',
        request: ofRound,
        responses: { 200: json(contract.roundPage, '截止前没有任何票数') },
      }),
      (c) => {
        const { salon, month } = c.req.valid('param');
        return c.json(readRound(c.var.ctx, salon, month), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/rounds/{month}/vote',
        action: 'vote.cast',
        summary: '投票或修改投票：以这次选的为准',
        request: { ...ofRound, body: body(contract.voteInput) },
        responses: { 200: json(contract.voteAnswer, '本席位的票，与已投票的席位数') },
      }),
      async (c) => {
        const { salon, month } = c.req.valid('param');
        return c.json(await castVote(c.var.ctx, salon, month, c.req.valid('json').topics), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/rounds/{month}/decision',
        action: 'topic.review',
        summary: '综合研判：确定议题',
        request: { ...ofRound, body: body(contract.decisionInput) },
        responses: { 200: json(doneShape, '已公布') },
      }),
      async (c) => {
        const { salon, month } = c.req.valid('param');
        await decideRound(c.var.ctx, salon, month, c.req.valid('json'));
        return c.json({ done: true } as const, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/topics',
        action: 'round.read',
        summary: '全部议题，或本席位的',
        request: { ...inSalon, query: pageQuery.extend(contract.topicQuery.shape) },
        responses: { 200: json(contract.topicList, '新的在前') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(listTopics(c.var.ctx, salon, c.req.valid('query')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/topics',
        action: 'topic.write',
        summary: '起草议题',
        request: { ...inSalon, body: body(contract.draftInput) },
        responses: { 201: json(contract.topicRef, '草稿，只有本席位看得到') },
      }),
      async (c) => {
        const { salon } = c.req.valid('param');
        return c.json(await beginTopic(c.var.ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/topics/{topic}',
        action: 'round.read',
        summary: '一个议题和它走过的每一步',
        request: ofTopic,
        responses: { 200: json(contract.topicPage, '议题') },
      }),
      (c) => {
        const { salon, topic } = c.req.valid('param');
        return c.json(readTopic(c.var.ctx, salon, topic), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/topics/{topic}',
        action: 'topic.change',
        summary: '保存草稿，写到哪里存到哪里',
        request: { ...ofTopic, body: body(contract.draftInput) },
        responses: moved,
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        return c.json(await saveTopic(c.var.ctx, salon, topic, c.req.valid('json')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/topics/{topic}/propose',
        action: 'topic.change',
        summary: '提出议题',
        request: ofTopic,
        responses: moved,
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        return c.json(await proposeTopic(c.var.ctx, salon, topic), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/topics/{topic}/withdraw',
        action: 'topic.change',
        summary: '撤回议题',
        request: ofTopic,
        responses: moved,
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        return c.json(await withdrawTopic(c.var.ctx, salon, topic), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/topics/{topic}/decline',
        action: 'topic.review',
        summary: '不采用，写明理由',
        request: { ...ofTopic, body: body(contract.declineInput) },
        responses: moved,
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        return c.json(await declineTopic(c.var.ctx, salon, topic, reason), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/topics/{topic}/support',
        action: 'topic.support',
        summary: '附议，或不再附议',
        request: { ...ofTopic, body: body(contract.supportInput) },
        responses: { 200: json(z.object({ supports: z.number().int() }), '附议的席位数') },
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        const { support } = c.req.valid('json');
        return c.json(await supportTopic(c.var.ctx, salon, topic, support), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/topics/{topic}/schedule',
        action: 'topic.schedule',
        summary: '把已确定的议题安排到另一期',
        request: { ...ofTopic, body: body(contract.scheduleInput) },
        responses: moved,
      }),
      async (c) => {
        const { salon, topic } = c.req.valid('param');
        const { number } = c.req.valid('json');
        return c.json(await scheduleTopic(c.var.ctx, salon, topic, number), 200);
      },
    );
}
