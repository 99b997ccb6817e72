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

/** The same with each table in one text: compared in a fifth of the time, by who asks a thousand times. */
export const dumpTexts = (t: Pick<TestApp, 'services'>): Record<string, string> =>
  Object.fromEntries(Object.entries(dump(t)).map(([name, rows]) => [name, JSON.stringify(rows)]));
