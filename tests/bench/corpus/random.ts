/** A small seeded generator (mulberry32): the same corpus on every machine. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, below). */
  below(limit: number): number;
  /** An integer in [low, high]. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of a non-empty list. Throws RangeError on an empty one. */
  pick<T>(list: readonly T[]): T;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const found = list[below(list.length)];
      if (found === undefined) throw new RangeError('pick: empty list');
      return found;
    },
  };
}

/**
 * A rank 0 … size-1 with probability near 1 / (rank + 1 + shift) ** exponent (Zipf–Mandelbrot), by
 * inverting the integral. `exponent` is not 1.
 */
export function zipfRank(random: Random, size: number, exponent: number, shift = 0): number {
  const power = 1 - exponent;
  const low = (1 + shift) ** power;
  const high = (size + 1 + shift) ** power;
  const drawn = (low + random.next() * (high - low)) ** (1 / power) - 1 - shift;
  return Math.min(size - 1, Math.floor(drawn));
}
