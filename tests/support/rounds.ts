import { expect } from 'vitest';
import { findSalon } from '../../api/access/standings.ts';
import { momentOf } from '../../api/core/day.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { giveReminders, settleTurns, tick } from '../../api/salon/scheduler.ts';
import { convene } from '../../api/salon/topics/convene.ts';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { dump } from './dump.ts';
import { forgetMonths } from './heldMeeting.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from './testApp.ts';

/** User names of the demo's secretaries, in the order of their seats. */
export const SECRETARIES: readonly string[] = DEMO_SEATS.map(({ login }) => login);

/** What the platform makes of a session on 2026-11-28 at 15:00. */
export const TIMES = {
  opens: '2026-11-03T08:00',
  votes: '2026-11-17T08:00',
  closes: '2026-11-21T20:00',
  session: '2026-11-28T15:00',
} as const;

export const SITUATION = '物业撤离以后，楼道里的灯坏了没有人修。';

const FOREVER = Date.UTC(9999, 0);

/** A moment in Asia/Shanghai. @param text 'YYYY-MM-DDTHH:MM' */
export const moment = (text: string): number => momentOf(text.slice(0, 10), text.slice(11));

interface RoundPage {
  readonly month: string;
  readonly state: string;
  readonly closesAt: string;
  readonly voters: number;
  readonly seats: number;
  readonly me: { readonly votes: string[]; readonly proposalsLeft: number } | null;
  readonly mayDecide: boolean;
  readonly topics: readonly {
    readonly id: string;
    readonly state: string;
    readonly votes: number | null;
    readonly rank: number | null;
    readonly outcome: string | null;
    readonly supports: number;
    readonly supported: boolean;
    readonly second: boolean;
    readonly reason: string;
  }[];
}

/** The demo salon as its months go by: a clock to set, and what people do as one call each. */
export interface Rounds extends TestApp {
  /** Sets the clock. @param text as in `moment` @param more ms after it */
  at(text: string, more?: number): void;
  /** What the scheduler does every few seconds. */
  tick(): Promise<void>;
  /** What it does when a month turns. */
  settleTurns(): Promise<void>;
  /** Sets the clock and lets the scheduler look at it. */
  until(text: string, more?: number): Promise<void>;
  /** Makes a session with its round. @param startsAt as in `moment` */
  convene(startsAt?: string): Promise<void>;
  /** Sends as someone; a path below the salon. */
  send(login: string, method: string, path: string, body?: unknown): Promise<Response>;
  read<T>(login: string, path: string): Promise<T>;
  round(login: string, month?: string): Promise<RoundPage>;
  /** @returns the draft's id */
  draft(login: string, change?: object): Promise<string>;
  /** @returns the topic's id */
  propose(login: string, title?: string): Promise<string>;
  vote(login: string, topics: readonly string[], month?: string): Promise<Response>;
  decide(confirm: readonly string[], note?: string, month?: string): Promise<Response>;
  seatOf(login: string): string;
  /** What someone was told, newest first. */
  told(login: string): Promise<string[]>;
  /** Every row there is but those of signed-in devices. */
  state(): Record<string, unknown[]>;
  /** Rows of the database. */
  rows<T = Record<string, unknown>>(sql: string, ...values: unknown[]): T[];
}

export async function createRounds(begin: string = '2026-11-01T09:00'): Promise<Rounds> {
  let now = moment(begin);
  let calls = 0;
  // Each request comes from elsewhere: limits by address are not what is asked here.
  const addressOf = () => {
    calls += 1;
    return `10.0.${calls >> 8}.${calls & 255}`;
  };
  const t = await createTestApp({ clock: () => now, deps: { addressOf } });
  const { services } = t;
  forgetMonths(t);
  const url = (path: string) => `/api/salons/${DEMO}${path}`;
  // lucia goes by the machine's clock, which may be years from this one.
  const as: TestApp['as'] = async (...who) => {
    const signedIn = await t.as(...who);
    services.db.sqlite.exec(`UPDATE device_session SET expires_at = ${FOREVER}`);
    return signedIn;
  };
  const clients = new Map<string, Promise<Client>>();
  const client = (login: string): Promise<Client> => {
    if (!login) return Promise.resolve(t.visitor);
    const found = clients.get(login) ?? as(login);
    clients.set(login, found);
    return found;
  };
  const rounds: Rounds = {
    ...t,
    as,
    at(text, more = 0) {
      now = moment(text) + more;
    },
    async tick() {
      await tick(services);
      await giveReminders(services);
    },
    settleTurns: () => settleTurns(services),
    async until(text, more) {
      rounds.at(text, more);
      await rounds.tick();
    },
    async convene(startsAt = TIMES.session) {
      const ctx = systemContext(services);
      await write(ctx, { name: 'test', input: null }, (tx) => {
        const input = { startsAt: moment(startsAt), place: '县民政局会议室' };
        return convene(tx, ctx, findSalon(tx, DEMO), input);
      });
    },
    send: async (login, method, path, body) => (await client(login)).send(method, url(path), body),
    async read(login, path) {
      const response = await (await client(login)).get(url(path));
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
    round: (login, month = 'now') => rounds.read(login, `/rounds/${month}`),
    async draft(login, change = {}) {
      const empty = { title: '', situation: '', tried: '', invite: '', cases: [] };
      const response = await rounds.send(login, 'POST', '/topics', { ...empty, ...change });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return (await response.json()).id;
    },
    async propose(login, title = '楼道灯没有人修') {
      const id = await rounds.draft(login, { title, situation: SITUATION });
      const response = await rounds.send(login, 'POST', `/topics/${id}/propose`);
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return id;
    },
    vote: (login, topics, month = 'now') =>
      rounds.send(login, 'PUT', `/rounds/${month}/vote`, { topics }),
    decide: (confirm, note = '', month = 'now') =>
      rounds.send('minzheng', 'POST', `/rounds/${month}/decision`, { confirm, note }),
    seatOf: (login) => {
      const sql = `SELECT seat_id AS id FROM tenure JOIN person ON person.id = person_id
        WHERE user_name = ? AND until IS NULL`;
      return rounds.rows<{ id: string }>(sql, login)[0]?.id ?? '';
    },
    async told(login) {
      const response = await (await client(login)).get('/api/me/notices?limit=100');
      const { notices } = (await response.json()) as { notices: { text: string }[] };
      return notices.map(({ text }) => text);
    },
    state: () => dump(t, ['device_session']),
    rows: <T>(sql: string, ...values: unknown[]) =>
      services.db.sqlite.prepare<unknown[], T>(sql).all(...values),
  };
  return rounds;
}

/** It is refused so, and nothing has changed. */
export async function expectRefused(
  salon: Rounds,
  what: () => Promise<Response>,
  wanted: readonly [status: number, code: string],
): Promise<void> {
  const before = salon.state();
  const response = await what();
  expect([response.status, await codeOf(response)]).toEqual(wanted);
  expect(salon.state()).toEqual(before);
}
