import { expect } from 'vitest';
import { dump } from './dump.ts';
import { forgetForum } from './forum.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from './testApp.ts';

export const MINUTE = 60_000;
/** Where threads begin. */
export const NEW = `/api/salons/${DEMO}/threads`;
/** A question under a case. */
export const QUESTION = {
  place: { kind: 'case', key: 'weiwang-shige' },
  title: '微网格长怎么补贴',
  source: '请教各位，你们怎样补贴？',
  asks: true,
  isPublic: true,
};

/** The demo without its talk, and two of it who write. */
export interface Writing extends TestApp {
  readonly clock: { now: number };
  /** 渭运社区 */
  readonly me: Client;
  /** 景翼社区 */
  readonly other: Client;
  /** Of `me`, if nobody else is given. @returns the thread */
  begin(given?: Partial<typeof QUESTION>, client?: Client): Promise<string>;
  /** Of `other`, if nobody else is given. @returns the number of the post */
  say(thread: string, source: string, client?: Client, more?: object): Promise<number>;
  /** The first row of what is asked for. */
  one<T>(text: string, ...given: unknown[]): T;
  threadOf(id: string): Record<string, unknown>;
  count(text: string, ...given: unknown[]): number;
  /** Kinds of notices that someone has of posts, with the number of the post. */
  toldOf(who: string): string[];
  /** It is refused so, and nothing has changed. @param wanted '409 threadLocked' */
  refused(wanted: string, work: () => Promise<Response>): Promise<void>;
}

export const posts = (thread: string): string => `/api/threads/${thread}/posts`;

export async function createWriting(): Promise<Writing> {
  const clock = { now: Date.UTC(2026, 10, 20, 8) };
  const t = await createTestApp({ clock: () => clock.now });
  forgetForum(t);
  const me = await t.as('weiyun');
  const other = await t.as('jingyi');
  const one = <T>(text: string, ...given: unknown[]): T =>
    t.services.db.sqlite.prepare(text).get(...given) as T;
  return {
    ...t,
    clock,
    me,
    other,
    async begin(given = {}, client = me) {
      const sent = await client.send('POST', NEW, { ...QUESTION, ...given });
      expect(sent.status).toBe(201);
      return (await sent.json()).thread;
    },
    async say(thread, source, client = other, more = {}) {
      const sent = await client.send('POST', posts(thread), { source, ...more });
      expect(sent.status).toBe(201);
      return (await sent.json()).n;
    },
    one,
    count: (text, ...given) =>
      t.services.db.sqlite
        .prepare<unknown[], number>(text)
        .pluck()
        .get(...given) ?? 0,
    toldOf: (who) =>
      t.services.db.sqlite
        .prepare<[string], { kind: string; data: string }>(
          `SELECT kind, data FROM inbox JOIN notice ON seq = notice_seq
           WHERE person_id = ? AND kind LIKE 'post.%' ORDER BY seq`,
        )
        .all(t.personId(who))
        .map(({ kind, data }) => `${kind} ${JSON.parse(data).n}`),
    threadOf: (id) => one('SELECT * FROM thread WHERE id = ?', id),
    async refused(wanted, work) {
      const before = dump(t);
      const response = await work();
      expect(`${response.status} ${await codeOf(response)}`).toBe(wanted);
      expect(dump(t)).toEqual(before);
    },
  };
}
