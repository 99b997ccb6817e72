const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Asia/Shanghai, 'YYYY-MM-DD'. @param ms since 1970 */
export const dayOf = (ms: number): string => DAY.format(ms);

/** The month in Asia/Shanghai, 'YYYY-MM'. @param ms since 1970 */
export const monthOf = (ms: number): string => dayOf(ms).slice(0, 7);

/** The time of day in Asia/Shanghai, 'HH:MM'. China keeps no summer time. @param ms since 1970 */
export const timeOf = (ms: number): string =>
  new Date(ms + 8 * 3600_000).toISOString().slice(11, 16);

/** A moment in Asia/Shanghai, in milliseconds since 1970. @param time 'HH:MM' */
export const momentOf = (day: string, time: string): number =>
  Date.parse(`${day}T${time}:00+08:00`);

/** @param day 'YYYY-MM-DD' */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
