import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { methodProblem, notFoundProblem, serverProblem } from './core/problem.ts';
import { security, strictTransport } from './core/security.ts';
import { serveSite } from './core/static.ts';

/** Everything the application needs from outside; it reads no environment and no clock itself. */
export interface AppDeps {
  /** Absolute path of the built pages. */
  readonly siteDir: string;
  readonly version: string;
  readonly commit?: string | undefined;
  readonly clock?: () => Date;
  readonly trustProxy?: boolean;
  /** Told of every error that no one foresaw. The visitor sees only the id. */
  readonly reportError?: (error: Error, requestId: string) => void;
}

/** Puts the capabilities together. Listens on nothing. */
export function createApp(deps: AppDeps): Hono {
  const { siteDir, version, commit, clock = () => new Date(), trustProxy = false } = deps;
  const app = new Hono();
  app.use(security, strictTransport(trustProxy));
  app.route('/api', createApi({ version, commit, clock }));
  app.all('*', serveSite(siteDir));
  app.onError((error) => {
    const requestId = randomUUID();
    deps.reportError?.(error, requestId);
    return serverProblem(requestId);
  });
  return app;
}

interface ApiDeps {
  readonly version: string;
  readonly commit: string | undefined;
  readonly clock: () => Date;
}

function createApi({ version, commit, clock }: ApiDeps): Hono {
  const api = new Hono();
  api.use(
    methodNotAllowed({
      app: api,
      onMethodNotAllowed: (_, methods) => methodProblem(methods.join(', ')),
    }),
  );
  api.get('/health', (c) =>
    c.json({ status: 'ok', version, commit, time: clock().toISOString() }, 200, {
      'cache-control': 'no-store',
    }),
  );
  api.all('*', notFoundProblem);
  return api;
}
