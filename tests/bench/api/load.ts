import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection, requestBytes, type Wanted } from './connection.ts';
import { type Ask, type Load, paths } from './loads.ts';

/**
 * The client, in a process of its own: takes a `Load` from its parent, puts it on the server, and
 * sends back what it counted.
 */

/** What the request of this number asks for, and in whose name. */
function wantedOf({ port, cookies, kind }: Load, number: number): Wanted {
  const ask: Ask | undefined =
    typeof kind === 'string' ? paths[kind](number) : kind[number % kind.length];
  if (!ask) throw new Error('Nothing to ask for');
  const cookie = cookies[number % cookies.length];
  return { port, ...ask, ...(cookie && { cookie }) };
}

/** As many requests as the server takes, for the given time, one at a time on each connection. */
async function flatOut(load: Load): Promise<Counted> {
  const { port, connections, seconds } = load;
  const latencies: number[] = [];
  let number = 0;
  const begun = performance.now();
  const until = begun + seconds * 1000;
  const one = async (): Promise<void> => {
    const connection = await openConnection(port);
    while (performance.now() < until) {
      number += 1;
      const wanted = wantedOf(load, number);
      const asked = performance.now();
      const { status, body } = await connection.ask(requestBytes(wanted));
      latencies.push(performance.now() - asked);
      if (status >= 300) throw new Error(`${wanted.path}：${status} ${body.toString()}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, one));
  return { latencies, seconds: (performance.now() - begun) / 1000 };
}

/**
 * So many requests a second, sent when their time has come whether or not the ones before were
 * answered. Latency counts from that time, so that a server that stands still is not flattered.
 * Connections take turns: the server would close one that is left idle.
 */
async function paced(load: Load): Promise<Counted> {
  const { port, connections, seconds, rate = 1, keep = false } = load;
  const latencies: number[] = [];
  const answers: string[] = [];
  const free = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const all = [...free];
  const waiting: ((connection: Connection) => void)[] = [];
  const take = async () => free.shift() ?? new Promise<Connection>((r) => waiting.push(r));
  const begun = performance.now();
  const send = async (number: number, due: number): Promise<void> => {
    const connection = await take();
    const wanted = wantedOf(load, number);
    const { status, body } = await connection.ask(requestBytes(wanted));
    latencies.push(performance.now() - due);
    if (keep) answers[number] = body.toString();
    if (status >= 300) throw new Error(`${wanted.path}：${status} ${body.toString()}`);
    const next = waiting.shift();
    if (next) next(connection);
    else free.push(connection);
  };
  const sent: Promise<void>[] = [];
  for (let number = 0; number < seconds * rate; number += 1) {
    const due = begun + (number * 1000) / rate;
    while (performance.now() < due) await sleep(Math.max(0, due - performance.now()));
    sent.push(send(number, due));
  }
  await Promise.all(sent);
  for (const connection of all) connection.close();
  return { latencies, seconds: (performance.now() - begun) / 1000, answers };
}

export type Counted = {
  latencies: number[];
  seconds: number;
  /** In the order of the requests, where they were to be kept. */
  answers?: string[];
};

process.once('message', (load: Load) => {
  (load.rate === undefined ? flatOut(load) : paced(load)).then(
    (counted) => process.send?.({ counted }, () => process.disconnect?.()),
    (error: unknown) => process.send?.({ error: String(error) }, () => process.disconnect?.()),
  );
});
