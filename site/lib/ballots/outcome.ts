import type { ChooseBulletin, Counts, MostRule } from './bulletinShape.ts';

/** `5 × against > 3 × attending`, both sides in full. Exactly 60% does not recall. */
export function recallOf(against: number, attending: number) {
  const left = against * 5;
  const right = attending * 3;
  const sign = left === right ? '=' : left > right ? '>' : '<';
  return {
    recalled: sign === '>',
    exact: sign === '=',
    sum: `${against} × 5 = ${left} ${sign} ${attending} × 3 = ${right}`,
  };
}

export interface Candidate {
  readonly label: string;
  readonly votes: number;
}

/**
 * Whoever has the votes to stand and fewer than `places` others beat, or tie with, is in; a tie at the
 * cut waits for a run-off.
 */
export function electedOf(
  options: ChooseBulletin['paper']['options'],
  counts: Counts,
  { places, least }: Pick<MostRule, 'places' | 'least'>,
) {
  const all: readonly Candidate[] = options
    .map(({ id, label }) => ({ label, votes: counts[id] ?? 0 }))
    .filter(({ votes }) => votes >= least)
    .sort((a, b) => b.votes - a.votes);
  const reaching = (own: number) => all.filter(({ votes }) => votes >= own).length;
  const elected = all.filter(({ votes }) => reaching(votes) <= places);
  const left = places - elected.length;
  const next = all[elected.length]?.votes;
  const tied = left > 0 ? all.filter(({ votes }) => votes === next) : [];
  return { elected, tied, left };
}
