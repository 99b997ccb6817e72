import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { salonParam } from '../../salon/contract.ts';
import * as contract from '../contract.ts';
import { beginThread } from './beginThread.ts';
import { changeThread } from './changeThread.ts';
import { composeRoutes } from './composeRoutes.ts';
import { editPost } from './edit.ts';
import { removePost } from './remove.ts';
import { reply } from './reply.ts';
import { historyOf, sourceOf } from './source.ts';

const done = { done: true } as const;

/** Threads and posts as their authors write, change and delete them. */
export function forumWritingRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/threads',
        action: 'thread.write',
        summary: '开一个讨论',
        request: { params: salonParam, body: body(contract.threadInput) },
        responses: { 201: json(contract.threadRef, '新的讨论') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('forumThread', signedIn(ctx));
        const { salon } = c.req.valid('param');
        return c.json(await beginThread(ctx, salon, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'patch',
        path: '/threads/{thread}',
        action: 'post.change',
        summary: '改自己讨论的标题、求助或交流',
        request: { params: contract.threadParam, body: body(contract.threadChange) },
        responses: { 200: json(doneShape, '已办') },
      }),
      async (c) => {
        await changeThread(c.var.ctx, c.req.valid('param').thread, c.req.valid('json'));
        return c.json(done, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/threads/{thread}/posts',
        action: 'thread.write',
        summary: '回复',
        request: { params: contract.threadParam, body: body(contract.replyInput) },
        responses: { 201: json(contract.replied, '新的一楼') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('forumPost', signedIn(ctx));
        return c.json(await reply(ctx, c.req.valid('param').thread, c.req.valid('json')), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/threads/{thread}/posts/{n}',
        action: 'post.change',
        summary: '改自己写的一楼',
        request: { params: contract.postParam, body: body(contract.editInput) },
        responses: { 200: json(contract.edited, '改了几次') },
      }),
      async (c) => {
        const { ctx } = c.var;
        // What was said before is kept each time, and each may call others.
        await limits.consume('forumPost', signedIn(ctx));
        return c.json(await editPost(ctx, c.req.valid('param'), c.req.valid('json')), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/threads/{thread}/posts/{n}',
        action: 'post.change',
        summary: '删除自己写的一楼',
        request: { params: contract.postParam },
        responses: { 200: json(doneShape, '已办') },
      }),
      async (c) => {
        await removePost(c.var.ctx, c.req.valid('param'));
        return c.json(done, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/threads/{thread}/posts/{n}/source',
        action: 'thread.read',
        summary: '一楼的原文，用来引用或修改',
        request: { params: contract.postParam },
        responses: { 200: json(contract.postSource, '原文和改过几次') },
      }),
      (c) => c.json(sourceOf(c.var.ctx, c.req.valid('param')), 200),
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/threads/{thread}/posts/{n}/history',
        action: 'thread.read',
        summary: '一楼以前是怎么写的',
        request: { params: contract.postParam },
        responses: { 200: json(contract.postHistory, '从旧到新，不含现在的') },
      }),
      (c) => c.json(historyOf(c.var.ctx, c.req.valid('param')), 200),
    )
    .route('/', composeRoutes({ limits }));
}
