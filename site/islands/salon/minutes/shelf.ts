import { dropKept, keep, readKept } from '../../../lib/kept.ts';
import type { Draft } from './draft.ts';

/** What was typed and is not at the server yet, with the version it was typed on. */
export interface Copy {
  readonly version: number;
  readonly draft: Draft;
}

const isCopy = (value: unknown): value is Copy =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  'draft' in value;

/** A place in this browser for one person's copy of one session's minutes. */
export interface Shelf {
  readonly read: () => Copy | undefined;
  /** @returns whether the browser lets pages keep anything */
  readonly keep: (copy: Copy) => boolean;
  readonly drop: () => void;
}

export function shelfAt(person: string, salon: string, number: number): Shelf {
  const key = `minutes:${person}:${salon}:${number}`;
  return {
    read() {
      const value = readKept(key);
      return isCopy(value) ? value : undefined;
    },
    keep: (copy) => keep(key, copy),
    drop: () => dropKept(key),
  };
}
