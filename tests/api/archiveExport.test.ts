import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArchive } from '../../api/archive/contract.ts';
import { writeArchive } from '../../api/archive/writeArchive.ts';
import { createTestApp, DEMO } from '../support/testApp.ts';

const t = await createTestApp();
const file = join(t.dir, 'out', 'archive.json');
await writeArchive(t.services, file);
const archive = await readArchive(file);
const text = readFileSync(file, 'utf8');
afterAll(() => t.close());

describe('the public export', () => {
  it('has the published sessions and no other', () => {
    expect(archive.sessions.map(({ salon, number }) => `${salon} ${number}`)).toEqual([
      `${DEMO} 1`,
      `${DEMO} 2`,
      `${DEMO} 3`,
    ]);
    expect(archive.salons.map(({ slug, isDemo }) => [slug, isDemo])).toEqual([[DEMO, true]]);
  });

  it("tells the third session's real topic and outcome, and that its date is made up", () => {
    const third = archive.sessions[2];
    expect(third?.topics.map(({ title, votes, rank }) => [title, votes, rank])).toEqual([
      ['如何破解社区万能章', 17, 1],
    ]);
    expect(third?.conclusions.join()).toContain('患者本人书面承诺');
    expect(third?.note).toContain('演示日期');
    expect(third?.attendance).toMatchObject({ due: 19, absent: [] });
    expect(third?.attendance.present).toHaveLength(19);
    expect(third?.attendance.guests.toSorted()).toEqual([
      '富平县医疗保障局（演示）',
      '某保险公司（演示）',
    ]);
    expect(archive.sessions[1]?.attendance.absent).toEqual(['示例社区六', '示例社区十九']);
  });

  it('says what became of each action item today', () => {
    const states = archive.sessions.flatMap(({ actions }) => actions.map(({ state }) => state));
    expect(states).toEqual([
      '已办结',
      '已办结',
      '逾期',
      '已办结',
      '已办结',
      '办理中',
      '待办',
      '待办',
    ]);
  });

  it('names no person, phone or sign-in, and nothing that is not published', () => {
    const { sqlite } = t.services.db;
    const people = sqlite
      .prepare<[], { name: string; user_name: string }>('SELECT name, user_name FROM person')
      .all();
    expect(people.length).toBeGreaterThan(20);
    for (const { name } of people) expect(text).not.toContain(name);
    for (const { id } of sqlite.prepare<[], { id: string }>('SELECT id FROM person').all()) {
      expect(text).not.toContain(id);
    }
    for (const hidden of [
      '高龄独居老人',
      '手机没电',
      '外来务工',
      '因公请假',
      '院落议事会开不起来',
    ]) {
      expect(text).not.toContain(hidden);
    }
  });

  it('is written only when something changed, and leaves nothing half-written', async () => {
    expect(await writeArchive(t.services, file)).toBe(false);
    t.services.db.sqlite.exec("UPDATE session SET place = '新地点' WHERE number = 1");
    expect(await writeArchive(t.services, file)).toBe(true);
    expect((await readArchive(file)).sessions[0]?.place).toBe('新地点');
    const blocked = join(file, 'below-a-file', 'archive.json');
    await expect(writeArchive(t.services, blocked)).rejects.toThrow();
    expect((await readArchive(file)).sessions[0]?.place).toBe('新地点');
  });

  it('leaves the demo out in production', async () => {
    const other = join(t.dir, 'production.json');
    await writeArchive({ ...t.services, production: true }, other);
    expect(await readArchive(other)).toEqual({ version: 1, salons: [], sessions: [] });
  });
});

describe('发布', () => {
  it('is for hosts and admins, is audited, and shows no log of the server', async () => {
    const path = `/api/salons/${DEMO}/site-build`;
    const host = await t.as('minzheng');
    expect((await host.send('POST', path)).status).toBe(200);
    const state = await (await host.get(path)).json();
    expect(state).toMatchObject({ phase: 'idle', outcome: null });
    expect(state).not.toHaveProperty('log');
    const audited = () =>
      t.services.db.sqlite
        .prepare<[], number>("SELECT count(*) FROM audit WHERE action = 'site.publish'")
        .pluck()
        .get();
    expect(audited()).toBe(1);
    const secretary = await t.as('weiyun');
    expect((await secretary.send('POST', path)).status).toBe(403);
    expect((await secretary.get(path)).status).toBe(403);
    expect(audited()).toBe(1);
  });
});
