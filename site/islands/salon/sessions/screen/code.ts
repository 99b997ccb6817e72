/** When the sign-in code on a screen is fetched, changes and is no longer any good. Pure; ms. */

export interface Code {
  readonly code: string;
  /** When the next one comes, at the server. */
  readonly changesAt: string;
  readonly seconds: number;
}

/** A little after the change, so that the next one is there to be fetched. */
const AFTER = 250;
/** Between tries that brought nothing. */
const AGAIN = 2000;

/** @returns how long to wait before the next code is asked for */
export function untilNext(code: Code | undefined, now: number): number {
  const left = code ? Date.parse(code.changesAt) - now : 0;
  return left > 0 ? left + AFTER : AGAIN;
}

/** The share of its time that a code is still shown for, 1 to 0. */
export const shareLeft = ({ changesAt, seconds }: Code, now: number): number =>
  Math.min(1, Math.max(0, (Date.parse(changesAt) - now) / (seconds * 1000)));

/** A code is accepted while it is shown, and as long again (salon-rules §3). */
export const isGood = ({ changesAt, seconds }: Code, now: number): boolean =>
  now < Date.parse(changesAt) + seconds * 1000;
