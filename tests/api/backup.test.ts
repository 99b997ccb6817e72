import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backupFolder,
  inspectDatabase,
  listBackups,
  takeBackup,
  verifyBackup,
} from '../../api/backup/backup.ts';
import { filesIn } from '../../api/backup/files.ts';
import { takeRunningLock } from '../../api/core/runningLock.ts';
import { FILE_LIMIT } from '../../api/files/contract.ts';
import { createFileStore, filesFolder } from '../../api/files/store.ts';
import { runCommand } from '../support/runCommand.ts';
import { startServer } from '../support/serverProcess.ts';
import { createTestApp, DEMO, type TestApp } from '../support/testApp.ts';
import { jpg, pdf, pieces, png } from '../support/uploads.ts';

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
/** Turns one bit in the middle of a file. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

describe('taking a backup', () => {
  it('is whole and verified while this process goes on writing', async () => {
    const taking = takeBackup(test.services.db, Date.now());
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
      const { manifest } = await takeBackup(test.services.db, Date.now());
      expect(manifest.rows['person']).toBeGreaterThan(20_000);
      expect(writes).toBeGreaterThan(0);
    } finally {
      clearImmediate(timer);
      other.close();
    }
  }, 10_000);

  it('clears away what is too old, and nothing else', async () => {
    const now = Date.now();
    const first = await takeBackup(test.services.db, now - 800 * DAY);
    const second = await takeBackup(test.services.db, now - 3 * DAY);
    writeFileSync(join(backupFolder(file), 'notes.txt'), '');
    const third = await takeBackup(test.services.db, now);
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
    const { file: copy } = await takeBackup(test.services.db, Date.now());
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
    const { file: copy } = await takeBackup(test.services.db, Date.now());
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

describe('the uploaded files', () => {
  const store = () => createFileStore(filesFolder(file));
  const put = (bytes: Buffer) => store().put(pieces(bytes), { maxSize: FILE_LIMIT });
  const pathOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash);
  const copied = () => filesIn(backupFolder(file));
  const namesIn = (folder: string) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true })
          .map((name) => basename(String(name)))
          .filter((name) => name.length > 2)
          .sort()
      : [];

  it('are in the backup, each once for all backups, for the owner alone', async () => {
    const first = await put(pdf());
    const one = await takeBackup(test.services.db, Date.now() - DAY);
    const copiedAt = statSync(pathOf(copied(), first.hash)).mtimeMs;
    const second = await put(png());
    const two = await takeBackup(test.services.db, Date.now());
    expect(one.manifest.files).toEqual([first.hash]);
    expect(two.manifest.files).toEqual([first.hash, second.hash].sort());
    expect(two.damaged).toEqual([]);
    expect(namesIn(copied())).toEqual(two.manifest.files);
    expect(statSync(pathOf(copied(), first.hash)).mtimeMs).toBe(copiedAt);
    expect(statSync(pathOf(copied(), first.hash)).mode & 0o077).toBe(0);
    expect(await verifyBackup(two.file)).toEqual(two.manifest);
  });

  it('are in it also when they are put or removed while the database is copied', async () => {
    const old = await put(pdf());
    const { sqlite } = test.services.db;
    const copyDatabase = sqlite.backup.bind(sqlite);
    let fresh = '';
    sqlite.backup = async (...given: Parameters<typeof copyDatabase>) => {
      fresh = (await put(png())).hash;
      const done = await copyDatabase(...given);
      await store().remove(old.hash);
      return done;
    };
    const { manifest, file: copy } = await takeBackup(test.services.db, Date.now());
    expect(manifest.files).toEqual([old.hash, fresh].sort());
    expect(await verifyBackup(copy)).toEqual(manifest);
  });

  it('come back with the database; what is newer stays', async () => {
    const lost = await put(pdf());
    const spoilt = await put(png());
    const whole = await put(jpg());
    const backup = await runCommand('backup', file);
    expect(backup.output).toContain('行，上传文件 3 个，已逐页检查');
    const copy = (await listBackups(backupFolder(file)))[0]?.file ?? '';
    const newer = await put(pdf('3 0 obj<<>>endobj'));
    await store().remove(lost.hash);
    damage(pathOf(filesFolder(file), spoilt.hash));
    test.services.db.close();
    const restore = await runCommand('restore', file, { args: [copy] });
    expect(restore.output).toContain('找回了 2 个上传文件。\n已恢复。');
    expect(restore.code).toBe(0);
    const all = [lost, spoilt, whole, newer].map(({ hash }) => hash).sort();
    expect(namesIn(filesFolder(file))).toEqual(all);
    expect(readFileSync(pathOf(filesFolder(file), lost.hash))).toEqual(pdf());
    expect(readFileSync(pathOf(filesFolder(file), spoilt.hash))).toEqual(png());
  });

  it.each([
    ['damaged', damage],
    ['lost', (path: string) => rmSync(path)],
  ])('stop a restore when one is %s in the backup, and nothing is changed', async (_, spoil) => {
    const { hash } = await put(pdf());
    const { file: copy } = await takeBackup(test.services.db, Date.now());
    expect(await addLearner('after-backup')).toBe(201);
    const before = persons(file);
    await store().remove(hash);
    test.services.db.close();
    spoil(pathOf(copied(), hash));
    const { code, output } = await runCommand('restore', file, { args: [copy] });
    expect(output).toContain(`备份里的上传文件缺了或已损坏：${hash}`);
    expect(code).toBe(1);
    expect(persons(file)).toBe(before);
    expect(namesIn(filesFolder(file))).toEqual([]);
  });

  it('are reported when damaged in the store, and everything else is backed up', async () => {
    const good = await put(png());
    const bad = await put(pdf());
    damage(pathOf(filesFolder(file), bad.hash));
    const { code, output } = await runCommand('backup', file);
    expect(output).toContain(`data/files 里有 1 个文件已损坏，没有备份：${bad.hash}`);
    expect(code).toBe(1);
    expect(namesIn(copied())).toEqual([good.hash]);
    const [taken] = await listBackups(backupFolder(file));
    expect((await verifyBackup(taken?.file ?? '')).files).toEqual([good.hash]);
  });

  it('go from the backups when none names them any more', async () => {
    const now = Date.now();
    const old = await put(pdf());
    await takeBackup(test.services.db, now - 800 * DAY);
    await store().remove(old.hash);
    const kept = await put(png());
    const second = await takeBackup(test.services.db, now);
    // Not yet: a backup that is being taken could be about to name it.
    expect(namesIn(copied())).toEqual([old.hash, kept.hash].sort());
    utimesSync(pathOf(copied(), old.hash), 1, 1);
    utimesSync(pathOf(copied(), kept.hash), 1, 1);
    writeFileSync(`${second.file}.json`, '{');
    await takeBackup(test.services.db, now + 1000);
    expect(namesIn(copied())).toEqual([old.hash, kept.hash].sort());
    writeFileSync(`${second.file}.json`, JSON.stringify(second.manifest));
    await takeBackup(test.services.db, now + 2000);
    expect(namesIn(copied())).toEqual([kept.hash]);
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
