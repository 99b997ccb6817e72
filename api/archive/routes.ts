import { allowIn } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import { createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import type { Limits } from '../core/http/limits.ts';
import { write } from '../core/write.ts';
import { salonParam } from '../salon/contract.ts';
import { rebuildState } from './contract.ts';
import type { Publishing } from './publishing.ts';
import { IDLE } from './rebuild.ts';

const inSalon = { params: salonParam };
/** The log names files of the server, which is the admin's business. */
const state = rebuildState.omit({ log: true });
const answer = { 200: json(state, '到哪一步了；失败的说明原因') };

export function archiveRoutes({
  limits,
  publishing,
}: {
  readonly limits: Limits;
  readonly publishing: Publishing | undefined;
}) {
  const shown = () => {
    const { log: _, ...rest } = publishing?.state() ?? IDLE;
    return rest;
  };
  return createRoutes()
    .openapi(
      endpoint({
        method: 'get',
        path: '/salons/{salon}/site-build',
        action: 'site.publish',
        summary: '网页更新到哪一步了',
        request: inSalon,
        responses: answer,
      }),
      (c) => {
        const { ctx } = c.var;
        allowIn(ctx.db.orm, ctx, 'site.publish', c.req.valid('param').salon);
        return c.json(shown(), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/salons/{salon}/site-build',
        action: 'site.publish',
        summary: '发布：把已公布的纪要更新到网页',
        request: inSalon,
        responses: answer,
      }),
      async (c) => {
        const { ctx } = c.var;
        const { salon } = c.req.valid('param');
        const asker = ctx.actor?.personId ?? '';
        await write(ctx, { name: 'site.publish', input: salon }, (tx) => {
          const { id } = allowIn(tx, ctx, 'site.publish', salon);
          record(tx, ctx, { action: 'site.publish', salonId: id, subject: id });
        });
        await limits.consume('heavy', asker);
        await publishing?.request();
        return c.json(shown(), 200);
      },
    );
}
