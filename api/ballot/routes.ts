import { randomUUID } from 'node:crypto';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { Log } from '../core/context.ts';
import { body, createRoutes, endpoint, json } from '../core/http/endpoint.ts';
import { answerError } from '../core/http/errors.ts';
import { CORE, Refused } from '../core/refused.ts';
import type { BallotBox } from './box.ts';
import * as contract from './contract.ts';
import { BALLOT } from './refusals.ts';
import { withoutContent } from './silence.ts';
import type { BallotFacts } from './types.ts';

/** Bytes; a vote is a tenth of it. */
const LARGEST = 16 * 1024;

/**
 * The way to the ballot box: mounted before session, audit, idempotency, limits by address and the
 * request log, of which none may see a vote (salon-rules §6). It neither reads nor sets a cookie.
 */
export function ballotBoxRoutes(box: BallotBox, log: Log) {
  const routes = createRoutes();
  routes.onError((error) => answerError(error, {}, silenced(log), randomUUID()));
  routes.use(
    noStore,
    bodyLimit({
      maxSize: LARGEST,
      onError: () => {
        throw new Refused(CORE.tooLarge);
      },
    }),
  );
  return routes
    .openapi(
      endpoint({
        method: 'get',
        path: '/{ballot}',
        action: 'ballot.cast',
        summary: '一次不记名表决',
        request: { params: contract.boxParam },
        responses: { 200: json(contract.boxFacts, '选票、公钥与进行到哪一步；不含已投多少') },
      }),
      (c) => {
        const found = box.facts(c.req.valid('param').ballot);
        if (!found) throw new Refused(BALLOT.noBallot);
        return c.json(shown(found), 200);
      },
    )
    .openapi(
      endpoint({
        method: 'post',
        path: '/',
        action: 'ballot.cast',
        summary: '投票',
        request: { body: body(contract.castInput) },
        responses: { 200: json(z.object({ done: z.literal(true) }), '已投入票箱') },
      }),
      async (c) => {
        await box.cast(c.req.valid('json'));
        return c.json({ done: true as const }, 200);
      },
    );
}

function shown(facts: BallotFacts): z.infer<typeof contract.boxFacts> {
  const { id: ballot, question, paper, voidReason, publicKey, fingerprint, castUntil } = facts;
  const phase = facts.phase === 'sealing' ? 'taking' : facts.phase;
  const until = castUntil === null ? null : new Date(castUntil).toISOString();
  return { ballot, question, paper, phase, voidReason, publicKey, fingerprint, castUntil: until };
}

const silenced = (log: Log): Log => ({
  ...log,
  error: ({ err }: { err?: unknown }, message) => log.error(withoutContent(err), message),
});

const noStore = createMiddleware(async (c, next) => {
  await next();
  c.res.headers.set('cache-control', 'no-store');
});
