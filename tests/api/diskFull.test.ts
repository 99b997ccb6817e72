import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { verifyAudit } from '../../api/core/audit.ts';
import { deviceSession } from '../../db/schema/index.ts';
import { addLearner, crashSite, findLearners } from '../support/crash.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const MEMBERS = `/api/salons/${DEMO}/members`;

describe('a database that may not grow', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await createTestApp();
  });
  afterEach(() => test.close());

  const countAll = (): Record<string, unknown> => {
    const { sqlite } = test.services.db;
    const tables = ['person', 'membership', 'entry_pass', 'audit', 'audit_head', 'replay'];
    const count = (table: string) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    return Object.fromEntries(tables.map((name) => [name, count(name)]));
  };

  it('refuses with 507, half-writes nothing, goes on reading, and recovers', async () => {
    const { sqlite } = test.services.db;
    const host = await test.as('minzheng');
    const pages = sqlite.pragma('page_count', { simple: true });
    sqlite.pragma(`max_page_count = ${Number(pages)}`);
    const send = (index: number) =>
      host.send(
        'POST',
        MEMBERS,
        { name: '某学员', userName: `full-${index}`, role: 'learner' },
        { 'idempotency-key': `full-key-${index}` },
      );
    let written = 0;
    let before = countAll();
    let response = await send(0);
    while (response.status === 201) {
      written += 1;
      before = countAll();
      response = await send(written);
    }
    expect(response.status).toBe(507);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await codeOf(response)).toBe('diskFull');
    expect(countAll()).toEqual(before);
    expect(sqlite.inTransaction).toBe(false);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(verifyAudit(test.services.db.orm, test.services.secret).fault).toBeUndefined();

    // Readers go on, though what is noted of them beside the reading may not fit.
    test.services.db.orm.update(deviceSession).set({ seenAt: 1 }).run();
    expect((await host.get(MEMBERS)).status).toBe(200);
    expect((await test.visitor.get(`/api/salons/${DEMO}/seats`)).status).toBe(200);

    sqlite.pragma('max_page_count = 1000000');
    expect((await send(written)).status).toBe(201);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

/** The system's own limit on a file's size, met by the write-ahead log while it is being written. */
describe.skipIf(process.platform === 'win32')('a file that the system lets grow no more', () => {
  const site = fixtureSite();
  afterAll(() => site.remove());

  it('loses no acknowledged write of a real server and leaves the file whole', async () => {
    const place = await crashSite(4);
    // In blocks of 512 or 1,024 bytes, as the shell has it: well above the database itself.
    const program = `ulimit -f 1500; exec "$0" "$@"`;
    const child = spawn('sh', ['-c', program, process.execPath, inRoot('api', 'server.ts')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: `file://${place.file}`,
        PORT: '0',
        SITE_DIR: join(site.dir, 'site'),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const port = await new Promise<number>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const shown = /127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (shown) resolve(Number(shown));
      });
    });
    try {
      const acknowledged = new Map<string, string>();
      let refusal = '';
      for (let index = 0; refusal === '' && index < 900; index += 1) {
        const userName = `learner-${index}`;
        const cookie = place.cookies[index % 4] ?? '';
        try {
          const answer = await addLearner(port, cookie, { userName, key: randomUUID() });
          acknowledged.set(userName, answer?.personId ?? 'no answer');
        } catch (error) {
          refusal = String(error);
        }
      }
      expect(refusal).toContain('507: ');
      expect(refusal).toContain('urn:yuanzhuo:problem:diskFull');
      const seats = await fetch(`http://127.0.0.1:${port}/api/salons/${DEMO}/seats`);
      expect(seats.status).toBe(200);
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      const found = findLearners(place.file);
      expect(new Map(found.whole)).toEqual(acknowledged);
      expect(found.persons).toBe(acknowledged.size);
      expect(found.integrity).toBe('ok');
      expect(found.auditFault).toBeUndefined();
    } finally {
      child.kill('SIGKILL');
      await ended;
      place.remove();
    }
  });
});
