/** Every fixed word of the 会议纪要, and how numbers, dates and names are written in it. */

export const WORDS = {
  draft: '草稿，未公布',
  time: '时间：',
  place: '地点：',
  chair: '主持人：',
  recorder: '记录人：',
  actions: '办理事项',
  what: '事项',
  unit: '责任单位',
  due: '办结时限',
  attachments: '附件：',
  attendance: '应到：',
  present: '出席：',
  leave: '请假：',
  guests: '列席：',
  corrections: '更正：',
  copies: '抄送：',
  issued: '印发',
  unissued: '未印发',
} as const;

const NUMERALS = '零一二三四五六七八九';

/** @param number 1 to 99 @returns e.g. 十一 */
export function chineseNumeral(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10 === 0 ? '' : NUMERALS.charAt(number % 10);
  if (tens === 0) return ones;
  return `${tens === 1 ? '' : NUMERALS.charAt(tens)}十${ones}`;
}

/** @returns 2026年3月9日 for '2026-03-09'; any other text as it is */
export function chineseDate(text: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? text : `${year}年${Number(month)}月${Number(day)}日`;
}

/** What XML 1.0 cannot hold, even escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
export const writable = (text: string): string => text.replace(UNWRITABLE, '');

/** One line: what was typed, without breaks. A full-width space stays: it sets names apart. */
export const oneLine = (text: string): string =>
  writable(text)
    .replace(/[^\S\u3000]+/g, ' ')
    .trim();

/** The paragraphs of typed prose, without the spaces people indent them with. */
export const paragraphsOf = (text: string): string[] =>
  writable(text)
    .split(/[\n\r\u2028\u2029]+/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== '');
