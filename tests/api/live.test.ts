import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { record } from '../../api/core/audit.ts';
import { shutDown } from '../../api/core/lifecycle.ts';
import { CORE, Refused } from '../../api/core/refused.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { touch, write } from '../../api/core/write.ts';
import { BEAT_MS, LONGEST_MS, STREAMS_A_PERSON } from '../../api/salon/live.ts';
import { salon } from '../../db/schema/index.ts';
import { dump } from '../support/dump.ts';
import { type EventReader, readEvents } from '../support/eventStream.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';

let t: TestApp;
let server: Server;
let port: number;
let readers: EventReader[];

beforeEach(async () => {
  t = await createTestApp();
  readers = [];
  server = createServer(getRequestListener(t.app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  vi.useRealTimers();
  await shutDown(server, t.services.live);
  t.close();
});

const salonId = (slug: string): string =>
  t.services.db.orm.select().from(salon).where(eq(salon.slug, slug)).get()?.id ?? '';
const subscribers = (): number => t.services.live.subscribers(salonId(DEMO));

const ask = ({ cookie }: Client, slug = DEMO, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}/api/salons/${slug}/live`, { ...init, headers: { cookie } });

/** Opens a stream over the network. */
async function open(client: Client, slug = DEMO): Promise<EventReader> {
  const reader = readEvents(await ask(client, slug));
  readers.push(reader);
  return reader;
}

const changeSomething = async (host: Client, votesPerSeat: number): Promise<void> => {
  const answer = await host.send('PATCH', `/api/salons/${DEMO}/settings`, { votesPerSeat });
  expect(answer.status).toBe(200);
};

/** A write of its own kind, by the installation. */
const writing = (work: Parameters<typeof write<void>>[2]): Promise<void> =>
  write(systemContext(t.services), { name: 'test', input: null }, work);

describe('a stream', () => {
  it('begins with the version, is kept nowhere and held back by no proxy', async () => {
    const response = await ask(await t.as('weiyun'));
    expect(response.status).toBe(200);
    const headers = ['content-type', 'cache-control', 'x-accel-buffering', 'etag'];
    expect(headers.map((name) => response.headers.get(name))).toEqual([
      'text/event-stream',
      'no-store',
      'no',
      null,
    ]);
    const first = await readEvents(response).next();
    expect(first?.event).toBe('hello');
    expect(JSON.parse(first?.data ?? '')).toEqual(t.services.live.news(salonId(DEMO)));
    expect(first?.retry).toBe('3000');
  });

  it('tells every page of a committed change, and not what it was', async () => {
    const [secretary, host] = [await t.as('weiyun'), await t.as('minzheng')];
    const [one, two] = [await open(secretary), await open(host)];
    const before = await one.news('hello');
    await two.news('hello');
    await changeSomething(host, 4);
    const [heard, same] = [await one.next(), await two.news('changed')];
    expect(heard?.event).toBe('changed');
    expect(Object.keys(JSON.parse(heard?.data ?? ''))).toEqual(['version', 'spread']);
    expect(JSON.parse(heard?.data ?? '')).toEqual(same);
    expect(same.version).not.toBe(before.version);
  });

  it('comes after the change: who asks then is shown it', async () => {
    const host = await t.as('minzheng');
    const reader = await open(await t.as('weiyun'));
    await reader.news('hello');
    const path = `/api/salons/${DEMO}`;
    const before = (await host.get(path)).headers.get('etag') ?? '';
    expect((await host.get(path, { 'if-none-match': before })).status).toBe(304);
    await changeSomething(host, 5);
    await reader.news('changed');
    expect((await host.get(path, { 'if-none-match': before })).status).toBe(200);
  });

  it('tells nobody of another salon', async () => {
    const { slug } = await addOtherSalon(t);
    const mine = await open(await t.as('weiyun'));
    const other = await open(await t.as('qita'), slug);
    const before = await other.news('hello');
    await mine.news('hello');
    await changeSomething(await t.as('minzheng'), 4);
    await mine.news('changed');
    expect(t.services.live.news(salonId(slug))).toEqual(before);
    // The next thing it hears is its own salon's.
    await writing((tx) => touch(tx, salonId(slug)));
    expect(await other.news('changed')).toEqual(t.services.live.news(salonId(slug)));
  });
});

describe('a write', () => {
  const version = () => t.services.live.news(salonId(DEMO)).version;
  const count = () => Number(version().split('.')[1]);

  it('is told once, however much it records', async () => {
    const ctx = systemContext(t.services);
    const id = salonId(DEMO);
    const before = count();
    await writing((tx) => {
      record(tx, ctx, { action: 'test', salonId: id });
      record(tx, ctx, { action: 'test', salonId: id });
      touch(tx, id);
    });
    expect(count()).toBe(before + 1);
  });

  it('is told to each salon that it touched', async () => {
    const { slug } = await addOtherSalon(t);
    const news = () => [DEMO, slug].map((one) => t.services.live.news(salonId(one)).version);
    const before = news();
    await writing((tx) => {
      for (const one of [DEMO, slug]) touch(tx, salonId(one));
    });
    expect(news().map((one, index) => one === before[index])).toEqual([false, false]);
  });

  it('that is rolled back is told to nobody', async () => {
    const reader = await open(await t.as('weiyun'));
    const before = await reader.news('hello');
    const rows = dump(t);
    const ctx = systemContext(t.services);
    const id = salonId(DEMO);
    const refused = writing((tx) => {
      record(tx, ctx, { action: 'test', salonId: id });
      throw new Refused(CORE.conflict);
    });
    await expect(refused).rejects.toThrow(Refused);
    expect(dump(t)).toEqual(rows);
    expect(version()).toBe(before.version);
    // What comes next is the next write: nothing stood before it in the stream.
    await writing((tx) => touch(tx, id));
    expect(await reader.news('changed')).toMatchObject({ version: version() });
    expect(count()).toBe(Number(before.version.split('.')[1]) + 1);
  });

  it('that is refused, or concerns no salon, is told to nobody', async () => {
    const before = version();
    const secretary = await t.as('weiyun');
    const path = `/api/salons/${DEMO}/settings`;
    expect((await secretary.send('PATCH', path, { votesPerSeat: 4 })).status).toBe(403);
    expect((await secretary.send('PATCH', '/api/me', { name: '新名字' })).status).toBe(200);
    expect(version()).toBe(before);
  });

  it('that is sent again under its key is not told again', async () => {
    const host = await t.as('minzheng');
    const key = { 'idempotency-key': 'the-same-request' };
    const send = () => host.send('PATCH', `/api/salons/${DEMO}/settings`, { votesPerSeat: 4 }, key);
    expect((await send()).status).toBe(200);
    const before = version();
    expect((await send()).status).toBe(200);
    expect(version()).toBe(before);
  });
});

describe('the end', () => {
  it('comes when the page goes away: nothing is left', async () => {
    const client = await t.as('weiyun');
    const opened = [await open(client), await open(client)];
    for (const one of opened) await one.news('hello');
    expect(subscribers()).toBe(2);
    for (const one of opened) await one.leave();
    await vi.waitFor(() => expect(subscribers()).toBe(0));
  });

  it('comes after ten minutes, with a sign of life every twenty seconds until then', async () => {
    const client = await t.as('weiyun');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const reader = readEvents(await client.get(`/api/salons/${DEMO}/live`));
    await reader.news('hello');
    vi.advanceTimersByTime(BEAT_MS);
    expect(await reader.next()).toMatchObject({ event: '', data: '' });
    vi.advanceTimersByTime(LONGEST_MS - BEAT_MS);
    const rest: (string | undefined)[] = [];
    for (let one = await reader.next(); one; one = await reader.next()) rest.push(one.event);
    expect(rest.filter((event) => event === '')).toHaveLength(LONGEST_MS / BEAT_MS - 1);
    expect(rest.at(-1)).toBe('bye');
    expect(subscribers()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('comes when the server stops, which waits for no stream', async () => {
    const reader = await open(await t.as('weiyun'));
    await reader.news('hello');
    // Clean means that nothing had to be cut after the grace time.
    expect(await shutDown(server, t.services.live)).toBe(true);
    expect(await reader.next()).toMatchObject({ event: 'bye' });
    expect(await reader.next()).toBeUndefined();
  });
});

describe('how many', () => {
  it('streams one person may have open: more are refused, others are not', async () => {
    const client = await t.as('weiyun');
    for (let one = 0; one < STREAMS_A_PERSON; one += 1) await (await open(client)).news('hello');
    const refused = await ask(client);
    expect([refused.status, await codeOf(refused.clone())]).toEqual([429, 'tooMany']);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(subscribers()).toBe(STREAMS_A_PERSON);
    await (await open(await t.as('minzheng'))).news('hello');
    await readers[0]?.leave();
    await vi.waitFor(() => expect(subscribers()).toBe(STREAMS_A_PERSON));
    await (await open(client)).news('hello');
    expect(subscribers()).toBe(STREAMS_A_PERSON + 1);
  });

  it('a HEAD opens: none', async () => {
    const answer = await ask(await t.as('weiyun'), DEMO, { method: 'HEAD' });
    expect([answer.status, subscribers()]).toEqual([200, 0]);
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
  });

  it('someone without a place here opens: none', async () => {
    const answers = [await ask(t.visitor), await ask(await t.as('admin'))];
    expect(answers.map(({ status }) => status)).toEqual([401, 403]);
    expect(subscribers()).toBe(0);
  });
});
