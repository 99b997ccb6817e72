import {
  around,
  type NameAt,
  nameAround,
  type Point,
  seatRadius,
  tenth,
} from '../../../lib/ring.ts';

/** Where the seats of the sign-in ring are drawn, in units of the drawing. No DOM. */

/** More than these are counted instead of drawn round a table. */
export const MOST_ROUND = 60;
/** More names than these would run into each other. */
const MOST_NAMED = 24;
const RADIUS = 150;
const LARGEST = 18;
/** Of a name. */
const MOST_LETTERS = 6;
/** A number fits in a seat from this radius on. */
const LEAST_NUMBERED = 8;

export interface RingSeat extends Point {
  readonly name: NameAt;
}
export interface Ring {
  readonly box: string;
  readonly radius: number;
  readonly numbered: boolean;
  readonly named: boolean;
  readonly seats: readonly RingSeat[];
}

/** Round the table from the top, clockwise. @param names whether there is room for them outside */
export function ringOf(count: number, names: boolean): Ring {
  const named = names && count <= MOST_NAMED;
  const radius = seatRadius(count, { reach: RADIUS, largest: LARGEST, apart: 1.5 });
  const [wide, high] = named ? [276, 196] : [RADIUS + LARGEST + 4, RADIUS + LARGEST + 4];
  return {
    box: `${-wide} ${-high} ${2 * wide} ${2 * high}`,
    radius: tenth(radius),
    numbered: radius >= LEAST_NUMBERED,
    named,
    seats: Array.from({ length: count }, (_, index) => seatAt(index, count)),
  };
}

const seatAt = (index: number, count: number): RingSeat => ({
  ...around(index, count, RADIUS),
  name: nameAround(index, count, RADIUS + LARGEST),
});

/** Round a table of communities that word need not be said; a long name is cut. */
export function shortName(community: string): string {
  const letters = [...community.replace(/(?<=..)社区$/u, '')];
  return letters.length > MOST_LETTERS
    ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…`
    : letters.join('');
}
