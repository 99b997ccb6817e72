/**
 * Every length of the 会议纪要, by GB/T 9704—2012. Twips (1/1440 inch) unless it says otherwise;
 * where a length is no whole number of twips it is rounded so that the grid still fits.
 */

const mm = (length: number): number => Math.round((length * 1440) / 25.4);
const pt = (length: number): number => length * 20;

/** Sizes of type in points. */
export const SIZE = { mark: 36, second: 22, third: 16, fourth: 14 } as const;

export const PAGE = { width: mm(210), height: mm(297) } as const;

/** 天头 37, 订口 28: with mirrored margins `left` is the inner side, left on odd pages. */
export const MARGIN = {
  top: mm(37),
  bottom: mm(35),
  left: mm(28),
  right: mm(26),
  gutter: 0,
} as const;

/** 版心: 156 × 225 mm. */
export const AREA = {
  width: PAGE.width - MARGIN.left - MARGIN.right,
  height: PAGE.height - MARGIN.top - MARGIN.bottom,
} as const;

const LINES = 22;
const CHARACTERS = 28;

/**
 * The grid. A line gets the 22nd part of the height, whole twips. `charSpace` is what Word adds to
 * each character of the default size, in 1/4096 pt: the 28th part of the width less 三号, 16 pt.
 * Both are rounded down, since one twip too much would push out the last line or character.
 */
export const GRID = {
  linePitch: Math.floor(AREA.height / LINES),
  charSpace: Math.floor((AREA.width / pt(1) / CHARACTERS - SIZE.third) * 4096),
} as const;

/**
 * Twips by which each 三号 character is narrowed so that 28 go into a line. One more than needed, as
 * LibreOffice takes the line for 28 whole cells of the grid, a little less than the 版心.
 */
export const CHARACTER_SPACING = Math.floor(AREA.width / CHARACTERS) - pt(SIZE.third) - 1;

/** Widths of so many characters of the grid. */
export const characters = (count: number): number => Math.round((count * AREA.width) / CHARACTERS);
export const lines = (count: number): number => count * GRID.linePitch;

/** The mark: its top is 35 mm below that of the 版心. Two blank lines follow, then the number. */
export const MARK = { above: mm(35), below: lines(2), line: pt(SIZE.mark) } as const;

/** The red rule, 4 mm below the number line (borders keep whole points: 11 pt). Two blank lines follow. */
export const RED_RULE = { space: 11, size: 16, below: lines(2), color: 'FF0000' } as const;

/** Rules of the 版记 in eighths of a point: 0.35 mm outside, 0.25 mm inside. */
export const RULE = { outer: 8, inner: 6 } as const;
/** Height of the paragraph that bears a rule of the 版记. */
export const RULE_LINE = pt(1);

/** One character of 四号: how far the 版记 and the page number stand in. */
export const FOURTH_CHARACTER = pt(SIZE.fourth);

/**
 * The page number's dash stands 7 mm below the 版心. In 宋体 it lies a little above the middle of
 * the character, 0.48 of its height from the top; hence where the footer's one line begins and,
 * since Word counts from the paper's edge to the footer's bottom, its distance.
 */
const FOOTER_TOP = mm(7) - Math.round(0.48 * pt(SIZE.fourth));
export const FOOTER = MARGIN.bottom - FOOTER_TOP - pt(SIZE.fourth);
export const HEADER = mm(20);

/** The table of action items: with half a rule at each side it is as wide as the 版心. */
const TABLE_RULE = 4;
const TABLE_INSET = 5;
const UNIT_COLUMN = 2000;
const DUE_COLUMN = 2600;
export const TABLE = {
  indent: TABLE_INSET,
  columns: [AREA.width - 2 * TABLE_INSET - UNIT_COLUMN - DUE_COLUMN, UNIT_COLUMN, DUE_COLUMN],
  /** Eighths of a point. */
  rule: TABLE_RULE,
  padding: 80,
} as const;
