import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { verifyAudit } from '../../api/core/audit.ts';
import { createSecret } from '../../api/core/secret.ts';
import { ACTION_TITLES } from '../../api/salon/auditWords.ts';
import { type Client, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let t: TestApp;
let host: Client;
beforeEach(async () => {
  t = await createTestApp();
  host = await t.as('minzheng');
});
afterEach(() => t.close());

const verify = () => verifyAudit(t.services.db.orm, t.services.secret);
const exec = (sql: string) => t.services.db.sqlite.exec(sql);
const count = () =>
  t.services.db.sqlite.prepare<[], number>('SELECT count(*) FROM audit').pluck().get() ?? 0;
const addSeat = (community: string) =>
  host.send('POST', `/api/salons/${DEMO}/seats`, { community });

describe('the chain', () => {
  it('holds after the demo and a few deeds, and grows by one for each', async () => {
    const before = verify();
    expect(before.fault).toBeUndefined();
    expect(before.rows).toBeGreaterThan(35);
    for (const name of ['新社区一', '新社区二']) expect((await addSeat(name)).status).toBe(201);
    expect(verify()).toEqual({ rows: before.rows + 2, fault: undefined });
  });

  it('is empty and whole at the very beginning', async () => {
    const empty = await createTestApp({ empty: true });
    expect(verifyAudit(empty.services.db.orm, empty.services.secret)).toEqual({
      rows: 0,
      fault: undefined,
    });
    empty.close();
  });

  it('holds over more rows than are read at once', async () => {
    const { record } = await import('../../api/core/audit.ts');
    const { systemContext } = await import('../../api/core/systemContext.ts');
    const ctx = systemContext(t.services);
    t.services.db.orm.transaction((tx) => {
      for (let i = 0; i < 2100; i += 1) record(tx, ctx, { action: 'session.enter' });
    });
    const { rows, fault } = verify();
    expect(fault).toBeUndefined();
    expect(rows).toBeGreaterThan(2100);
    exec('DROP TRIGGER audit_no_update');
    exec("UPDATE audit SET action = 'session.end' WHERE seq = 2050");
    expect(verify().fault).toEqual({ kind: 'altered', seq: 2050 });
  });

  it('has no row for what was refused', async () => {
    const before = count();
    expect((await addSeat('渭运社区')).status).toBe(409);
    expect((await addSeat('')).status).toBe(422);
    const me = await t.as('weiyun');
    const refused = await me.send('POST', `/api/salons/${DEMO}/seats`, { community: '新社区' });
    expect(refused.status).toBe(403);
    expect(count()).toBe(before);
  });

  test.each([
    'UPDATE audit SET at = 0 WHERE seq = 3',
    'DELETE FROM audit WHERE seq = 3',
    'DELETE FROM audit',
  ])('the database itself refuses %s', (sql) => {
    const before = count();
    expect(() => exec(sql)).toThrow('audit_append_only');
    expect(count()).toBe(before);
    expect(verify().fault).toBeUndefined();
  });
});

describe('someone who writes into the file', () => {
  const columns = {
    at: 'at + 1',
    salon_id: 'NULL',
    actor_id: "(SELECT id FROM person WHERE user_name = 'weiyun')",
    action: "'seat.retire'",
    subject: "'x'",
    detail: `'{"a":1}'`,
    hash: "replace(hash, 'a', 'b')",
  };
  beforeEach(async () => {
    await addSeat('新社区');
    exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete');
  });

  test.each(Object.entries(columns))('and changes %s', (column, value) => {
    exec(`UPDATE audit SET ${column} = ${value} WHERE seq = 5`);
    expect(verify().fault).toEqual({ kind: 'altered', seq: 5 });
  });

  it('and changes the last row', () => {
    exec(`UPDATE audit SET at = at + 1 WHERE seq = ${count()}`);
    expect(verify().fault).toEqual({ kind: 'altered', seq: count() });
  });

  it('and removes a row', () => {
    exec('DELETE FROM audit WHERE seq = 5');
    expect(verify().fault).toEqual({ kind: 'missing', seq: 5 });
  });

  it('and removes a row and moves the rest up', () => {
    exec('DELETE FROM audit WHERE seq = 5');
    exec('UPDATE audit SET seq = seq - 1 WHERE seq > 5');
    expect(verify().fault).toEqual({ kind: 'altered', seq: 5 });
  });

  it('and inserts a row', () => {
    exec('UPDATE audit SET seq = -seq WHERE seq > 5');
    exec('UPDATE audit SET seq = 1 - seq WHERE seq < 0');
    exec("INSERT INTO audit (seq, at, action, hash) VALUES (6, 0, 'salon.create', 'x')");
    expect(verify().fault).toEqual({ kind: 'altered', seq: 6 });
  });

  it('and adds one at the end', () => {
    exec(
      `INSERT INTO audit (seq, at, action, hash) VALUES (${count() + 1}, 0, 'salon.create', 'x')`,
    );
    expect(verify().fault).toEqual({ kind: 'altered', seq: count() });
  });

  it('and swaps two rows', () => {
    exec('UPDATE audit SET seq = -1 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 6');
    exec('UPDATE audit SET seq = 6 WHERE seq = -1');
    expect(verify().fault).toEqual({ kind: 'altered', seq: 5 });
  });

  it('and cuts off the end', () => {
    exec(`DELETE FROM audit WHERE seq > ${count() - 2}`);
    expect(verify().fault).toEqual({ kind: 'cut', seq: count() + 1 });
  });

  it('and cuts off the end and the head with it', () => {
    exec('DELETE FROM audit WHERE seq > 5; UPDATE audit_head SET seq = 5');
    expect(verify().fault).toEqual({ kind: 'unsealed', seq: 5 });
  });

  it('and removes all of it', () => {
    exec('DELETE FROM audit');
    expect(verify().fault).toEqual({ kind: 'cut', seq: 1 });
  });

  it('and makes the whole chain anew, without the key', async () => {
    const { record } = await import('../../api/core/audit.ts');
    const { systemContext } = await import('../../api/core/systemContext.ts');
    exec('DELETE FROM audit; DELETE FROM audit_head');
    const ctx = { ...systemContext(t.services), secret: createSecret(new Uint8Array(32)) };
    t.services.db.orm.transaction((tx) => record(tx, ctx, { action: 'salon.create' }));
    expect(verify().fault).toEqual({ kind: 'unsealed', seq: 1 });
  });

  it('and takes the seal away', () => {
    exec('DELETE FROM audit_head');
    expect(verify().fault).toEqual({ kind: 'unsealed', seq: count() });
  });
});

describe('the page of the log', () => {
  interface Page {
    readonly rows: { seq: number; title: string; actor: string | null; subject: string }[];
    readonly next: string | null;
  }
  const read = async (query = ''): Promise<Page> =>
    (await host.get(`/api/salons/${DEMO}/audit${query}`)).json();

  it('shows who did what to whom, newest first', async () => {
    await addSeat('新社区');
    const { rows } = await read('?limit=1');
    const shown = { title: '增设席位', actor: '演示·主办单位', subject: '新社区' };
    expect(rows).toEqual([expect.objectContaining(shown)]);
  });

  it('gives every row once, page by page, while new ones come', async () => {
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Page = await read(`?limit=7${next && `&cursor=${next}`}`);
      seen.push(...page.rows.map(({ seq }) => seq));
      next = page.next;
      if (seen.length === 14) await addSeat('途中增设');
    }
    const inSalon = t.services.db.sqlite
      .prepare<[], number>('SELECT seq FROM audit WHERE salon_id IS NOT NULL ORDER BY seq DESC')
      .pluck()
      .all();
    expect(seen).toEqual(inSalon.slice(1));
  });
});

describe('what is recorded', () => {
  const api = fileURLToPath(new URL('../../api', import.meta.url));
  const sources = globSync('**/*.ts', { cwd: api })
    .filter((file) => !file.endsWith('auditWords.ts'))
    .map((file) => readFileSync(`${api}/${file}`, 'utf8'));
  const calls = sources.flatMap((text) => [...text.matchAll(/\brecord\(\s*\w+,\s*\w+,/g)]).length;
  const actions = sources.flatMap((text) =>
    [...text.matchAll(/\brecord\(\s*\w+,\s*\w+,\s*\{\s*action:\s*([^}]+)/g)].flatMap(([, rest]) => {
      // `action: 'a.b'` or `action: test ? 'a.b' : 'a.c'`
      const value = (rest ?? '').split(/,\s*\w/)[0] ?? '';
      return [...value.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, name]) => name ?? '');
    }),
  );

  const passed = sources.filter((text) =>
    /\brecord\(\s*\w+,\s*\w+,\s*\{\s*action,/.test(text),
  ).length;
  const literals = new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, name]) => name),
    ),
  );

  it('has a title for every action, and no title that nothing records', () => {
    expect(calls).toBeGreaterThan(20);
    // A call either says its action, or takes what stands before it in the same file.
    expect(actions.length + passed).toBeGreaterThanOrEqual(calls);
    const titled = Object.keys(ACTION_TITLES);
    expect(actions.filter((action) => !titled.includes(action))).toEqual([]);
    expect(titled.filter((action) => !literals.has(action))).toEqual([]);
  });

  it('names nobody: no name, phone or user name stands in any row', async () => {
    const one = { name: '王一', phone: '13900000001', userName: 'wangyi', role: 'learner' };
    await host.send('POST', `/api/salons/${DEMO}/members`, { ...one, unit: '某单位' });
    await host.send('PATCH', '/api/me', { name: '新的名字' });
    const text = JSON.stringify(t.services.db.sqlite.prepare('SELECT * FROM audit').all());
    for (const secret of [
      '王一',
      '13900000001',
      'wangyi',
      '某单位',
      '新的名字',
      '演示',
      'weiyun',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});
