import type { Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';

/**
 * The minutes of the demo's second session as if they were still being written, by an answer in the
 * server's place: the stories share one database, in which no session may be closed for one of them.
 * @param page signed in as a host
 */
export async function scriptMinutes(page: Page) {
  const path = `/api/salons/${DEMO_SALON.slug}/sessions/2`;
  const session = await (await page.request.get(path)).json();
  const minutes = await (await page.request.get(`${path}/minutes`)).json();
  const { owner, unit } = minutes.actions[0];
  const owners = [
    { owner: { kind: 'host' }, unit: DEMO_SALON.hostUnit },
    { owner, unit },
  ];
  const draft = { state: 'draft', publishedAt: null, corrections: [], mayPublish: true, owners };
  const may = { ...session.may, draft: true, publish: true };
  let offline = false;
  let version = 1;
  let changes: Record<string, unknown> = {};
  await page.route(`**${path}`, (route) =>
    route.fulfill({ json: { ...session, minutes: 'draft', may } }),
  );
  await page.route(`**${path}/minutes`, (route) => {
    const request = route.request();
    if (offline) return route.abort('internetdisconnected');
    if (request.method() === 'GET') {
      return route.fulfill({ json: { ...minutes, ...draft, ...changes, version } });
    }
    const { version: seen, actions: _, ...typed } = request.postDataJSON();
    if (seen !== version) {
      const type = 'urn:yuanzhuo:problem:minutesStale';
      const json = { type, title: '别人刚改过纪要', detail: '您写的没有保存。' };
      return route.fulfill({ status: 409, json });
    }
    version += 1;
    changes = typed;
    return route.fulfill({ json: { version } });
  });
  return {
    /** What is at the server. */
    text: () => JSON.stringify(changes),
    setOffline(now: boolean): void {
      offline = now;
    },
    /** Somebody else saves. */
    saveAsAnother(theirs: Record<string, unknown>): void {
      version += 1;
      changes = { ...changes, ...theirs };
    },
  };
}

export const SCRIPTED = '/salon/sessions/2/minutes/';
