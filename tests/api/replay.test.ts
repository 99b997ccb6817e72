import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tidy } from '../../api/core/housekeeping.ts';
import { openDatabase } from '../../db/client.ts';
import { dump } from '../support/dump.ts';
import { type Client, codeOf, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let now: number;
let t: TestApp;
let host: Client;
beforeEach(async () => {
  now = Date.now();
  t = await createTestApp({ clock: () => now });
  host = await t.as('minzheng');
});
afterEach(() => t.close());

const KEY = 'a-key-of-the-page';
const SEATS = `/api/salons/${DEMO}/seats`;
const addSeat = (community: string, key: string | null = KEY, client = host) =>
  client.send('POST', SEATS, { community }, key === null ? {} : { 'idempotency-key': key });
const member = { name: '王一', phone: '13900000001', role: 'learner' };
const addMember = () =>
  host.send('POST', `/api/salons/${DEMO}/members`, member, { 'idempotency-key': KEY });
const count = (table: string) =>
  t.services.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('the same Idempotency-Key', () => {
  it('gives the same answer, and does it once', async () => {
    const first = await addSeat('新社区');
    expect(first.status).toBe(201);
    const before = dump(t);
    const second = await addSeat('新社区');
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    expect(dump(t)).toEqual(before);
  });

  it('does it once for a double click, also with an invitation in the answer', async () => {
    const many = await Promise.all([addMember(), addMember(), addMember()]);
    const answers = await Promise.all(many.map((one) => one.json()));
    expect(many.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const { code } = answers[0].invitation;
    const seen = await t.visitor.send('POST', '/api/passes/inspect', { pass: code });
    expect(seen.status).toBe(200);
    expect(JSON.stringify(dump(t))).not.toContain(code);
  });

  it('refuses another body or another action under it, and changes nothing', async () => {
    await addSeat('新社区');
    const before = dump(t);
    for (const refused of [await addSeat('别的社区'), await addMember()]) {
      expect([refused.status, await codeOf(refused)]).toEqual([409, 'replayMismatch']);
    }
    expect(dump(t)).toEqual(before);
  });

  it('is another’s own', async () => {
    await addSeat('新社区');
    const qita = { name: '主办二', userName: 'zhuban2' };
    const added = await host.send('POST', `/api/salons/${DEMO}/hosts`, qita);
    expect(added.status).toBe(201);
    const other = await t.as('zhuban2');
    const answer = await addSeat('新社区', KEY, other);
    expect([answer.status, await codeOf(answer)]).toEqual([409, 'communityTaken']);
  });

  it('is not kept for what was refused: it may be tried again', async () => {
    expect((await addSeat('渭运社区')).status).toBe(409);
    expect((await addSeat('')).status).toBe(422);
    expect(count('replay')).toBe(0);
    expect((await addSeat('新社区')).status).toBe(201);
  });

  it('is forgotten after a day', async () => {
    await addSeat('新社区');
    now += 24 * 3600_000 - 1000;
    await tidy(t.services);
    expect(count('replay')).toBe(1);
    now += 2000;
    await tidy(t.services);
    expect(count('replay')).toBe(0);
  });
});

describe('without a key', () => {
  it('the constraints still let one of two clicks through', async () => {
    const both = await Promise.all([addSeat('新社区', null), addSeat('新社区', null)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(count("seat WHERE community = '新社区'")).toBe(1);
  });

  it('twenty at once of twenty clients are all there, in the audit as well', async () => {
    const before = Number(count('audit'));
    const names = Array.from({ length: 20 }, (_, index) => `并发社区${index}`);
    const all = await Promise.all(names.map((name) => addSeat(name, null)));
    expect(all.map(({ status }) => status)).toEqual(names.map(() => 201));
    expect(count("seat WHERE community LIKE '并发社区%'")).toBe(20);
    expect(count('audit')).toBe(before + 20);
  });
});

describe('when it cannot be written', () => {
  it('waits for another process that holds the database, and then does it', async () => {
    const other = openDatabase(t.services.db.file);
    other.sqlite.exec('BEGIN IMMEDIATE');
    const waiting = addSeat('新社区');
    // Reading goes on meanwhile.
    expect((await t.visitor.get(SEATS)).status).toBe(200);
    expect(count("seat WHERE community = '新社区'")).toBe(0);
    other.sqlite.exec('COMMIT');
    other.close();
    expect((await waiting).status).toBe(201);
  });

  it('says that the disk is full, and leaves nothing half-written', async () => {
    const { sqlite } = t.services.db;
    const before = dump(t);
    sqlite.pragma(`max_page_count = ${sqlite.pragma('page_count', { simple: true })}`);
    let refused = await addSeat('满盘社区0', null);
    const statuses = [refused.status];
    for (let i = 1; refused.status === 201 && i < 500; i += 1) {
      refused = await addSeat(`满盘社区${i}`, null);
      statuses.push(refused.status);
    }
    expect([refused.status, await codeOf(refused)]).toEqual([507, 'diskFull']);
    const written = statuses.filter((status) => status === 201).length;
    expect(count("seat WHERE community LIKE '满盘社区%'")).toBe(written);
    expect(count('audit')).toBe((before['audit']?.length ?? 0) + written);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    sqlite.pragma('max_page_count = 1073741823');
    expect((await addSeat('有盘社区', null)).status).toBe(201);
  });
});
