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
export class Shelf {
  readonly #key: string;

  constructor(person: string, salon: string, number: number) {
    this.#key = `minutes:${person}:${salon}:${number}`;
  }

  read(): Copy | undefined {
    const value = readKept(this.#key);
    return isCopy(value) ? value : undefined;
  }

  /** @returns whether the browser lets pages keep anything */
  keep(copy: Copy): boolean {
    return keep(this.#key, copy);
  }

  drop(): void {
    dropKept(this.#key);
  }
}
