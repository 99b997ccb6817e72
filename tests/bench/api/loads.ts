import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { track } from '../measure/children.ts';
import type { Wanted } from './connection.ts';
import { WRITTEN } from './database.ts';
import type { Counted } from './load.ts';

const SALON = 'fuping-demo';

export type Ask = Omit<Wanted, 'port'>;

/** Each run of the bench names its people anew: a database may be used by several loads. */
const salt = process.pid.toString(36);

/** What is asked for, by the number of the request. */
export const paths = {
  hello: () => ({ method: 'GET', path: '/' }),
  list: () => ({ method: 'GET', path: `/api/salons/${SALON}/seats` }),
  /** A cursor before the first seat: the same list of 20, under an address never asked before. */
  uncachedList(number) {
    const cursor = JSON.stringify({ after: 0, id: `${salt}${number}` });
    const text = Buffer.from(cursor).toString('base64url');
    return { method: 'GET', path: `/api/salons/${SALON}/seats?cursor=${text}` };
  },
  signedIn: (number) => ({
    method: 'GET',
    path: number % 2 === 0 ? '/api/me' : `/api/salons/${SALON}/members`,
  }),
  write: (number) => ({
    method: 'POST',
    path: `/api/salons/${WRITTEN}/members`,
    body: { name: '某学员', userName: `bench-${salt}-${number}`, role: 'learner' },
  }),
} satisfies Record<string, (number: number) => Ask>;
export type Kind = keyof typeof paths;

export type Load = {
  /** What to ask, by its name or one by one. */
  kind: Kind | readonly Ask[];
  port: number;
  connections: number;
  seconds: number;
  /** Taken in turn; empty for visitors, and where each ask has its own. */
  cookies: readonly string[];
  /** Requests a second; as many as go when it is absent. */
  rate?: number;
  /** Whether to bring the answers back; only at a rate. */
  keep?: boolean;
};

/** Puts a load on a server from a process of its own. Rejects at the first answer of 300 or more. */
export const putLoad = (load: Load): Promise<Counted> =>
  inClient(new URL('./load.ts', import.meta.url), load);

/** Starts a client, which takes what it shall do as a message and answers with what it counted. */
export function inClient(file: URL, load: object): Promise<Counted> {
  const child = track(fork(fileURLToPath(file), { serialization: 'advanced' }));
  return new Promise((resolve, reject) => {
    child.once('message', (message: { counted: Counted } | { error: string }) => {
      if ('counted' in message) resolve(message.counted);
      else reject(new Error(message.error));
    });
    child.once('close', (code) => reject(new Error(`测速的客户端没有跑完（退出码 ${code}）`)));
    child.send(load);
  });
}

export const perSecond = ({ latencies, seconds }: Counted): number => latencies.length / seconds;

/** @param share e.g. 0.99 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
