/** Where the seats of the sign-in ring are drawn, in units of the drawing. No DOM. */

/** More than these are counted instead of drawn round a table. */
export const MOST_ROUND = 60;
/** More names than these would run into each other. */
const MOST_NAMED = 24;
const RADIUS = 150;
const LARGEST = 17;
/** A number fits in a seat from this radius on. */
const LEAST_NUMBERED = 8;

export interface RingSeat {
  readonly x: number;
  readonly y: number;
  readonly name: {
    readonly x: number;
    readonly y: number;
    readonly anchor: 'start' | 'middle' | 'end';
  };
}
export interface Ring {
  readonly box: string;
  readonly radius: number;
  readonly numbered: boolean;
  readonly named: boolean;
  readonly seats: readonly RingSeat[];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Round the table from the top, clockwise. @param names whether there is room for them outside */
export function ringOf(count: number, names: boolean): Ring {
  const named = names && count <= MOST_NAMED;
  const radius = Math.min(LARGEST, RADIUS * Math.sin(Math.PI / Math.max(2, count)) - 1.5);
  const [wide, high] = named ? [320, 204] : [RADIUS + LARGEST + 4, RADIUS + LARGEST + 4];
  return {
    box: `${-wide} ${-high} ${2 * wide} ${2 * high}`,
    radius: tenth(radius),
    numbered: radius >= LEAST_NUMBERED,
    named,
    seats: Array.from({ length: count }, (_, index) => seatAt(index, count)),
  };
}

function seatAt(index: number, count: number): RingSeat {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const level = Math.abs(cos) < 0.1;
  const reach = RADIUS + LARGEST + (level ? 15 : 9);
  return {
    x: tenth(RADIUS * cos),
    y: tenth(RADIUS * sin),
    name: {
      x: tenth(reach * cos),
      y: tenth(reach * sin),
      anchor: level ? 'middle' : cos > 0 ? 'start' : 'end',
    },
  };
}

/** A name cut to so many characters. */
export function cut(name: string, most: number): string {
  const letters = [...name];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
}
