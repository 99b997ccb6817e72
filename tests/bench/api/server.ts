import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createApp } from '../../../api/app.ts';
import { silentLog } from '../../../api/core/log.ts';
import {
  recoverBallots,
  startBallotClock,
  watchBallots,
} from '../../../api/salon/ballots/clock.ts';
import { startScheduler } from '../../../api/salon/scheduler.ts';
import { openServices } from '../../../api/services.ts';

/**
 * A server to be measured, in a process of its own: `server.ts hello`, or `server.ts <database>`,
 * and with `calendar` after it the calendars and the ballots are looked at beside the requests; then
 * perhaps the folder of the pages. The application is as api/server.ts makes it, with requests that
 * seem to come from many addresses, so that the limits for one are counted but never reached.
 */
const ADDRESSES = 4096;

const [what = 'hello', calendar, siteDir = ''] = process.argv.slice(2);

async function application(file: string): Promise<ReturnType<typeof createApp>> {
  const services = openServices({ file, production: false, log: silentLog });
  if (calendar) {
    watchBallots(services);
    await recoverBallots(services);
    startScheduler(services);
    startBallotClock(services);
  }
  let turn = 0;
  const addressOf = () => {
    turn = (turn + 1) % ADDRESSES;
    return `10.0.${turn >> 8}.${turn & 255}`;
  };
  return createApp({ services, siteDir, version: '0', addressOf });
}

const app =
  what === 'hello' ? new Hono().get('/', (c) => c.text('hello')) : await application(what);
const server = createServer(getRequestListener(app.fetch));
// A busy machine would else have it close connections that are just being used.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : ''}`);
});
process.on('disconnect', () => process.exit(0));
