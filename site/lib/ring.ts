/** Seats round a table, clockwise from the top, in units of the drawing. No DOM. */

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** How a name stands to its point, as SVG's `text-anchor` has it. */
export type Side = 'start' | 'middle' | 'end';

export const tenth = (value: number): number => Math.round(value * 10) / 10;

const angleOf = (index: number, count: number): number =>
  (2 * Math.PI * index) / count - Math.PI / 2;

/**
 * @param reach from the middle of the table
 * @param middle of the table, on either axis
 */
export function around(index: number, count: number, reach: number, middle = 0): Point {
  const angle = angleOf(index, count);
  return {
    x: tenth(middle + reach * Math.cos(angle)),
    y: tenth(middle + reach * Math.sin(angle)),
  };
}

/** At the top and the bottom a name stands above and below its seat, elsewhere beside it. */
export function sideOf(index: number, count: number): Side {
  const cos = Math.cos(angleOf(index, count));
  if (Math.abs(cos) < 0.1) return 'middle';
  return cos > 0 ? 'start' : 'end';
}

export interface NameAt extends Point {
  readonly side: Side;
}

/** A name outside the ring. @param edge how far out the seats themselves reach */
export function nameAround(index: number, count: number, edge: number, middle = 0): NameAt {
  const side = sideOf(index, count);
  return { ...around(index, count, edge + (side === 'middle' ? 16 : 10), middle), side };
}

interface Room {
  /** From the middle of the table to the middle of a seat. */
  readonly reach: number;
  readonly largest: number;
  /** Half of what stays free between two. */
  readonly apart: number;
}

/** The radius at which no seat touches the next. */
export const seatRadius = (count: number, { reach, largest, apart }: Room): number =>
  Math.min(largest, reach * Math.sin(Math.PI / Math.max(2, count)) - apart);
