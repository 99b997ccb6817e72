import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, describe, expect, it, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import * as schema from '../../db/schema/index.ts';
import { createTestApp } from '../support/testApp.ts';

const t = await createTestApp({ empty: true });
afterAll(() => t.close());
const { sqlite } = t.services.db;
const OURS = ['migration'];
const declared = Object.values(schema).filter((one) => one instanceof SQLiteTable);

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
}
const columns = (table: string) => sqlite.pragma(`table_info("${table}")`) as Column[];
const tables = sqlite
  .prepare<[], { name: string; strict: number }>(
    "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  .all();

describe('the schema in code and the migrated database', () => {
  it('have the same tables', () => {
    const names = declared.map((table) => getTableConfig(table).name);
    expect(names.length).toBeGreaterThan(10);
    expect([...names, ...OURS].sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  test.each(declared.map((table) => getTableConfig(table)))('$name, column by column', (table) => {
    const ours = table.columns.map((column) => ({
      name: column.name,
      type: column.getSQLType().toUpperCase(),
      notnull: column.notNull,
    }));
    const theirs = columns(table.name).map(({ name, type, notnull }) => ({
      name,
      type,
      notnull: notnull === 1,
    }));
    expect(ours).toEqual(theirs);
    const composite = table.primaryKeys.flatMap((key) => key.columns.map(({ name }) => name));
    const single = table.columns.filter(({ primary }) => primary).map(({ name }) => name);
    const keys = columns(table.name).filter(({ pk }) => pk > 0);
    keys.sort((a, b) => a.pk - b.pk);
    expect([...single, ...composite]).toEqual(keys.map(({ name }) => name));
  });

  test.each(declared.map((table) => getTableConfig(table)))('$name, its defaults', (table) => {
    const defaults = sqlite.pragma(`table_info("${table.name}")`) as {
      name: string;
      dflt_value: string | null;
    }[];
    for (const column of table.columns) {
      const found = defaults.find(({ name }) => name === column.name)?.dflt_value ?? null;
      const written = column.hasDefault ? column.mapToDriverValue(column.default) : null;
      const expected = typeof written === 'string' ? `'${written}'` : (written?.toString() ?? null);
      expect(found, column.name).toBe(expected);
    }
  });
});

describe('the database', () => {
  it('is STRICT in every table', () => {
    expect(tables.filter(({ strict }) => strict !== 1)).toEqual([]);
  });

  it('has a foreign key wherever a column names a row of another table', () => {
    // The party of an attendance is a seat or a guest; the current item goes with its agenda; a
    // second paper has its row in the file of the ballots.
    const free = [
      'attendance.party_id',
      'session.current_item_id',
      'ballot.second_id',
      'audit.hash',
      'file.hash',
    ];
    const referring = tables.flatMap(({ name }) =>
      columns(name)
        .filter((column) =>
          /_id$|^(?:issued_by|created_by|notice_seq|post_seq|told_seq|hash)$/.test(column.name),
        )
        .map((column) => `${name}.${column.name}`)
        .filter((column) => !free.includes(column)),
    );
    const keys = tables.flatMap(({ name }) =>
      (sqlite.pragma(`foreign_key_list("${name}")`) as { from: string }[]).map(
        ({ from }) => `${name}.${from}`,
      ),
    );
    expect(referring.length).toBeGreaterThan(12);
    expect(keys.sort()).toEqual(referring.sort());
  });

  it('refuses a row that refers to nobody', () => {
    const insert = "INSERT INTO replay VALUES ('nobody', 'k', 'r', 's', 0)";
    expect(() => sqlite.exec(insert)).toThrow('FOREIGN KEY constraint failed');
    expect(sqlite.prepare('SELECT count(*) FROM replay').pluck().get()).toBe(0);
  });

  it('is opened as the design asks', () => {
    const pragma = (name: string) => sqlite.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('secure_delete')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
  });

  it('tells of what another connection wrote, and not of its own', () => {
    const other = openDatabase(t.services.db.file);
    const before = t.services.db.foreignChanges();
    sqlite.exec("INSERT INTO installation VALUES ('own', '1')");
    expect(t.services.db.foreignChanges()).toBe(before);
    other.sqlite.exec("INSERT INTO installation VALUES ('other', '1')");
    expect(t.services.db.foreignChanges()).not.toBe(before);
    other.close();
  });
});
