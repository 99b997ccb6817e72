import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { litestreamPath, restoreReplica, startReplication } from '../../api/backup/litestream.ts';
import { keyFileOf } from '../../api/services.ts';
import { findLearners } from '../support/crash.ts';
import { createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const there = spawnSync(litestreamPath(), ['version']).status === 0;
const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-replica-'));
let test: TestApp | undefined;
afterEach(() => {
  test?.close();
  rmSync(dir, { recursive: true, force: true });
});

it.skipIf(!there)(
  there
    ? 'restores every row from the replica of a database that is gone'
    : '没有 Litestream：不测副本',
  async () => {
    test = await createTestApp();
    const { file } = test.services.db;
    const url = `file://${join(dir, 'replica')}`;
    const { child, ended } = startReplication(file, url);
    const closed = once(child, 'close');
    const host = await test.as('minzheng');
    const written: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      const userName = `learner-${index}`;
      const body = { name: '某学员', userName, role: 'learner' };
      const answer = await host.send('POST', `/api/salons/${DEMO}/members`, body);
      expect(answer.status).toBe(201);
      written.push(userName);
    }
    const place = mkdtempSync(join(dir, 'new-'));
    // It copies once a second; asked until the last row has come over.
    let found: ReturnType<typeof findLearners> | undefined;
    for (let turn = 0; turn < 15; turn += 1) {
      await sleep(500);
      const output = join(place, `${turn}`, 'yuanzhuo.db');
      try {
        await restoreReplica(url, output);
      } catch {
        continue;
      }
      copyFileSync(keyFileOf(file), keyFileOf(output));
      found = findLearners(output);
      if (found.whole.size === written.length) break;
    }
    // Killed, not asked to finish: what has come over stays good.
    child.kill('SIGKILL');
    await closed;
    await ended;
    expect([...(found?.whole.keys() ?? [])].sort()).toEqual(written.sort());
    expect(found?.integrity).toBe('ok');
    expect(found?.auditFault).toBeUndefined();
  },
  30_000,
);
