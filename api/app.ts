import { randomUUID } from 'node:crypto';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { matchedRoutes } from 'hono/route';
import type { z } from 'zod';
import type { demoSignIns } from './accounts/contract.ts';
import { readSessionCookie, SESSION_COOKIE } from './accounts/cookie.ts';
import { accountRoutes } from './accounts/routes.ts';
import type { Publishing } from './archive/publishing.ts';
import { archiveRoutes } from './archive/routes.ts';
import { ballotBoxRoutes } from './ballot/routes.ts';
import { CONSTRAINTS } from './constraints.ts';
import type { Context, Services } from './core/context.ts';
import { dataVersion } from './core/dataVersion.ts';
import { acceptedBody } from './core/http/acceptedBody.ts';
import type { ApiEnv } from './core/http/apiEnv.ts';
import { publicCache } from './core/http/cache.ts';
import { type ApiDocument, DOCS_POLICY, docsPage } from './core/http/docs.ts';
import { createRoutes } from './core/http/endpoint.ts';
import { answerError } from './core/http/errors.ts';
import { keepPrivate } from './core/http/keepPrivate.ts';
import { addressKey, createLimits, type Limits } from './core/http/limits.ts';
import { sameOriginOnly, visitorOrigin } from './core/http/origin.ts';
import { readiness } from './core/http/readiness.ts';
import { methodProblem, notFoundProblem } from './core/problem.ts';
import { CORE, Refused } from './core/refused.ts';
import { security, strictTransport } from './core/security.ts';
import { serveSite } from './core/static.ts';
import { FILE_LIMIT, UPLOAD_TYPE } from './files/contract.ts';
import { FILES } from './files/refusals.ts';
import { forumModerationRoutes } from './forum/moderation/routes.ts';
import { keepThreadParts, type ThreadParts } from './forum/reading/parts.ts';
import { forumReadingRoutes } from './forum/reading/routes.ts';
import { fillThreadPage } from './forum/reading/threadPage.ts';
import { forumShells } from './forum/shells.ts';
import { forumWritingRoutes } from './forum/writing/routes.ts';
import { noticeRoutes } from './notices/routes.ts';
import { webhookRoutes } from './notices/webhooks/routes.ts';
import { ballotRoutes } from './salon/ballots/routes.ts';
import { calendarRoutes } from './salon/calendar/routes.ts';
import { committeeRoutes } from './salon/committee/routes.ts';
import { liveRoutes } from './salon/live.ts';
import { minutesRoutes } from './salon/minutes/routes.ts';
import { rotationRoutes } from './salon/rotation/routes.ts';
import { salonRoutes } from './salon/routes.ts';
import { leaveSeat } from './salon/seats.ts';
import { sessionRoutes } from './salon/sessions/routes.ts';
import { SALON_SHELLS } from './salon/shells.ts';
import { topicRoutes } from './salon/topics/routes.ts';

/** Everything the application needs from outside; it reads no environment and no clock itself. */
export interface AppDeps {
  readonly services: Services;
  /** Brings what is published to the pages; absent where the pages are made elsewhere. */
  readonly publishing?: Publishing | undefined;
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
  const version = dataVersion(services);
  const parts = keepThreadParts(services, version);
  app.use('/api/*', publicCache(version, SESSION_COOKIE));
  app.use(security);
  app.route('/ballot-box', ballotBoxRoutes(services.ballots, services.log));
  app.route('/api', createApi(deps, parts));
  app.all(
    '*',
    serveSite(siteDir, [...SALON_SHELLS, ...forumShells(fillThreadPage(services, version))]),
  );
  app.onError((error) => answerError(error, CONSTRAINTS, services.log, randomUUID()));
  return app;
}

/** The one kind of body that is larger than what fits into memory. */
const UPLOADS = { type: UPLOAD_TYPE, limit: FILE_LIMIT, tooLarge: FILES.fileTooLarge };

/** Mail programs post a form here, from nowhere; the token alone counts, and nobody is signed in. */
const ONE_CLICK = '/api/notices/unsubscribe';
const smallBody = bodyLimit({
  maxSize: 4096,
  onError: () => {
    throw new Refused(CORE.tooLarge);
  },
});
const elsewhere = (middleware: MiddlewareHandler): MiddlewareHandler =>
  createMiddleware(async (c, next) =>
    c.req.path === ONE_CLICK ? smallBody(c, next) : middleware(c, next),
  );

/** What the site's typed client is made of. */
export type Api = ReturnType<typeof createApi>;

export function createApi(deps: AppDeps, parts: ThreadParts) {
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
    elsewhere(sameOriginOnly((header) => originOf(deps, header))),
    elsewhere(acceptedBody(UPLOADS)),
    resolveContext(deps),
    limitRate(limits),
  );

  const routes = api
    .route(
      '/',
      accountRoutes({ limits, sessions, demo: deps.demo ?? (() => null), leave: leaveSeat }),
    )
    .route('/', salonRoutes({ limits }))
    .route('/', minutesRoutes({ limits }))
    .route('/', rotationRoutes())
    .route('/', topicRoutes())
    .route('/', committeeRoutes())
    .route('/', sessionRoutes({ limits }))
    .route('/', ballotRoutes())
    .route('/', calendarRoutes())
    .route('/', archiveRoutes({ limits, publishing: deps.publishing }))
    .route('/', forumReadingRoutes({ parts }))
    .route('/', forumWritingRoutes({ limits }))
    .route('/', forumModerationRoutes())
    .route('/', noticeRoutes())
    .route('/', webhookRoutes({ limits }))
    .route('/', liveRoutes());

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
    // The last that is no mount point and no refusal of all that is left.
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '/api/*';
    log.info({ ...line, route }, 'request');
  });

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
    await keepPrivate(c, ctx.actor !== undefined);
  });

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
