import { createMailer } from '../../api/core/mail.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import type { NoticeData, NoticeKind } from '../../api/notices/kinds.ts';
import { notify } from '../../api/notices/notify.ts';
import type { Lane } from '../../api/notices/postman/lane.ts';
import { lanesOf } from '../../api/notices/postman/postman.ts';
import type { WebhookSender } from '../../api/notices/postman/types.ts';
import { dump } from './dump.ts';
import { moment, SECRETARIES } from './rounds.ts';
import { type Smtp, startSmtp } from './smtp.ts';
import { type Client, createTestApp, type TestApp } from './testApp.ts';

export const SITE = 'https://yuanzhuo.example.cn';
/** Real time, for tests in which the server hangs. */
const SHORT = { begin: 200, silence: 400, whole: 1500 };
const FROM = 'yuanzhuo@example.cn';

/** The demo salon whose people have mail addresses, a real mail server, and a clock to set. */
export interface Post extends TestApp {
  readonly smtp: Smtp;
  readonly clock: { now: number };
  /** Whether what hangs is given up in a moment, and not after the usual time. */
  readonly patience: { short: boolean };
  /** Each pause the postman made, in milliseconds. */
  readonly waits: number[];
  at(text: string): void;
  later(ms: number): void;
  tell<K extends NoticeKind>(kind: K, data: NoticeData<K>, ...to: string[]): Promise<void>;
  /** 轮值 of a month, to one person. */
  tellTurn(month: string, ...to: string[]): Promise<void>;
  /** What the postman does every two seconds. */
  run(): Promise<void>;
  /** As a process that was started anew. */
  restart(): void;
  /** The postman with webhooks, too. */
  lanes(sendWebhook?: WebhookSender): Lane[];
  signIn(login: string): Promise<Client>;
  rows<T = Record<string, unknown>>(sql: string, ...values: unknown[]): T[];
  state(): Record<string, unknown[]>;
}

export const emailOf = (login: string): string => `${login}@example.cn`;

export async function createPost(begin = '2026-11-23T10:00'): Promise<Post> {
  const clock = { now: moment(begin) };
  const smtp = await startSmtp();
  const [patient, hasty] = [createMailer(smtp.url, FROM), createMailer(smtp.url, FROM, SHORT)];
  const patience = { short: false };
  const t = await createTestApp({
    sendMail: (mail) => (patience.short ? hasty : patient)(mail),
    clock: () => clock.now,
  });
  const { services } = t;
  const { sqlite } = services.db;
  for (const login of SECRETARIES)
    sqlite.prepare('UPDATE person SET email = ? WHERE user_name = ?').run(emailOf(login), login);
  const waits: number[] = [];
  const lanes = (sendWebhook?: WebhookSender): Lane[] =>
    lanesOf(services, {
      siteUrl: SITE,
      sendWebhook,
      stopped: () => false,
      wait: async (ms) => {
        waits.push(ms);
        clock.now += ms;
      },
    });
  let running = lanes();
  const post: Post = {
    ...t,
    smtp,
    clock,
    patience,
    waits,
    lanes,
    at(text) {
      clock.now = moment(text);
    },
    later(ms) {
      clock.now += ms;
    },
    async tell(kind, data, ...to) {
      const ctx = systemContext(services);
      const [{ id: salonId = '' } = {}] = post.rows<{ id: string }>('SELECT id FROM salon');
      const people = to.map((login) => t.personId(login));
      await write(ctx, { name: 'test', input: null }, (tx) =>
        notify(tx, ctx, { salonId, kind, data, to: people }),
      );
    },
    tellTurn: (month, ...to) =>
      post.tell('turn.yours', { month } as NoticeData<'turn.yours'>, ...to),
    async run() {
      await Promise.all(running.map((lane) => lane.run()));
    },
    restart() {
      running = lanes();
    },
    async signIn(login) {
      const client = await t.as(login);
      sqlite.exec(`UPDATE device_session SET expires_at = ${Date.UTC(9999, 0)}`);
      return client;
    },
    rows: <T>(text: string, ...values: unknown[]) =>
      sqlite.prepare<unknown[], T>(text).all(...values),
    state: () => dump(t, ['device_session']),
    async close() {
      patient.close();
      hasty.close();
      await smtp.close();
      await t.close();
    },
  };
  return post;
}
