import type { SessionRow } from './read.ts';

type Ordered = Pick<SessionRow, 'state' | 'startsAt'>;

/** @param sessions newest month first, as the list comes */
export function byTime<T extends Ordered>(
  sessions: readonly T[],
): { readonly atHand: T | undefined; readonly later: readonly T[]; readonly past: readonly T[] } {
  const atHand =
    sessions.find(({ state }) => state === 'open') ??
    sessions.findLast(({ state }) => state === 'planned');
  const comes = ({ state, startsAt }: Ordered): boolean =>
    state === 'planned' ||
    (state === 'cancelled' && atHand !== undefined && startsAt > atHand.startsAt);
  return {
    atHand,
    later: sessions.filter((one) => one !== atHand && comes(one)).reverse(),
    past: sessions.filter((one) => one !== atHand && !comes(one)),
  };
}
