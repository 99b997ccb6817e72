import { z } from 'zod';
import { signedIn } from '../../access/standings.ts';
import { done as doneShape } from '../../accounts/contract.ts';
import { body, createRoutes, endpoint, json } from '../../core/http/endpoint.ts';
import type { Limits } from '../../core/http/limits.ts';
import { UPLOAD_TYPE } from '../../files/contract.ts';
import { salonParam } from '../../salon/contract.ts';
import * as contract from '../contract.ts';
import { discardDraft, keepDraft, readDraft } from './drafts.ts';
import { addPicture, readPicture } from './pictures.ts';
import { previewPost, readNames } from './preview.ts';

const done = { done: true } as const;
const binary = z.string().meta({ format: 'binary' });

/** What goes before a post: a preview, drafts, whom one can call, pictures. */
export function composeRoutes({ limits }: { readonly limits: Limits }) {
  return createRoutes()
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/forum/preview',
        action: 'post.compose',
        summary: '预览',
        request: { params: salonParam, body: body(contract.previewInput) },
        responses: { 200: json(contract.preview, '会显示成什么样，@ 了谁找不到') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(previewPost(c.var.ctx, salon, c.req.valid('json').source), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/forum/drafts',
        action: 'post.compose',
        summary: '自己没发出的草稿',
        request: { params: salonParam, query: contract.draftQuery },
        responses: { 200: json(contract.draft, '没有时是空的') },
      }),
      (c) => {
        const { salon } = c.req.valid('param');
        return c.json(readDraft(c.var.ctx, salon, c.req.valid('query').place), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'put',
        path: '/salons/{salon}/forum/drafts',
        action: 'post.compose',
        summary: '存草稿',
        request: { params: salonParam, body: body(contract.draftInput) },
        responses: { 200: json(doneShape, '已办') },
      }),
      async (c) => {
        await keepDraft(c.var.ctx, c.req.valid('param').salon, c.req.valid('json'));
        return c.json(done, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'delete',
        path: '/salons/{salon}/forum/drafts',
        action: 'post.compose',
        summary: '丢弃草稿',
        request: { params: salonParam, query: contract.draftQuery },
        responses: { 200: json(doneShape, '已办') },
      }),
      async (c) => {
        await discardDraft(c.var.ctx, c.req.valid('param').salon, c.req.valid('query').place);
        return c.json(done, 200);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/forum/names',
        action: 'post.compose',
        summary: '可以用 @ 提到谁',
        request: { params: salonParam },
        responses: { 200: json(contract.names, '单位和不重名的姓名') },
      }),
      (c) => c.json(readNames(c.var.ctx, c.req.valid('param').salon), 200),
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/pictures',
        action: 'post.compose',
        summary: '上传图片',
        request: {
          params: salonParam,
          body: { required: true, content: { [UPLOAD_TYPE]: { schema: binary } } },
        },
        responses: { 201: json(contract.pictureRef, '重新编码后的图片，去掉了拍摄信息') },
      }),
      async (c) => {
        const { ctx } = c.var;
        await limits.consume('heavy', signedIn(ctx));
        return c.json(await addPicture(ctx, c.req.valid('param').salon, c.req.raw.body), 201);
      },
    )
    .openapi(
      endpoint({
        method: 'get',
        path: '/pictures/{picture}',
        action: 'thread.read',
        summary: '图片',
        request: { params: contract.pictureParam },
        responses: {
          200: {
            description: '图片本身',
            content: { 'image/jpeg': { schema: binary }, 'image/png': { schema: binary } },
          },
        },
      }),
      (c) => readPicture(c.var.ctx, c.req.valid('param').picture, c.req.raw.headers),
    );
}
