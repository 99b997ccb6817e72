import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Log } from '../../api/core/context.ts';
import { dump } from '../support/dump.ts';
import { createTestApp, type TestApp } from '../support/testApp.ts';

/** §6: browsers send the session's cookie with the booth's page; the server looks at none of it. */

let t: TestApp;
afterEach(() => t.close());

const PAGE = '<!doctype html><title>投票间</title>';
const BOOTH = '/salon/booth/?ballot=k3v0000000000000eval&salon=fuping-demo&n=4';

it('serves the booth’s page to a signed-in browser as to anybody, and notes nothing', async () => {
  const lines: unknown[] = [];
  const note = (...line: unknown[]) => void lines.push(line);
  const log: Log = { error: note, warn: note, info: note };
  let now = Date.UTC(2026, 10, 28);
  t = await createTestApp({ clock: () => now, log });
  mkdirSync(join(t.dir, 'salon', 'booth'), { recursive: true });
  writeFileSync(join(t.dir, 'salon', 'booth', 'index.html'), PAGE);
  const signedIn = await t.as('weiyun');
  // Long enough for the device's last use to be written anew.
  now += 3600_000;
  const before = dump(t);
  lines.length = 0;
  const [own, anybody] = [await signedIn.get(BOOTH), await t.visitor.get(BOOTH)];
  expect(own.status).toBe(200);
  expect(await own.text()).toBe(PAGE);
  expect([...own.headers]).toEqual([...anybody.headers]);
  expect(own.headers.has('set-cookie')).toBe(false);
  expect(dump(t)).toEqual(before);
  expect(lines).toEqual([]);

  // What asks who it is does leave a trace, so that the above could have.
  expect((await signedIn.get('/api/me')).status).toBe(200);
  expect(dump(t)).not.toEqual(before);
  expect(lines).not.toEqual([]);
});
