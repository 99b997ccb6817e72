import { fold } from '../../../../api/core/fold.ts';

/** The @ that is being typed. */
export interface Calling {
  /** Where its name begins, after the @. */
  readonly from: number;
  readonly typed: string;
}

const LONGEST = 20;
const SHOWN = 6;
const BEFORE_CARET = /@([\p{L}\p{N}·（）()]*)$/u;

/** @returns undefined where no name is being typed, as in the middle of an address */
export function callingAt(text: string, caret: number): Calling | undefined {
  const line = text.slice(Math.max(0, caret - LONGEST - 1), caret);
  const typed = BEFORE_CARET.exec(line)?.[1];
  if (typed === undefined) return undefined;
  const from = caret - typed.length;
  return /[a-z0-9]/i.test(text.charAt(from - 2)) ? undefined : { from, typed };
}

/** Names that begin with what was typed, then those that hold it. */
export function matching(names: readonly string[], typed: string): string[] {
  const wanted = fold(typed);
  const found = names.filter((name) => fold(name).includes(wanted));
  const [begin, hold] = [true, false].map((is) =>
    found.filter((name) => fold(name).startsWith(wanted) === is),
  );
  return [...(begin ?? []), ...(hold ?? [])].slice(0, SHOWN);
}
