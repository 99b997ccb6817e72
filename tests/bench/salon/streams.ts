import { Agent, get } from 'node:http';
import { createInterface } from 'node:readline';
import type { News } from '../../../api/salon/contract.ts';
import type { Counted } from '../api/load.ts';
import { inClient } from '../api/loads.ts';

/** Open pages of a salon, each of which asks again when it hears that something changed. */
export type Streams = {
  port: number;
  salon: string;
  /** What each asks for. */
  path: string;
  /** Of each page's reader. */
  cookies: readonly string[];
  seconds: number;
};

export const openStreams = (streams: Streams): Promise<Counted> =>
  inClient(new URL('./streamClient.ts', import.meta.url), streams);

/** Reads until the time is up. @returns how long each asking again took */
export async function listen({ port, salon, path, cookies, seconds }: Streams): Promise<Counted> {
  const latencies: number[] = [];
  const agent = new Agent({ keepAlive: true });
  const begun = performance.now();
  const asking = new Set<Promise<void>>();
  const page = (cookie: string): (() => void) => {
    let etag: string | undefined;
    let waiting = false;
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        const asked = performance.now();
        const headers = { cookie, ...(etag && { 'if-none-match': etag }) };
        const request = get({ host: '127.0.0.1', port, path, agent, headers }, (answer) => {
          const { statusCode = 0 } = answer;
          if (statusCode !== 200 && statusCode !== 304) reject(new Error(`${path}：${statusCode}`));
          etag = answer.headers.etag;
          answer.resume().once('end', () => {
            latencies.push(performance.now() - asked);
            resolve();
          });
        }).once('error', (error) => {
          // The server has just closed a connection that was left idle: a browser asks again, too.
          if (request.reusedSocket) ask().then(resolve, reject);
          else reject(error);
        });
      });
    const hear = ({ spread }: News): void => {
      if (waiting) return;
      waiting = true;
      const askNow = () => {
        waiting = false;
        asking.add(ask());
      };
      setTimeout(askNow, Math.random() * spread);
    };
    const live = `/api/salons/${salon}/live`;
    const stream = get({ host: '127.0.0.1', port, path: live, agent: false, headers: { cookie } });
    stream.once('response', (answer) =>
      createInterface(answer).on('line', (line) => {
        if (line.startsWith('data: {')) hear(JSON.parse(line.slice(6)));
      }),
    );
    stream.on('error', () => {});
    return () => stream.destroy();
  };
  const close = cookies.map(page);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  for (const one of close) one();
  await Promise.all(asking);
  agent.destroy();
  return { latencies, seconds: (performance.now() - begun) / 1000 };
}
