import type { Counted } from '../api/load.ts';
import { percentile, putLoad } from '../api/loads.ts';
import type { Measured } from '../api/processes.ts';
import { median } from '../measure/summary.ts';
import type { SalonDatabase } from './database.ts';
import { mixed } from './pages.ts';
import { LARGE } from './plan.ts';

/** One person reads a page every two seconds. */
export const READERS = 100;
export const READERS_RATE = 50;

export type Spread = { p50: number; p99: number };

export const spread = (latencies: readonly number[]): Spread => ({
  p50: percentile(latencies, 0.5),
  p99: percentile(latencies, 0.99),
});

/** Of several rounds: the median of each figure. */
export const middle = (rounds: readonly Spread[]): Spread => ({
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
});

export const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** A row of a table: what was measured, and what it should be. */
export const spreadRow = (name: string, { p50, p99 }: Spread, target: string): string[] => [
  name,
  ms(p50),
  ms(p99),
  target,
];

/** The salon's pages, read by many at a rate. */
export function readPages(
  { cookies }: SalonDatabase,
  { port }: Measured,
  { rate = READERS_RATE, seconds }: { readonly rate?: number; readonly seconds: number },
): Promise<Counted> {
  const own = (cookies[LARGE.slug] ?? []).slice(0, READERS);
  const kind = mixed(LARGE, own, Math.ceil(rate * seconds));
  return putLoad({ kind, cookies: [], port, rate, seconds, connections: READERS });
}
