const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Asia/Shanghai, 'YYYY-MM-DD'. @param ms since 1970 */
export const dayOf = (ms: number): string => DAY.format(ms);
