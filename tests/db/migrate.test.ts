import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATION_ID, databaseFile, openDatabase } from '../../db/client.ts';
import { isCurrent, type Migration, migrate, readMigrations } from '../../db/migrate.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-migrate-'));
  file = join(dir, 'yuanzhuo.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function withDatabase<T>(work: (sqlite: SqliteDatabase.Database) => T): T {
  const db = openDatabase(file);
  try {
    return work(db.sqlite);
  } finally {
    db.close();
  }
}
const schemaOf = (sqlite: SqliteDatabase.Database) =>
  sqlite.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
const migration = (number: number, sql: string): Migration => ({ number, name: 'extra', sql });
const ours = readMigrations();
const next = ours.length + 1;
const thing = migration(next, 'CREATE TABLE thing (id INTEGER PRIMARY KEY) STRICT;');

describe('migrating', () => {
  it('applies all to an empty file, marks it as ours, and the second time nothing', () => {
    withDatabase((sqlite) => {
      expect(isCurrent(sqlite)).toBe(false);
      expect(migrate(sqlite)).toBe(ours.length);
      expect(sqlite.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
      expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
      const before = schemaOf(sqlite);
      expect(migrate(sqlite)).toBe(0);
      expect(schemaOf(sqlite)).toEqual(before);
      expect(isCurrent(sqlite)).toBe(true);
    });
  });

  it('applies only what is missing, and keeps the data', () => {
    withDatabase((sqlite) => {
      migrate(sqlite, ours.slice(0, 1));
      sqlite.exec("INSERT INTO person (id, name, created_at) VALUES ('p', '王一', 0)");
      expect(isCurrent(sqlite)).toBe(false);
      expect(migrate(sqlite)).toBe(ours.length - 1);
      expect(sqlite.prepare('SELECT name FROM person').pluck().all()).toEqual(['王一']);
    });
  });

  it('refuses a database that is newer, says so, and leaves it as it was', () => {
    withDatabase((sqlite) => {
      migrate(sqlite, [...ours, thing]);
      const before = sqlite.serialize();
      expect(() => migrate(sqlite)).toThrow(
        `数据库已升级到第 ${next} 版(extra)，比本程序（第 ${ours.length} 版）新：请换回新版程序，或用 npm run restore 恢复与本程序相配的备份。`,
      );
      expect(sqlite.serialize().equals(before)).toBe(true);
      expect(isCurrent(sqlite)).toBe(false);
    });
  });

  it('refuses a migration that is not the one that was applied', () => {
    withDatabase((sqlite) => {
      migrate(sqlite, ours);
      const before = sqlite.serialize();
      const [first, ...rest] = ours;
      const altered = { number: 1, name: first?.name ?? '', sql: `${first?.sql}\n-- changed` };
      expect(() => migrate(sqlite, [altered, ...rest, thing])).toThrow('与本程序中的不是同一份');
      expect(sqlite.serialize().equals(before)).toBe(true);
    });
  });

  it('leaves the file as it was when a migration fails in its middle', () => {
    withDatabase((sqlite) => {
      migrate(sqlite);
      const before = schemaOf(sqlite);
      const failing = migration(next + 1, 'CREATE TABLE other (id TEXT) STRICT; SELECT nonsense;');
      expect(() => migrate(sqlite, [...ours, thing, failing])).toThrow('no such column');
      expect(schemaOf(sqlite)).toEqual(before);
      expect(isCurrent(sqlite)).toBe(true);
      expect(migrate(sqlite, [...ours, thing])).toBe(1);
    });
  });

  it('leaves an empty file empty when the first migration fails', () => {
    withDatabase((sqlite) => {
      expect(() => migrate(sqlite, [migration(1, 'CREATE TABLE a (')])).toThrow();
      expect(schemaOf(sqlite)).toEqual([]);
      expect(sqlite.pragma('application_id', { simple: true })).toBe(0);
      expect(migrate(sqlite)).toBe(ours.length);
    });
  });

  it('refuses a migration that leaves a row without what it refers to', () => {
    withDatabase((sqlite) => {
      migrate(sqlite);
      sqlite.exec("INSERT INTO person (id, name, created_at) VALUES ('p', '王一', 0)");
      sqlite.exec("INSERT INTO replay VALUES ('p', 'k', 'r', 's', 0)");
      const orphaning = migration(
        next,
        "PRAGMA defer_foreign_keys = ON; DELETE FROM person WHERE id = 'p';",
      );
      expect(() => migrate(sqlite, [...ours, orphaning])).toThrow('broke a foreign key');
      expect(sqlite.prepare('SELECT count(*) FROM person').pluck().get()).toBe(1);
      expect(isCurrent(sqlite)).toBe(true);
    });
  });
});

describe('a file that is not ours', () => {
  it.each([
    ['with tables', 'CREATE TABLE theirs (a)'],
    ['with a mark of its own', 'PRAGMA application_id = 1196444487'],
  ])('%s is refused untouched', (_, sql) => {
    const theirs = new SqliteDatabase(file);
    theirs.exec(sql);
    theirs.close();
    withDatabase((sqlite) => {
      const before = [schemaOf(sqlite), sqlite.pragma('application_id')];
      expect(() => migrate(sqlite)).toThrow('这个文件是别的程序的数据库，没有改动它');
      expect([schemaOf(sqlite), sqlite.pragma('application_id')]).toEqual(before);
    });
  });

  it('that is no database at all keeps its bytes', () => {
    writeFileSync(file, '这不是数据库。'.repeat(100));
    const before = readFileSync(file);
    expect(() => openDatabase(file)).toThrow('not a database');
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('the migrations that ship', () => {
  it('are numbered without a gap', () => {
    expect(ours.map(({ number }) => number)).toEqual(ours.map((_, index) => index + 1));
    writeFileSync(join(dir, '0001_one.sql'), '');
    writeFileSync(join(dir, '0003_three.sql'), '');
    expect(() => readMigrations(dir)).toThrow('0003_three.sql should be number 2');
  });

  it('are found wherever the address points', () => {
    expect(databaseFile('file:./data/a.db', dir)).toBe(join(dir, 'data', 'a.db'));
    expect(databaseFile('file:a.db', dir)).toBe(join(dir, 'a.db'));
    expect(databaseFile(`file://${dir}/b.db`, '/')).toBe(join(dir, 'b.db'));
  });
});

it('is done once by processes that start at the same time', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // As the server does it: a lock is waited for between tries.
  const script = `
    const { openDatabase } = await import(${JSON.stringify(join(root, 'db/client.ts'))});
    const { migrate } = await import(${JSON.stringify(join(root, 'db/migrate.ts'))});
    const { isBusy } = await import(${JSON.stringify(join(root, 'db/constraints.ts'))});
    for (;;) {
      try {
        const db = openDatabase(process.argv[1]);
        console.log(migrate(db.sqlite));
        db.close();
        break;
      } catch (error) {
        if (!isBusy(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }`;
  const run = () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, file]);
  const outputs = await Promise.all([run(), run(), run()]);
  const applied = outputs.map(({ stdout }) => Number(stdout)).sort();
  expect(applied).toEqual([0, 0, ours.length]);
  withDatabase((sqlite) => {
    expect(isCurrent(sqlite)).toBe(true);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});
