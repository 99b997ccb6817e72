import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import pino from 'pino';
import { createApp } from '../../api/app.ts';
import { createPublishing } from '../../api/archive/publishing.ts';
import type { Services } from '../../api/core/context.ts';
import { createLog } from '../../api/core/log.ts';
import { recoverBallots, watchBallots } from '../../api/salon/ballots/clock.ts';
import { closeServices, openServices } from '../../api/services.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends exactly these headers, as no browser would. */
export type Ask = (
  method: string,
  path: string,
  headers?: Record<string, string>,
  body?: unknown,
) => Promise<Answer>;

export const askOn =
  (port: number): Ask =>
  (method, path, headers = {}, body) =>
    new Promise((resolve, reject) => {
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const origin = { origin: `http://127.0.0.1:${port}` };
      const options = { port, host: '127.0.0.1', method, path, agent: false };
      const asked = request({ ...options, headers: { ...origin, ...type, ...headers } }, (got) => {
        const { statusCode: status = 0, headers: given } = got;
        let text = '';
        got.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        got.once('error', reject).once('end', () => resolve({ status, headers: given, text }));
      });
      asked.once('error', reject).end(body === undefined ? undefined : sent);
    });

/** A server that listens, on files that are there, with its log in a file beside them. */
export interface WatchedApp {
  readonly dir: string;
  readonly services: Services;
  readonly logFile: string;
  readonly port: number;
  readonly ask: Ask;
  publish(): Promise<void>;
  close(): Promise<void>;
}

/** As the server starts, but on a clock of the test's. */
export async function watchedApp(dir: string, clock: () => number): Promise<WatchedApp> {
  const logFile = join(dir, 'server.log');
  const log = createLog('debug', pino.destination({ dest: logFile, sync: true }));
  const file = join(dir, 'yuanzhuo.db');
  const services = openServices({ file, production: false, log, clock, monotonic: clock });
  watchBallots(services);
  await recoverBallots(services);
  const publishing = createPublishing(services, join(dir, 'public', 'archive.json'), undefined);
  const app = createApp({
    services,
    publishing,
    siteDir: dir,
    version: '1',
    addressOf: () => '192.0.2.7',
  });
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    dir,
    services,
    logFile,
    port,
    ask: askOn(port),
    publish: () => publishing.request(),
    async close() {
      services.live.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await closeServices(services);
    },
  };
}
