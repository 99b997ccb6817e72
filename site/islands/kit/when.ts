import { dayInWords, momentInWords } from './time.ts';

/** 11月22日(周日): where the year stands beside it. */
export const dayOfYear = (iso: string): string => dayInWords(iso).replace(/^\d+年/, '');

/** 11月22日(周日) 20:00 */
export const momentOfYear = (iso: string): string => momentInWords(iso).replace(/^\d+年/, '');

/** 09:30 */
export const clockOf = (iso: string): string => momentInWords(iso).slice(-5);

/** 2026年11月 @param month 2026-11 */
export const monthInWords = (month: string): string =>
  `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

const HOUR_MS = 3600_000;

/** 还有 3 天; to stand beside a date, never alone. Empty once it has passed. */
export function timeLeft(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  if (left <= 0) return '';
  if (left < HOUR_MS) return `还有 ${Math.ceil(left / 60_000)} 分钟`;
  if (left < 48 * HOUR_MS) return `还有 ${Math.floor(left / HOUR_MS)} 小时`;
  return `还有 ${Math.floor(left / (24 * HOUR_MS))} 天`;
}
