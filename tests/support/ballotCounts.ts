import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect } from 'vitest';
import type { TestApp } from './testApp.ts';

/** A ballot's row in either file, with what is stored of it. */
interface Counted {
  readonly id: string;
  readonly phase: string;
  readonly signedFor: number;
  readonly votes: number;
  readonly due: number | null;
  readonly attending: number | null;
  readonly issued: number | null;
}

/** §6, always: cast ≤ issued ≤ attending ≤ due, in the files as they are; and one end at most. */
export function expectBallotCounts({ dir, services }: Pick<TestApp, 'dir' | 'services'>): void {
  const file = new SqliteDatabase(join(dir, 'ballots.db'), { readonly: true });
  try {
    const rows = file
      .prepare<[], Counted>(
        `SELECT id, phase, due, attending, issued,
           (SELECT count(*) FROM issued WHERE ballot = ballot.id) AS signedFor,
           (SELECT count(*) FROM "cast" WHERE ballot = ballot.id) AS votes FROM ballot`,
      )
      .all();
    const { sqlite } = services.db;
    const onRoll = sqlite
      .prepare<[string, string], number>(
        `SELECT count(*) FROM ballot_roll WHERE ballot_id IN
           (SELECT id FROM ballot WHERE id = ? OR second_id = ?)`,
      )
      .pluck();
    const seats = sqlite.prepare<[], number>('SELECT count(*) FROM seat').pluck().get() ?? 0;
    for (const { id, phase, signedFor, votes, due, attending, issued } of rows) {
      const roll = onRoll.get(id, id) ?? 0;
      const chain = [votes, issued ?? signedFor, attending ?? roll, due ?? seats];
      expect([id, phase, chain]).toEqual([id, phase, chain.toSorted((a, b) => a - b)]);
      expect(signedFor).toBeLessThanOrEqual(roll);
      if (issued !== null) expect(signedFor).toBe(issued);
    }
    const settled = "SELECT count(*) FROM audit WHERE action = 'ballot.settle' AND subject = ?";
    const decided = sqlite.prepare<[], { id: string; state: string }>('SELECT * FROM ballot').all();
    for (const { id, state } of decided) {
      expect(sqlite.prepare(settled).pluck().get(id)).toBe(state === 'decided' ? 1 : 0);
    }
  } finally {
    file.close();
  }
}
