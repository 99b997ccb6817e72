import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, watch } from './browser.ts';
import { violations } from './complaints.ts';
import { signIn } from './rooms.ts';
import { startServer } from './serverProcess.ts';
import { type Caught, startSmtp } from './smtp.ts';

/** The demo on a server of its own that sends its mail to the story. */
export interface ForumStory {
  /** Someone's browser, signed in as one of the demo; a visitor's without a login. */
  as(login?: string, viewport?: { width: number; height: number }): Promise<Page>;
  /** Everything that was mailed. */
  readonly letters: readonly Caught[];
  /** What the pages complained of. */
  problems(): string[];
  /** Also after a failure: the server is no child that ends by itself. */
  end(): Promise<void>;
}

/** The server must know its address before it has it: mails name it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startForum(browser: Browser): Promise<ForumStory> {
  const smtp = await startSmtp();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = await startServer('dist', {
    SMTP_URL: smtp.url,
    MAIL_FROM: 'yuanzhuo@example.cn',
    SITE_URL: origin,
    PORT: String(port),
  });
  const contexts: BrowserContext[] = [];
  const problems: string[][] = [];
  return {
    letters: smtp.letters,
    async as(login, viewport = { width: 1280, height: 900 }) {
      const context = await browser.newContext({
        viewport,
        baseURL: origin,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      contexts.push(context);
      problems.push(watch(context, origin));
      const page = await context.newPage();
      if (login) await signIn(page, login);
      return page;
    },
    problems: () => problems.flat(),
    async end() {
      for (const context of contexts) await context.close();
      server.child.kill('SIGTERM');
      await server.ended;
      await smtp.close();
    },
  };
}

/** Axe on the page as it is. */
export async function expectNoComplaint(page: Page, where: string): Promise<void> {
  expect.soft(await violations(page), where).toEqual([]);
}
