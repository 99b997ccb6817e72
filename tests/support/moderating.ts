import { expect } from 'vitest';
import type { PlaceKind } from '../../api/forum/rules.ts';
import { dump } from './dump.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from './testApp.ts';

interface ThreadRow {
  readonly version: number;
  readonly replies: number;
  readonly accepted: number | null;
  readonly pinned_at: number | null;
  readonly locked_at: number | null;
  readonly hidden_at: number | null;
  readonly is_public: number;
  readonly last_at: number;
  readonly last_unit: string;
  readonly place_kind: PlaceKind;
  readonly place_key: string;
}

interface PostRow {
  readonly seq: number;
  readonly state: string;
  readonly marks: number;
}

/** The demo's forum, with what people do there as one call each. */
export interface Moderating extends TestApp {
  /** Sends as someone. @param path below /api */
  send(login: string, method: string, path: string, body?: unknown): Promise<Response>;
  /** The same, and it must be done. */
  done(login: string, method: string, path: string, body?: unknown): Promise<void>;
  /** It is refused so, and nothing has changed. */
  refused(what: () => Promise<Response>, wanted: readonly [number, string]): Promise<void>;
  moderate(id: string, action: string, more?: object): Promise<void>;
  thread(id: string): ThreadRow;
  post(id: string, n: number): PostRow;
  /** What someone was told of the forum since the last time they were asked, newest first. */
  told(login: string): Promise<string[]>;
  rows<T = Record<string, unknown>>(sql: string, ...values: unknown[]): T[];
}

export const REASON = '与本主题无关，请另开讨论';

export async function createModerating(clock?: () => number): Promise<Moderating> {
  const t = await createTestApp(clock ? { clock } : {});
  const clients = new Map<string, Promise<Client>>();
  const client = (login: string): Promise<Client> => {
    const found = clients.get(login) ?? (login ? t.as(login) : Promise.resolve(t.visitor));
    clients.set(login, found);
    return found;
  };
  const { sqlite } = t.services.db;
  const state = () => dump(t, ['device_session']);
  const seen = new Map<string, number>();
  const newest = () =>
    sqlite.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM notice').pluck().get() ?? 0;
  const before = newest();
  const forum: Moderating = {
    ...t,
    send: async (login, method, path, body) =>
      (await client(login)).send(method, `/api${path}`, body),
    async done(...request) {
      const response = await forum.send(...request);
      expect(response.status, await response.clone().text()).toBe(200);
    },
    async refused(what, wanted) {
      const was = state();
      const response = await what();
      expect([response.status, await codeOf(response)]).toEqual(wanted);
      expect(state()).toEqual(was);
    },
    moderate: (id, action, more = {}) =>
      forum.done('minzheng', 'POST', `/threads/${id}/moderation`, {
        ...{ action, reason: REASON },
        ...more,
      }),
    thread(id) {
      const [row] = forum.rows<ThreadRow>('SELECT * FROM thread WHERE id = ?', id);
      if (!row) throw new Error(`There is no thread ${id}`);
      return row;
    },
    post(id, n) {
      const sql = 'SELECT * FROM post WHERE thread_id = ? AND n = ?';
      const [row] = forum.rows<PostRow>(sql, id, n);
      if (!row) throw new Error(`There is no post ${n}`);
      return row;
    },
    async told(login) {
      const response = await (await client(login)).get('/api/me/notices?limit=100');
      const { notices } = (await response.json()) as { notices: { seq: number; text: string }[] };
      const from = seen.get(login) ?? before;
      seen.set(login, newest());
      return notices.filter(({ seq }) => seq > from).map(({ text }) => text);
    },
    rows: <T>(sql: string, ...values: unknown[]) =>
      sqlite.prepare<unknown[], T>(sql).all(...values),
  };
  return forum;
}

/** The address of a salon's part of the API. */
export const inDemo = (path: string): string => `/salons/${DEMO}${path}`;
