const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
});
const CLOCK = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** 2026年11月22日(周日) @param iso a moment, or a day */
export function dayInWords(iso: string): string {
  const parts = Object.fromEntries(
    DAY.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  return `${parts['year']}年${parts['month']?.replace('月', '')}月${parts['day']}日(${parts['weekday']})`;
}

/** 2026年11月22日(周日) 09:30 */
export const momentInWords = (iso: string): string => `${dayInWords(iso)} ${clockOf(iso)}`;

/** 09:30 @param iso a moment */
export const clockOf = (iso: string): string => CLOCK.format(new Date(iso));

/** 11月22日(周日): where the year stands beside it. */
export const dayOfYear = (iso: string): string => dayInWords(iso).replace(/^\d+年/, '');

/** 11月22日(周日) 20:00 */
export const momentOfYear = (iso: string): string => `${dayOfYear(iso)} ${clockOf(iso)}`;

/** 2026年11月 @param month '2026-11' */
export const monthInWords = (month: string): string =>
  `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

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

const HOUR_MS = 3600_000;

/** 还有 3 天; to stand beside a date, never alone. Empty once it has passed. @param now in ms */
export function timeLeft(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  if (left <= 0) return '';
  if (left < HOUR_MS) return `还有 ${Math.ceil(left / 60_000)} 分钟`;
  if (left < 48 * HOUR_MS) return `还有 ${Math.floor(left / HOUR_MS)} 小时`;
  return `还有 ${Math.floor(left / (24 * HOUR_MS))} 天`;
}
