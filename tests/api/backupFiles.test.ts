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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backupFolder,
  inspectDatabase,
  listBackups,
  takeBackup,
  verifyBackup,
} from '../../api/backup/backup.ts';
import { filesIn } from '../../api/backup/files.ts';
import { FILE_LIMIT } from '../../api/files/contract.ts';
import { createFileStore, filesFolder } from '../../api/files/store.ts';
import { damage } from '../support/damage.ts';
import { runCommand } from '../support/runCommand.ts';
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

describe('uploaded files and backups: they', () => {
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
    const one = await takeBackup(test.services, Date.now() - DAY);
    const copiedAt = statSync(pathOf(copied(), first.hash)).mtimeMs;
    const second = await put(png());
    const two = await takeBackup(test.services, Date.now());
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
    const { manifest, file: copy } = await takeBackup(test.services, Date.now());
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
    const { file: copy } = await takeBackup(test.services, Date.now());
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
    await takeBackup(test.services, now - 800 * DAY);
    await store().remove(old.hash);
    const kept = await put(png());
    const second = await takeBackup(test.services, now);
    // Not yet: a backup that is being taken could be about to name it.
    expect(namesIn(copied())).toEqual([old.hash, kept.hash].sort());
    utimesSync(pathOf(copied(), old.hash), 1, 1);
    utimesSync(pathOf(copied(), kept.hash), 1, 1);
    writeFileSync(`${second.file}.json`, '{');
    await takeBackup(test.services, now + 1000);
    expect(namesIn(copied())).toEqual([old.hash, kept.hash].sort());
    writeFileSync(`${second.file}.json`, JSON.stringify(second.manifest));
    await takeBackup(test.services, now + 2000);
    expect(namesIn(copied())).toEqual([kept.hash]);
  });
});
