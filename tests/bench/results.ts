import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeMachine } from './machine.ts';
import type { Part } from './options.ts';
import { benchDir } from './projects/paths.ts';

export const resultsFile = join(benchDir, 'results.json');

type Results = Record<string, unknown>;

/** Each part keeps its own machine, versions and date, since parts may be run on different days. */
export function saveResult(part: Part | 'corpus', started: Date, result: unknown): void {
  const before: Results = existsSync(resultsFile)
    ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results)
    : {};
  const now = {
    started: started.toISOString(),
    finished: new Date().toISOString(),
    machine: describeMachine(),
    result,
  };
  mkdirSync(dirname(resultsFile), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify({ ...before, [part]: now }, null, 2)}\n`);
}
