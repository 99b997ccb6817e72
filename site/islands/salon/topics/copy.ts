import { dropKept, keep, readKept } from '../../../lib/kept.ts';

/** What is typed of a topic, and the copy of it that this browser keeps until the server has it. */

export interface Text {
  readonly title: string;
  readonly situation: string;
  readonly tried: string;
  readonly invite: string;
  readonly cases: readonly string[];
}

export const EMPTY: Text = { title: '', situation: '', tried: '', invite: '', cases: [] };

export interface Copy {
  /** Of the draft; undefined until the server has one. */
  readonly id?: string | undefined;
  readonly text: Text;
  /** What the server is known to have. */
  readonly base: Text;
  /** A beginning that no answer came to: sent again as it was, so that no second draft comes of it. */
  readonly begun?: { readonly key: string; readonly text: Text } | undefined;
  readonly againOf?: string | undefined;
}

export const isSame = (a: Text, b: Text): boolean =>
  a.title === b.title &&
  a.situation === b.situation &&
  a.tried === b.tried &&
  a.invite === b.invite &&
  a.cases.join() === b.cases.join();

/**
 * Which text to go on with: what the server has, what this browser kept, or, where both have been
 * written on apart, whichever the person says.
 */
export function choose(server: Text, kept: Copy | undefined): 'server' | 'kept' | 'ask' {
  if (!kept || isSame(kept.text, kept.base) || isSame(kept.text, server)) return 'server';
  return isSame(kept.base, server) ? 'kept' : 'ask';
}

type Named = Pick<Copy, 'id' | 'againOf'>;

/** One for each person: a phone or an office computer may be shared. */
const nameOf = (person: string, salon: string, { id, againOf }: Named): string =>
  `topic:${person}:${salon}:${id ?? (againOf ? `again-${againOf}` : 'new')}`;

export interface Shelf {
  readonly read: (of: Named) => Copy | undefined;
  /** @returns whether this browser could keep it */
  readonly keep: (copy: Copy) => boolean;
  readonly drop: (of: Named) => void;
}

/** The copies of one person in one salon. */
export function shelfOf(person: string, salon: string): Shelf {
  return {
    read(of) {
      const kept = readKept(nameOf(person, salon, of));
      return isCopy(kept) ? kept : undefined;
    },
    keep: (copy) => keep(nameOf(person, salon, copy), copy),
    drop: (of) => dropKept(nameOf(person, salon, of)),
  };
}

const isCopy = (value: unknown): value is Copy =>
  typeof value === 'object' && value !== null && 'text' in value && 'base' in value;
