import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openBallotFile } from '../../db/ballots/client.ts';
import * as schema from '../../db/ballots/schema.ts';
import { takingSite } from '../support/ballots.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-ballots-'));
  file = join(dir, 'ballots.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the file of the ballots', () => {
  test.each(Object.values(schema).map((table) => [getTableConfig(table).name, table] as const))(
    'has the columns of %s as the schema says',
    (name, table) => {
      openBallotFile(file).close();
      const sqlite = new SqliteDatabase(file, { readonly: true });
      const stored = sqlite.prepare('SELECT name, type, "notnull", pk FROM pragma_table_info(?)');
      const { columns, primaryKeys } = getTableConfig(table);
      const key = primaryKeys.flatMap((one) => one.columns.map((column) => column.name));
      const keyed = key.length > 0 ? key : columns.flatMap((one) => (one.primary ? one.name : []));
      expect(stored.all(name)).toEqual(
        columns.map((column) => ({
          name: column.name,
          type: column.getSQLType().toUpperCase(),
          notnull: column.notNull ? 1 : 0,
          pk: keyed.indexOf(column.name) + 1,
        })),
      );
      sqlite.close();
    },
  );

  it('is its owner’s only, as are the keys', async () => {
    const site = await takingSite();
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    const keys = join(site.dir, 'ballot-keys');
    openBallotFile(file).close();
    expect([mode(file), mode(keys)]).toEqual(['600', '700']);
    expect(readdirSync(keys).map((name) => mode(join(keys, name)))).toEqual(['600']);
    await site.remove();
  });

  it('refuses one of another program or of a later version, and leaves it as it is', () => {
    openBallotFile(file).close();
    for (const pragma of ['user_version = 2', 'application_id = 1']) {
      const sqlite = new SqliteDatabase(file);
      sqlite.pragma(pragma);
      sqlite.close();
      const before = statSync(file).mtimeMs;
      expect(() => openBallotFile(file)).toThrow('选票文件不是本程序能读的');
      expect(statSync(file).mtimeMs).toBe(before);
    }
  });
});
