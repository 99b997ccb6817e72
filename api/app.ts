import { randomUUID } from 'node:crypto';
import { Hono, type Context as HonoContext } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import type { z } from 'zod';
import type { demoSignIns } from './accounts/contract.ts';
import { readSessionCookie, SESSION_COOKIE } from './accounts/cookie.ts';
import { accountRoutes } from './accounts/routes.ts';
import { CONSTRAINTS } from './constraints.ts';
import type { Context, Services } from './core/context.ts';
import type { ApiEnv } from './core/http/apiEnv.ts';
import { etagOf, publicCache } from './core/http/cache.ts';
import { type ApiDocument, DOCS_POLICY, docsPage } from './core/http/docs.ts';
import { createRoutes } from './core/http/endpoint.ts';
import { answerError } from './core/http/errors.ts';
import { addressKey, createLimits, type Limits } from './core/http/limits.ts';
import { sameOriginOnly, visitorOrigin } from './core/http/origin.ts';
import { readiness } from './core/http/readiness.ts';
import { methodProblem, notFoundProblem } from './core/problem.ts';
import { CORE, Refused } from './core/refused.ts';
import { matchesEtag } from './core/representation.ts';
import { security, strictTransport } from './core/security.ts';
import { serveSite } from './core/static.ts';
import { salonRoutes } from './salon/routes.ts';
import { sessionRoutes } from './salon/sessions/routes.ts';

/** Everything the application needs from outside; it reads no environment and no clock itself. */
export interface AppDeps {
  readonly services: Services;
  /** Absolute path of the built pages. */
  readonly siteDir: string;
  readonly version: string;
  readonly commit?: string | undefined;
  readonly trustProxy?: boolean;
  /** Where the site is seen from outside, e.g. https://example.cn; told by the request if absent. */
  readonly siteUrl?: string | undefined;
  /** The visitor's network address, as the server's socket says. */
  readonly addressOf?: (c: { env: unknown }) => string;
  /** Shown on the sign-in page; null where there is no demo. */
  readonly demo?: () => z.infer<typeof demoSignIns> | null;
}

/** Puts the capabilities together. Listens on nothing. */
export function createApp(deps: AppDeps): Hono<ApiEnv> {
  const { siteDir, trustProxy = false, services } = deps;
  const app = new Hono<ApiEnv>();
  app.use(strictTransport(trustProxy));
  app.use('/api/*', requestLog(services.log));
  app.use('/api/*', publicCache(dataVersion(services), SESSION_COOKIE));
  app.use(security);
  app.route('/api', createApi(deps));
  app.all('*', serveSite(siteDir));
  app.onError((error) => answerError(error, CONSTRAINTS, services.log, randomUUID()));
  return app;
}

/** Bytes. Texts are short; a roster is the largest thing that anyone sends. */
const BODY_LIMIT = 2 * 1024 * 1024;
const JSON_LIMIT = 256 * 1024;
const BODY_TYPES = /^(?:application\/json|text\/csv|application\/vnd\.openxmlformats-)/;

/** What the site's typed client is made of. */
export type Api = ReturnType<typeof createApi>;

export function createApi(deps: AppDeps) {
  const { services, version, commit } = deps;
  const { db, clock, log } = services;
  const limits = createLimits();
  const { sessions } = services;
  const api = createRoutes();

  api.use(
    methodNotAllowed({
      app: api,
      onMethodNotAllowed: (_, methods) => methodProblem(methods.join(', ')),
    }),
  );
  api.get('/health', (c) =>
    c.json({ status: 'ok', version, commit, time: new Date(clock()).toISOString() }, 200, {
      'cache-control': 'no-store',
    }),
  );
  api.get('/ready', async (c) => {
    const state = await readiness(db);
    return c.json(state, state.ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
  api.use(
    sameOriginOnly((header) => originOf(deps, header)),
    acceptedBody(),
    resolveContext(deps),
    limitRate(limits),
  );

  const routes = api
    .route('/', accountRoutes({ limits, sessions, demo: deps.demo ?? (() => null) }))
    .route('/', salonRoutes({ limits }))
    .route('/', sessionRoutes({ limits }));

  const document = () =>
    api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: '圆桌接口', version, description: '社区治理案例与沙龙' },
      servers: [{ url: '/api' }],
    });
  api.get('/openapi.json', (c) => c.json(document()));
  api.get('/docs', async (c) =>
    c.html(await docsPage(document() as unknown as ApiDocument), 200, {
      'content-security-policy': DOCS_POLICY,
    }),
  );
  api.all('*', notFoundProblem);
  api.onError((error, c) =>
    answerError(error, CONSTRAINTS, log, c.get('requestId') ?? randomUUID()),
  );
  return routes;
}

/** Changes with every write of this process and, by SQLite's own count, of any other. */
function dataVersion({ db, changes }: Services): () => number {
  // Asked of the file once for all requests that came together.
  let foreign: number | undefined;
  return () => {
    if (foreign === undefined) {
      foreign = db.foreignChanges();
      setImmediate(() => {
        foreign = undefined;
      });
    }
    return changes.count * 2 ** 20 + foreign;
  };
}

function originOf(
  { siteUrl, trustProxy = false }: AppDeps,
  header: (name: string) => string | undefined,
): string {
  return siteUrl ?? visitorOrigin(header('host'), header('x-forwarded-proto'), trustProxy);
}

/** One line a request, by its route's pattern: no address, no query, no body, no visitor. */
const requestLog = (log: Services['log']) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const started = performance.now();
    c.set('requestId', randomUUID());
    await next();
    const ms = Math.round((performance.now() - started) * 10) / 10;
    const { status } = c.res;
    const line = { requestId: c.get('requestId'), method: c.req.method, status, ms };
    log.info({ ...line, route: routePath(c, -1) }, 'request');
  });

/** @throws {Refused} wrongType, tooLarge */
const acceptedBody = () => {
  const limit = bodyLimit({ maxSize: BODY_LIMIT, onError: () => refuse(CORE.tooLarge) });
  return createMiddleware(async (c, next) => {
    const type = c.req.header('content-type');
    const length = Number(c.req.header('content-length') ?? 0);
    if (type !== undefined && !BODY_TYPES.test(type)) refuse(CORE.wrongType);
    if (type?.startsWith('application/json') && length > JSON_LIMIT) refuse(CORE.tooLarge);
    // Looking for a body makes a whole Request of a light one, which costs more than the answer.
    return c.req.method === 'GET' || c.req.method === 'HEAD' ? next() : limit(c, next);
  });
};

function refuse(refusal: (typeof CORE)[keyof typeof CORE]): never {
  throw new Refused(refusal);
}

/** Makes the verbs' context: who asks, from where, under which key. */
const resolveContext = (deps: AppDeps) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const origin = originOf(deps, (name) => c.req.header(name));
    const bearer = readSessionCookie(c, origin);
    const forwarded = deps.trustProxy ? c.req.header('x-forwarded-for') : undefined;
    const ctx: Context = {
      ...deps.services,
      actor: bearer ? await deps.services.sessions.read(bearer) : undefined,
      requestId: c.get('requestId'),
      address: forwarded?.split(',').at(-1)?.trim() ?? deps.addressOf?.(c) ?? '',
      origin,
      replayKey: replayKey(c.req.header('idempotency-key')),
    };
    c.set('ctx', ctx);
    await next();
    if (c.var.publicAnswer) return;
    if (!c.res.headers.has('cache-control') || ctx.actor) await keepPrivate(c);
  });

/**
 * What someone signed in was shown is theirs alone: their own account is kept nowhere; what they
 * read in a salon by their browser only, which asks each time whether it is still the same.
 */
async function keepPrivate(c: HonoContext): Promise<void> {
  const { res, req } = c;
  const shared = req.method === 'GET' && res.status === 200 && req.path.startsWith('/api/salons');
  if (!shared) return res.headers.set('cache-control', 'no-store');
  const body = await res.text();
  const headers = new Headers(res.headers);
  headers.set('cache-control', 'private, no-cache');
  const etag = etagOf(body);
  headers.set('etag', etag);
  const same = matchesEtag(req.header('if-none-match'), etag);
  c.res = undefined;
  c.res = same
    ? new Response(null, { status: 304, headers })
    : new Response(body, { status: 200, headers });
}

/** @throws {Refused} badRequest, for a key that no client of ours makes */
function replayKey(header: string | undefined): string | undefined {
  if (header === undefined || /^[\w-]{8,80}$/.test(header)) return header;
  throw new Refused(CORE.badRequest);
}

const limitRate = (limits: Limits) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { actor, address } = c.var.ctx;
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    await limits.consume(reads ? 'addressRead' : 'addressWrite', addressKey(address));
    if (!reads && actor) await limits.consume('accountWrite', actor.personId);
    await next();
  });
