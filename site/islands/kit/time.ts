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
export const momentInWords = (iso: string): string =>
  `${dayInWords(iso)} ${CLOCK.format(new Date(iso))}`;
