import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { momentOf } from '../../api/core/day.ts';
import { expect, watch } from './browser.ts';

/** A salon of its own on a server of its own, whose clock the story turns. */
export interface Month {
  /** Turns the clock of the server and of every page. @param day 'YYYY-MM-DD' */
  goTo(day: string, time: string): Promise<void>;
  /** Everybody but the host, in the order of their seats. */
  readonly secretaries: readonly string[];
  /** Someone's browser: 主办, 东街, 西街, 南关, 北关, 中心 … */
  as(name: string, viewport?: { width: number; height: number }): Promise<Page>;
  /** Ends it, having seen that no page complained. */
  end(): Promise<void>;
}

const SERVER = fileURLToPath(new URL('./monthServer.ts', import.meta.url));

/**
 * @param stage `electing`: the pilot is over and the first election is called; `sitting`: nineteen
 *   seats at an open session, and a committee whose evaluation is due
 */
export async function startMonth(
  browser: Browser,
  day: string,
  time: string,
  stage?: 'electing' | 'sitting',
): Promise<Month> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-month-'));
  let now = momentOf(day, time);
  const server = fork(SERVER, [join(dir, 'yuanzhuo.db'), String(now), stage ?? '']);
  const [ready] = (await once(server, 'message')) as [
    { port: number; cookies: Record<string, string> },
  ];
  const origin = `http://127.0.0.1:${ready.port}`;
  const contexts: BrowserContext[] = [];
  const problems: string[][] = [];
  return {
    secretaries: Object.keys(ready.cookies).filter((name) => name !== '主办'),
    async goTo(toDay, toTime) {
      now = momentOf(toDay, toTime);
      server.send(now);
      await once(server, 'message');
      for (const page of contexts.flatMap((context) => context.pages())) {
        await page.clock.setSystemTime(now);
      }
    },
    async as(name, viewport = { width: 1280, height: 900 }) {
      const context = await browser.newContext({
        viewport,
        baseURL: origin,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
      });
      contexts.push(context);
      problems.push(watch(context, origin));
      const value = ready.cookies[name];
      if (!value) throw new Error(`Nobody is called ${name}`);
      await context.addCookies([{ name: 'yuanzhuo', value, url: origin, httpOnly: true }]);
      const page = await context.newPage();
      await page.clock.setSystemTime(now);
      return page;
    },
    async end() {
      for (const context of contexts) await context.close();
      server.disconnect();
      await once(server, 'exit');
      rmSync(dir, { recursive: true, force: true });
      expect(problems.flat(), 'problems that the pages reported').toEqual([]);
    },
  };
}
