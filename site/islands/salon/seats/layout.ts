import {
  around,
  type NameAt,
  nameAround,
  type Point,
  seatRadius,
  tenth,
} from '../../../lib/ring.ts';

/** Where the seats are drawn, in units of the drawing. No DOM. */
export const BOX = 360;
const CENTRE = BOX / 2;
const RING = 152;
/** More than these are told apart no longer round a table. */
export const MOST_ROUND = 40;
/** More names than these would run into each other round the ring. */
export const MOST_NAMED = 21;
/** Radius of the largest seat, and of the smallest that a number fits in. */
const LARGEST = 17;
const LEAST_NUMBERED = 9;

export interface Layout {
  readonly shape: 'ring' | 'grid';
  readonly height: number;
  /** Radius of each seat. */
  readonly radius: number;
  readonly numbered: boolean;
  readonly at: readonly Point[];
}

/** Round a table from the top, clockwise; in rows where a table has no room for them. */
export function layOut(count: number): Layout {
  return count <= MOST_ROUND ? ring(count) : grid(count);
}

function ring(count: number): Layout {
  const radius = seatRadius(count, { reach: RING, largest: LARGEST, apart: 1 });
  return {
    shape: 'ring',
    height: BOX,
    radius,
    numbered: radius >= LEAST_NUMBERED,
    at: Array.from({ length: count }, (_, index) => around(index, count, RING, CENTRE)),
  };
}

function grid(count: number): Layout {
  const columns = Math.ceil(Math.sqrt(count * 1.5));
  const cell = BOX / columns;
  const radius = cell * 0.4;
  return {
    shape: 'grid',
    height: tenth(Math.ceil(count / columns) * cell),
    radius,
    numbered: radius >= LEAST_NUMBERED,
    at: Array.from({ length: count }, (_, index) => ({
      x: tenth(((index % columns) + 0.5) * cell),
      y: tenth((Math.floor(index / columns) + 0.5) * cell),
    })),
  };
}

/** Beside its seat, outside the ring. */
export const nameAt = (index: number, count: number): NameAt =>
  nameAround(index, count, RING + LARGEST, CENTRE);

/** A circle as a piece of a path, so that thousands are one element. */
export const dot = ({ x, y }: Point, radius: number): string => {
  const r = tenth(radius);
  return `M${tenth(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
};

const HAN = /[^\u0020-\u00ff]/g;

/** A name cut to so many characters. */
export function cut(name: string, most: number): string {
  const letters = [...name];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
}

/** The size at which a text is no wider than `room`, between `least` and `most`. */
export function sizeFor(text: string, room: number, least: number, most: number): number {
  const wide = text.match(HAN)?.length ?? 0;
  const ems = wide + ([...text].length - wide) * 0.6;
  return tenth(Math.min(most, Math.max(least, room / Math.max(1, ems))));
}
