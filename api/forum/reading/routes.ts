import { z } from 'zod';
import { done } from '../../accounts/contract.ts';
import { publicJson, publicText, writtenJson } from '../../core/http/cache.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import { pageQuery } from '../../core/page.ts';
import { salonParam } from '../../salon/contract.ts';
import * as contract from '../contract.ts';
import { aboutPlace } from './aboutPlace.ts';
import { placeFeed, salonFeed } from './feed.ts';
import { listThreads } from './listThreads.ts';
import type { ThreadParts } from './parts.ts';
import { followThread, markRead } from './position.ts';
import { readThread } from './readThread.ts';
import { searchPosts } from './search.ts';
import { countUnread, readAll } from './unread.ts';

/** Of one salon; topics and sessions are always of one. */
const aboutQuery = z.strictObject({ salon: salonParam.shape.salon.optional() });

const ATOM = 'application/atom+xml';
const ATOM_TYPE = `${ATOM}; charset=utf-8`;
const atom = { 200: { description: 'Atom', content: { [ATOM]: { schema: z.string() } } } };
const doneAnswer = { 200: json(done, '已记下') };

export function forumReadingRoutes({ parts }: { readonly parts: ThreadParts }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/threads',
        action: 'forum.list',
        summary: '沙龙的讨论',
        request: {
          params: salonParam,
          query: z.strictObject({ ...pageQuery.shape, ...contract.listQuery.shape }),
        },
        responses: { 200: json(contract.threadList, '最近有人说话的在前') },
      }),
      (c) =>
        publicJson(c, listThreads(c.var.ctx, c.req.valid('param').salon, c.req.valid('query'))),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/places/{kind}/{key}/threads',
        action: 'forum.list',
        summary: '一个案例、方法、主题、议题或会议的讨论',
        request: { params: contract.placeParam, query: aboutQuery },
        responses: { 200: json(contract.aboutPlace, '不指明沙龙时，含各沙龙公开的讨论') },
      }),
      (c) => publicJson(c, aboutPlace(c.var.ctx, c.req.valid('param'), c.req.valid('query').salon)),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/threads/{thread}',
        action: 'thread.read',
        summary: '一个讨论；公开的任何人可读',
        request: { params: contract.threadParam, query: contract.threadQuery },
        responses: { 200: json(contract.threadPage, '从这一楼起的一段') },
      }),
      (c) => {
        const { from = 1, limit } = c.req.valid('query');
        const { thread } = c.req.valid('param');
        return writtenJson<z.infer<typeof contract.threadPage>>(
          c,
          readThread(c.var.ctx, parts, thread, { from, limit }),
        );
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/threads/{thread}/read',
        action: 'thread.read',
        summary: '读到了这一楼',
        request: { params: contract.threadParam, body: body(contract.readInput) },
        responses: doneAnswer,
      }),
      async (c) => {
        await markRead(c.var.ctx, c.req.valid('param').thread, c.req.valid('json').n);
        return c.json({ done: true } as const, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/threads/{thread}/follow',
        action: 'thread.read',
        summary: '关注、不打扰，或都不',
        request: { params: contract.threadParam, body: body(contract.followInput) },
        responses: doneAnswer,
      }),
      async (c) => {
        await followThread(c.var.ctx, c.req.valid('param').thread, c.req.valid('json').level);
        return c.json({ done: true } as const, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/forum/unread',
        action: 'forum.keepUp',
        summary: '有几个讨论有新内容',
        request: { params: salonParam },
        responses: { 200: json(contract.unread, '数到 99 为止') },
      }),
      (c) => c.json(countUnread(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/forum/read-all',
        action: 'forum.keepUp',
        summary: '全部标为已读',
        request: { params: salonParam },
        responses: { 200: json(contract.unread, '还剩几个') },
      }),
      async (c) => c.json(await readAll(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/forum/search',
        action: 'forum.list',
        summary: '在讨论里找',
        request: { query: z.strictObject({ ...pageQuery.shape, ...contract.searchQuery.shape }) },
        responses: { 200: json(contract.searchHits, '新的在前，只含您能看到的') },
      }),
      (c) => publicJson(c, searchPosts(c.var.ctx, c.req.valid('query'))),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/forum.atom',
        action: 'thread.readPublic',
        summary: '沙龙公开的讨论，可订阅',
        request: { params: salonParam },
        responses: atom,
      }),
      (c) => publicText(c, ATOM_TYPE, salonFeed(c.var.ctx, c.req.valid('param').salon)),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/places/{kind}/{key}/forum.atom',
        action: 'thread.readPublic',
        summary: '一个案例、方法或主题的公开讨论，可订阅',
        request: { params: contract.placeParam },
        responses: atom,
      }),
      (c) => publicText(c, ATOM_TYPE, placeFeed(c.var.ctx, c.req.valid('param'))),
    );
}
