import type { TestApp } from './testApp.ts';

/**
 * Every row of every table, to see that a refusal changed nothing.
 * @param except tables that may change all the same, e.g. counters of failures
 */
export function dump({ services }: Pick<TestApp, 'services'>, except: readonly string[] = []) {
  const { sqlite } = services.db;
  const tables = sqlite
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return Object.fromEntries(
    tables
      .filter((name) => !except.includes(name))
      .map((name) => [name, sqlite.prepare(`SELECT * FROM "${name}"`).all()]),
  );
}
