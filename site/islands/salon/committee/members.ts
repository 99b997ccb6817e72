import type { Committee, Member } from './read.ts';

/** Those in office now. */
export const sittingIn = ({ term }: Pick<Committee, 'term'>): readonly Member[] =>
  term?.members.filter(({ until }) => until === null) ?? [];

/** The membership of a seat that sits now. */
export const memberIn = (
  committee: Pick<Committee, 'term'>,
  seatId: string | undefined,
): Member | undefined => sittingIn(committee).find((one) => one.seatId === seatId);
