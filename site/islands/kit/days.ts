/** The day in Asia/Shanghai, '2026-11-22'. @param iso a moment, or a day */
export const dayOf = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(0, 10);

/** Whole days from one day to another in Asia/Shanghai; negative for one that is past. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000;

const NEAR = ['今天', '明天', '后天'];

/** 今天, 3 天后, 2 天前: only ever beside the date itself. @param now a moment */
export function fromToday(iso: string, now: string): string {
  const days = daysBetween(now, iso);
  return NEAR[days] ?? (days > 0 ? `${days} 天后` : `${-days} 天前`);
}
