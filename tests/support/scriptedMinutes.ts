import type { Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';

/**
 * The minutes of the demo's second session as if they were still being written, by an answer in the
 * server's place: the stories share one database, in which no session may be closed for one of them.
 */
export async function scriptMinutes(page: Page) {
  const path = `/api/salons/${DEMO_SALON.slug}/sessions/2`;
  let offline = false;
  const stored = { version: 1, changes: {} as Record<string, unknown> };
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const session = await response.json();
    const may = { ...session.may, draft: true, publish: true };
    await route.fulfill({ response, json: { ...session, minutes: 'draft', may } });
  });
  await page.route(`**${path}/minutes`, async (route) => {
    const request = route.request();
    if (offline) {
      await route.abort('internetdisconnected');
      return;
    }
    if (request.method() === 'GET') {
      const response = await route.fetch();
      const minutes = await response.json();
      const { owner, unit } = minutes.actions[0];
      const owners = [
        { owner: { kind: 'host' }, unit: DEMO_SALON.hostUnit },
        { owner, unit },
      ];
      const draft = {
        state: 'draft',
        publishedAt: null,
        corrections: [],
        mayPublish: true,
        owners,
      };
      const { version, changes } = stored;
      await route.fulfill({ response, json: { ...minutes, ...draft, ...changes, version } });
      return;
    }
    const { version, actions: _, ...changes } = request.postDataJSON();
    if (version !== stored.version) {
      const type = 'urn:yuanzhuo:problem:minutesStale';
      const json = { type, title: '别人刚改过纪要', detail: '您写的没有保存。' };
      await route.fulfill({ status: 409, json });
      return;
    }
    stored.version += 1;
    stored.changes = changes;
    await route.fulfill({ json: { version: stored.version } });
  });
  return {
    /** What is at the server. */
    text: () => JSON.stringify(stored.changes),
    setOffline(now: boolean): void {
      offline = now;
    },
    /** Somebody else saves. */
    saveAsAnother(changes: Record<string, unknown>): void {
      stored.version += 1;
      stored.changes = { ...stored.changes, ...changes };
    },
  };
}

export const SCRIPTED = '/salon/sessions/2/minutes/';
