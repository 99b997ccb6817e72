import { dayOf } from '../../core/day.ts';

/** How a session is opened and signed in to (salon-rules §3). Pure; times in ms since 1970. */

/** The stretch of time that one code is shown for. */
export const windowAt = (now: number, seconds: number): number =>
  Math.floor(now / (seconds * 1000));

/** When a code gives way to the next. */
export const windowEnds = (window: number, seconds: number): number =>
  (window + 1) * seconds * 1000;

/** A code is good while it is shown, and as long again. */
export const acceptedWindows = (now: number, seconds: number): readonly [number, number] => {
  const window = windowAt(now, seconds);
  return [window, window - 1];
};

/** @param digest base64url; its first 48 bits tell the digits */
export const sixDigits = (digest: string): string =>
  String(Buffer.from(digest, 'base64url').readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

/** On its day, or later when it began late. */
export const mayOpen = (now: number, startsAt: number): boolean => dayOf(now) >= dayOf(startsAt);

/** Who may sign others in by hand: the chair; the host while no chair is there to do it. */
export const maySignByHand = ({
  isChair,
  isHost,
  chairPresent,
}: {
  readonly isChair: boolean;
  readonly isHost: boolean;
  readonly chairPresent: boolean;
}): boolean => isChair || (isHost && !chairPresent);

/** A month as a number that sorts, for the cursor of a list: 202611. */
export const monthNumber = (month: string): number => Number(month.replace('-', ''));

/** The month of such a number. */
export const monthOfNumber = (number: number): string => {
  const digits = String(number).padStart(6, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
};

export interface Seated {
  readonly joinedOn: string;
  readonly retiredOn: string | null;
  readonly present: boolean;
}

/** Whether a seat belongs to the table of that day; whoever signed in does. */
export const isDue = ({ joinedOn, retiredOn, present }: Seated, day: string): boolean =>
  present || (joinedOn <= day && (retiredOn === null || retiredOn > day));
