import type { SessionRow } from './read.ts';

type Ordered = Pick<SessionRow, 'state' | 'startsAt'>;

/** @param sessions newest month first, as the list comes */
export function byTime<T extends Ordered>(
  sessions: readonly T[],
): { readonly atHand: T | undefined; readonly later: readonly T[]; readonly past: readonly T[] } {
  const planned = sessions.filter(({ state }) => state === 'planned').reverse();
  const atHand = sessions.find(({ state }) => state === 'open') ?? planned[0];
  return {
    atHand,
    later: planned.filter((one) => one !== atHand),
    past: sessions.filter((one) => one.state === 'closed' || one.state === 'cancelled'),
  };
}
