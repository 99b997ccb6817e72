/** What an agenda comes to. No DOM, no clock. */

export interface AgendaItem {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly topicId: string | null;
}
export interface Current {
  readonly item: string;
  readonly since: string;
}

export const sumOf = (items: readonly Pick<AgendaItem, 'minutes'>[]): number =>
  items.reduce((sum, { minutes }) => sum + minutes, 0);

/** 1 小时 30 分钟 */
export function lengthInWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} 小时`, (rest > 0 || hours === 0) && `${rest} 分钟`]
    .filter(Boolean)
    .join(' ');
}

const MINUTE = 60_000;

/** When each item begins and when all is over, if it goes as planned; moments. */
export function timesOf(startsAt: string, items: readonly Pick<AgendaItem, 'minutes'>[]) {
  let at = Date.parse(startsAt);
  const begins = items.map(({ minutes }) => {
    const begin = new Date(at).toISOString();
    at += minutes * MINUTE;
    return begin;
  });
  return { begins, ends: new Date(at).toISOString() };
}

/** @returns ms, negative once it is over its time; undefined where nothing is being dealt with */
export function timeLeft(
  items: readonly AgendaItem[],
  current: Current | null,
  now: number,
): number | undefined {
  const item = current && items.find(({ id }) => id === current.item);
  return item && current ? Date.parse(current.since) + item.minutes * MINUTE - now : undefined;
}

/** 还有 8 分钟; 还有 40 秒; 超时 2 分钟 */
export function leftInWords(ms: number): string {
  if (ms <= 0) return ms > -MINUTE ? '到时间了' : `超时 ${Math.floor(-ms / MINUTE)} 分钟`;
  return ms < MINUTE ? `还有 ${Math.ceil(ms / 1000)} 秒` : `还有 ${Math.ceil(ms / MINUTE)} 分钟`;
}

/** The item before or after the one at hand; null before the first, undefined where there is none. */
export function neighbour(
  items: readonly AgendaItem[],
  current: Current | null,
  step: -1 | 1,
): string | null | undefined {
  const at = items.findIndex(({ id }) => id === current?.item);
  const next = at + step;
  if (next < -1 || next >= items.length) return undefined;
  return items[next]?.id ?? null;
}

/** The list with one item moved by a place; the same where it cannot be. */
export function moved<T>(items: readonly T[], from: number, step: -1 | 1): readonly T[] {
  const to = from + step;
  if (to < 0 || to >= items.length) return items;
  const without = items.filter((_, index) => index !== from);
  return [...without.slice(0, to), ...items.slice(from, from + 1), ...without.slice(to)];
}
