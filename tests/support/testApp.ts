import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type AppDeps, createApp } from '../../api/app.ts';
import { createPublishing } from '../../api/archive/publishing.ts';
import type { Log, Mail, Services } from '../../api/core/context.ts';
import { newId } from '../../api/core/id.ts';
import { silentLog } from '../../api/core/log.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { demoSignIns, loadDemo } from '../../api/demo/loadDemo.ts';
import { watchBallots } from '../../api/salon/ballots/clock.ts';
import { addMembership } from '../../api/salon/people.ts';
import { insertSeat, seatPerson } from '../../api/salon/seats.ts';
import { closeServices, keyFileOf, openServices, type ServiceOptions } from '../../api/services.ts';
import { person, salon } from '../../db/schema/index.ts';
import { testLibrary } from './library.ts';

export const DEMO = 'fuping-demo';
export const ORIGIN = 'http://localhost';

/** Someone using the API with a cookie of their own. */
export interface Client {
  /** The Cookie header, or '' for a visitor. */
  readonly cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends JSON from the site's own pages. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export interface TestApp {
  readonly app: ReturnType<typeof createApp>;
  readonly services: Services;
  readonly dir: string;
  /** Mails sent so far. */
  readonly mails: Mail[];
  visitor: Client;
  /** Someone of the demo by user name, e.g. weiyun or minzheng, signed in without a password. */
  as(userName: string, options?: { secondFactor?: boolean }): Promise<Client>;
  personId(userName: string): string;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly production?: boolean;
  /** Without the demo's people and salon. */
  readonly empty?: boolean;
  readonly log?: Log;
  /** Sends mail for real; with `mail` alone it is only kept in `mails`. */
  readonly sendMail?: (mail: Mail) => Promise<void>;
  readonly mail?: boolean;
  readonly outbound?: ServiceOptions['outbound'];
  /** Milliseconds since 1970, for tests of what happens in time. */
  readonly clock?: () => number;
  readonly deps?: Partial<AppDeps>;
  readonly ballotKeeper?: ServiceOptions['ballotKeeper'];
}

/** A database with migrations and the demo, made once in each test process and then copied. */
let template: Promise<string> | undefined;

async function makeTemplate(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-template-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'yuanzhuo.db');
  const services = openServices({
    file,
    production: false,
    log: silentLog,
    library: testLibrary,
  });
  await loadDemo(services);
  await closeServices(services);
  return file;
}

function clientOf(app: TestApp['app'], cookie: string): Client {
  const base = cookie ? { cookie } : {};
  const at = (path: string): string => `${ORIGIN}${path}`;
  return {
    cookie,
    get: async (path, headers = {}) => app.request(at(path), { headers: { ...base, ...headers } }),
    send: async (method, path, body, headers = {}) =>
      app.request(at(path), {
        method,
        headers: {
          ...base,
          origin: ORIGIN,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

/** The whole application on a real SQLite file of its own. Close it when done. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { production = false, empty = false, log = silentLog, mail = false, clock, deps } = options;
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-test-'));
  const file = join(dir, 'yuanzhuo.db');
  if (!empty) {
    template ??= makeTemplate();
    const from = await template;
    copyFileSync(from, file);
    if (existsSync(keyFileOf(from))) copyFileSync(keyFileOf(from), keyFileOf(file));
  }
  const mails: Mail[] = [];
  const keep = async (one: Mail): Promise<void> => {
    mails.push(one);
  };
  const sendMail = options.sendMail ?? (mail ? keep : undefined);
  const services = openServices({
    library: testLibrary,
    file,
    production,
    log,
    sendMail,
    ballotKeeper: options.ballotKeeper,
    outbound: options.outbound,
    ...(clock && { clock, monotonic: clock }),
  });
  watchBallots(services);
  const demo = demoSignIns(services);
  const publishing = createPublishing(services, join(dir, 'public', 'archive.json'), undefined);
  const app = createApp({
    services,
    publishing,
    siteDir: dir,
    version: '1',
    demo: () => demo,
    ...deps,
  });
  const personId = (userName: string): string => {
    const found = services.db.orm
      .select({ id: person.id })
      .from(person)
      .where(eq(person.userName, userName))
      .get();
    if (!found) throw new Error(`Nobody is called ${userName}`);
    return found.id;
  };
  return {
    app,
    services,
    dir,
    mails,
    visitor: clientOf(app, ''),
    async as(userName, { secondFactor = false } = {}) {
      const attributes = { device: '测试', secondFactor };
      const bearer = await services.sessions.start(personId(userName), attributes);
      return clientOf(app, `yuanzhuo=${bearer}`);
    },
    personId,
    async close() {
      await closeServices(services);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * A second salon, with a host `qita`, a secretary `qitashuji` and one seat, to see what leaks
 * between salons.
 * @returns its slug and its seat's id
 */
export async function addOtherSalon({
  services,
}: TestApp): Promise<{ slug: string; seat: string }> {
  const ctx = systemContext(services);
  return write(ctx, { name: 'test', input: null }, (tx) => {
    const salonId = newId();
    const about = { name: '另一个沙龙', county: '另一县', hostUnit: '另一县民政局' };
    tx.insert(salon)
      .values({ id: salonId, slug: 'other', ...about, createdAt: 0 })
      .run();
    const add = (userName: string): string => {
      const id = newId();
      tx.insert(person).values({ id, name: userName, userName, createdAt: 0 }).run();
      return id;
    };
    addMembership(tx, ctx, { salonId, personId: add('qita'), role: 'host' });
    const seat = insertSeat(tx, ctx, salonId, { community: '别处社区' });
    seatPerson(tx, ctx, seat, add('qitashuji'));
    return { slug: 'other', seat: seat.id };
  });
}

/** The code of a problem's type, e.g. wrongLogin. */
export async function codeOf(response: Response): Promise<string> {
  const { type } = (await response.json()) as { type: string };
  return type.replace('urn:yuanzhuo:problem:', '');
}
