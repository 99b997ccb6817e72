import { Agent, get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { News } from '../../../api/salon/contract.ts';
import type { Counted } from '../api/load.ts';
import type { Streams } from './streams.ts';

/** The readers' open pages: each hears of changes, and asks again in the time it is told. */

type Page = { close(): void };

/** A page's own requests, with the tag of what it has. @returns milliseconds until the whole answer */
function createAsking({ port, path }: Streams, agent: Agent, cookie: string) {
  let etag: string | undefined;
  return function ask(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const begun = performance.now();
    const headers = { cookie, ...(etag && { 'if-none-match': etag }) };
    const request = get({ host: '127.0.0.1', port, path, agent, headers }, (answer) => {
      const { statusCode = 0 } = answer;
      if (statusCode !== 200 && statusCode !== 304) reject(new Error(`${path}：${statusCode}`));
      etag = answer.headers.etag;
      answer.resume().once('end', () => resolve(performance.now() - begun));
    });
    request.once('error', (error) => {
      // The server has just closed a connection that was left idle: a browser asks again, too.
      if (request.reusedSocket) ask().then(resolve, reject);
      else reject(error);
    });
    return promise;
  };
}

function openPage(
  { port, salon }: Streams,
  cookie: string,
  { changed, fail }: { changed(): void; fail(error: Error): void },
): Page {
  let closed = false;
  let waiting = false;
  const end = (error: Error): void => {
    if (!closed) fail(error);
  };
  const hear = ({ spread }: News): void => {
    if (waiting) return;
    waiting = true;
    const askNow = () => {
      waiting = false;
      if (!closed) changed();
    };
    setTimeout(askNow, Math.random() * spread);
  };
  const path = `/api/salons/${salon}/live`;
  const read = (answer: IncomingMessage): void => {
    if (answer.statusCode !== 200) end(new Error(`${path}：${answer.statusCode}`));
    const lines = createInterface(answer).once('error', end);
    lines.on('line', (line) => {
      if (line.startsWith('data: {')) hear(JSON.parse(line.slice('data: '.length)));
    });
  };
  const request = get({ host: '127.0.0.1', port, path, agent: false, headers: { cookie } }, read);
  request.on('error', end);
  return {
    close() {
      closed = true;
      request.destroy();
    },
  };
}

async function listen(streams: Streams): Promise<Counted> {
  const latencies: number[] = [];
  const agent = new Agent({ keepAlive: true });
  const begun = performance.now();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const asking: Promise<void>[] = [];
  const pages = streams.cookies.map((cookie) => {
    const ask = createAsking(streams, agent, cookie);
    const changed = () => {
      asking.push(ask().then((took) => void latencies.push(took), fail));
    };
    return openPage(streams, cookie, { changed, fail });
  });
  await Promise.race([failed, sleep(streams.seconds * 1000)]);
  for (const page of pages) page.close();
  await Promise.race([failed, Promise.all(asking)]);
  agent.destroy();
  return { latencies, seconds: (performance.now() - begun) / 1000 };
}

process.once('message', (streams: Streams) => {
  listen(streams).then(
    (counted) => process.send?.({ counted }, () => process.disconnect?.()),
    (error: unknown) => process.send?.({ error: String(error) }, () => process.disconnect?.()),
  );
});
