/** Which backups to keep: pure, by age alone. */

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Asia/Shanghai has no summer time. */
const OFFSET = 8 * HOUR;

/** Backups of the last day are all kept; then one a day, a week, a month. */
const TIERS: readonly { readonly until: number; readonly period: (at: number) => string }[] = [
  { until: DAY, period: String },
  { until: 7 * DAY, period: (at) => `day ${Math.floor((at + OFFSET) / DAY)}` },
  // 1970-01-01 was a Thursday: three days on, weeks begin on Monday.
  { until: 35 * DAY, period: (at) => `week ${Math.floor((at + OFFSET + 3 * DAY) / (7 * DAY))}` },
  { until: 366 * DAY, period: (at) => `month ${new Date(at + OFFSET).toISOString().slice(0, 7)}` },
];

/**
 * @param times of all backups, milliseconds since 1970, in any order
 * @returns those to keep; of each period the newest, and the newest of all in any case
 */
export function backupsToKeep(times: readonly number[], now: number): Set<number> {
  const newestFirst = [...times].sort((a, b) => b - a);
  const kept = new Set(newestFirst.slice(0, 1));
  const taken = new Set<string>();
  for (const at of newestFirst) {
    const tier = TIERS.find(({ until }) => now - at <= until);
    if (!tier || taken.has(tier.period(at))) continue;
    taken.add(tier.period(at));
    kept.add(at);
  }
  return kept;
}
