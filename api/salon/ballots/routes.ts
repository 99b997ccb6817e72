import type { TypedResponse } from 'hono';
import type { JSONValue } from 'hono/utils/types';
import { z } from 'zod';
import { done as doneShape } from '../../accounts/contract.ts';
import { publicJson } from '../../core/http/cache.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { matchesEtag } from '../../core/representation.ts';
import { callBallot } from './call.ts';
import * as contract from './contract.ts';
import { type Bulletin, readBallot, readBulletin } from './page.ts';
import { readSessionBallots } from './read.ts';
import { scrutinise } from './scrutinise.ts';
import { signInRoutes } from './signInRoutes.ts';
import { announceClosing, startCasting } from './start.ts';

const DONE = { done: true } as const;
const done = { 200: json(doneShape, '已办') };
const ofSession = { params: contract.ofSession };
const ofBallot = { params: contract.ballotParam };

/** 表决: how it is called, led and published. The vote itself goes past all of this (api/ballot). */
export function ballotRoutes() {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/sessions/{number}/ballots',
        action: 'session.read',
        summary: '一期沙龙的表决，和现在能办的表决',
        request: ofSession,
        responses: { 200: json(contract.sessionBallots, '签到和领票的情况；不含投了多少') },
      }),
      (c) => c.json(readSessionBallots(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/sessions/{number}/ballots',
        action: 'ballot.run',
        summary: '开始表决签到和领票',
        request: { ...ofSession, body: body(contract.callInput) },
        responses: { 201: json(contract.called, '表决和它的密钥指纹') },
      }),
      async (c) =>
        c.json(await callBallot(c.var.ctx, c.req.valid('param'), c.req.valid('json')), 201),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/ballots/{ballot}',
        action: 'ballot.recount',
        summary: '一次表决和它的结果',
        request: ofBallot,
        responses: { 200: json(contract.ballotPage, '结束之前没有任何计数') },
      }),
      (c) => publicJson(c, readBallot(c.var.ctx, c.req.valid('param'))),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/ballots/{ballot}/bulletin.json',
        action: 'ballot.recount',
        summary: '公示：全部选票，人人可以重新计票',
        request: { ...ofBallot, query: contract.bulletinQuery },
        responses: {
          200: {
            description: '公布的哈希就是这些字节的 SHA-256',
            content: { 'application/json': { schema: z.unknown() } },
          },
        },
      }),
      (c) => {
        const found = readBulletin(c.var.ctx, c.req.valid('param'), c.req.valid('query'));
        return attached(found, c.req.header('if-none-match'));
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/announce',
        action: 'ballot.run',
        summary: '宣布签到和领票截止',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await announceClosing(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/start',
        action: 'ballot.run',
        summary: '截止签到和领票，销毁密钥，开始投票',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await startCasting(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/ballots/{ballot}/scrutinise',
        action: 'ballot.scrutinise',
        summary: '监票人核对后签字',
        request: ofBallot,
        responses: done,
      }),
      async (c) => {
        await scrutinise(c.var.ctx, c.req.valid('param'));
        return c.json(DONE, 200);
      },
    )
    .route('/', signInRoutes());
}

/** The exact bytes, to be kept. */
function attached(
  { id, hash, bytes }: Bulletin,
  ifNoneMatch: string | undefined,
): Response & TypedResponse<JSONValue, 200, 'json'> {
  const etag = `"${hash}"`;
  const known = matchesEtag(ifNoneMatch, etag);
  const headers = {
    'cache-control': 'public, no-cache',
    'content-type': 'application/json',
    'content-disposition': `attachment; filename="yuanzhuo-bulletin-${id}.json"`,
    etag,
  };
  const init = { status: known ? 304 : 200, headers };
  return new Response(known ? null : bytes, init) as ReturnType<typeof attached>;
}
