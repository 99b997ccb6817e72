import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backupFolder,
  inspectDatabase,
  listBackups,
  takeBackup,
  verifyBackup,
} from '../../api/backup/backup.ts';
import { takeRunningLock } from '../../api/core/runningLock.ts';
import { damage } from '../support/damage.ts';
import { runCommand } from '../support/runCommand.ts';
import { startServer } from '../support/serverProcess.ts';
import { createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

const DAY = 24 * 3600_000;
let test: TestApp;
let file: string;
beforeEach(async () => {
  test = await createTestApp();
  file = test.services.db.file;
});
afterEach(() => test.close());

const persons = (from: string): number => inspectDatabase(from)['person'] ?? 0;
const addLearner = async (userName: string): Promise<number> => {
  const host = await test.as('minzheng');
  const body = { name: '某学员', userName, role: 'learner' };
  return (await host.send('POST', `/api/salons/${DEMO}/members`, body)).status;
};

describe('taking a backup', () => {
  it('is whole and verified while this process goes on writing', async () => {
    const taking = takeBackup(test.services, Date.now());
    for (let index = 0; index < 20; index += 1) expect(await addLearner(`w-${index}`)).toBe(201);
    const { file: copy, manifest } = await taking;
    expect(await verifyBackup(copy)).toEqual(manifest);
    expect(inspectDatabase(copy)).toEqual(manifest.rows);
    expect(statSync(copy).mode & 0o077).toBe(0);
    // Key, log and half-made files are not among the backups.
    expect(readdirSync(backupFolder(file)).sort()).toEqual(
      [copy, `${copy}.json`].map((path) => path.slice(backupFolder(file).length + 1)).sort(),
    );
  });

  it('comes to an end while another connection writes at every turn', async () => {
    // Big enough for many steps, if it were copied in steps, each begun anew after such a write.
    test.services.db.sqlite.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO person (id, name, user_name, created_at) SELECT 'big' || i, '某人', 'big' || i, i FROM n`);
    const other = new SqliteDatabase(file);
    other.pragma('synchronous = OFF');
    const add = other.prepare("INSERT INTO person (id, name, created_at) VALUES (?, '某人', 0)");
    let writes = 0;
    let timer = setImmediate(function again() {
      writes += 1;
      add.run(`w${writes}`);
      timer = setImmediate(again);
    });
    try {
      const { manifest } = await takeBackup(test.services, Date.now());
      expect(manifest.rows['person']).toBeGreaterThan(20_000);
      expect(writes).toBeGreaterThan(0);
    } finally {
      clearImmediate(timer);
      other.close();
    }
  }, 10_000);

  it('clears away what is too old, and nothing else', async () => {
    const now = Date.now();
    const first = await takeBackup(test.services, now - 800 * DAY);
    const second = await takeBackup(test.services, now - 3 * DAY);
    writeFileSync(join(backupFolder(file), 'notes.txt'), '');
    const third = await takeBackup(test.services, now);
    expect((await listBackups(backupFolder(file))).map((one) => one.file)).toEqual([
      third.file,
      second.file,
    ]);
    expect(existsSync(`${first.file}.json`)).toBe(false);
    expect(existsSync(join(backupFolder(file), 'notes.txt'))).toBe(true);
  });
});

describe('npm run backup and npm run restore, as processes', () => {
  it('goes back to the copy, moves what was there aside, and the data is served', async () => {
    const backup = await runCommand('backup', file);
    expect(backup.output).toMatch(/^已备份到 .*\.db：\d+ 行，已逐页检查。\n/);
    expect(backup.code).toBe(0);
    const copy = (await listBackups(backupFolder(file)))[0]?.file ?? '';
    const before = persons(file);
    expect(await addLearner('after-backup')).toBe(201);
    test.services.db.close();
    writeFileSync(join(test.dir, 'index.html'), '');

    expect((await runCommand('restore', file)).output).toContain('恢复其中一份');
    const restore = await runCommand('restore', file, { args: [copy] });
    expect(restore.output).toContain('已恢复。现在可以启动圆桌：npm start\n原来的数据库挪到了');
    expect(restore.code).toBe(0);
    expect(persons(file)).toBe(before);
    const aside = readdirSync(test.dir).find((name) => name.startsWith('before-restore-')) ?? '';
    expect(persons(join(test.dir, aside, 'yuanzhuo.db'))).toBe(before + 1);
    expect(await runCommand('audit-verify', file)).toMatchObject({ code: 0 });
    const server = await startServer(test.dir, { DATABASE_URL: `file://${file}` });
    try {
      const seats = await fetch(`http://127.0.0.1:${server.port}/api/salons/${DEMO}/seats`);
      expect((await seats.json()).seats).toHaveLength(19);
    } finally {
      server.child.kill('SIGKILL');
      await server.ended;
    }
  });

  it.each([
    ['one bit is changed', (copy: string) => damage(copy), '备份与清单不符'],
    ['the manifest is missing', (copy: string) => rmSync(`${copy}.json`), '缺少备份的清单'],
    ['the manifest is damaged', (copy: string) => writeFileSync(`${copy}.json`, '{'), '已损坏'],
    ['the file is missing', (copy: string) => rmSync(copy), '没有这份备份'],
    [
      'rows are missing, though the checksum was made to fit',
      (copy: string) => {
        const manifest = JSON.parse(readFileSync(`${copy}.json`, 'utf8'));
        manifest.rows.person += 1;
        writeFileSync(`${copy}.json`, JSON.stringify(manifest));
      },
      '备份里 person 应有',
    ],
  ])('refuses when %s, and leaves the database as it is', async (_, spoil, sentence) => {
    const { file: copy } = await takeBackup(test.services, Date.now());
    expect(await addLearner('after-backup')).toBe(201);
    const before = persons(file);
    test.services.db.close();
    spoil(copy);
    const { code, output } = await runCommand('restore', file, { args: [copy] });
    expect(output).toContain(sentence);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
    expect(persons(file)).toBe(before);
    expect(readdirSync(test.dir).filter((name) => name.startsWith('before-'))).toEqual([]);
  });

  it('refuses while a server runs', async () => {
    const { file: copy } = await takeBackup(test.services, Date.now());
    const release = takeRunningLock(file);
    try {
      const { code, output } = await runCommand('restore', file, { args: [copy] });
      expect(output).toBe('圆桌正在运行：请先停掉它，再恢复。\n');
      expect(code).toBe(1);
    } finally {
      release?.();
    }
  });
});

describe('npm run audit:verify, as a process', () => {
  it('says that the chain is whole, and finds a changed row', async () => {
    const whole = await runCommand('audit-verify', file);
    expect(whole.output).toMatch(/^操作记录完好：共 \d+ 条，逐条相扣，封印相符。\n$/);
    expect(whole.code).toBe(0);
    test.services.db.close();
    const forger = new SqliteDatabase(file);
    forger.exec('DROP TRIGGER audit_no_update');
    forger.exec("UPDATE audit SET action = 'seat.retire' WHERE seq = 3");
    forger.close();
    const forged = await runCommand('audit-verify', file);
    expect(forged.output).toContain('操作记录有问题：第 3 条被改过');
    expect(forged.code).toBe(1);
  });
});
