/** How a text spreads over characters and their sequences; Han characters only, in unbroken runs. */
export type TextStatistics = {
  characters: number;
  distinct: { 1: number; 2: number; 3: number; 4: number };
  /** Share of all unigrams / bigrams that the commonest one has, 0–1. */
  commonest: { character: string; characterShare: number; bigram: string; bigramShare: number };
};

type Tally = { total: number; counts: Map<string, number> };

function tally(runs: readonly string[], size: number): Tally {
  const counts = new Map<string, number>();
  let total = 0;
  for (const run of runs) {
    for (let at = 0; at + size <= run.length; at += 1) {
      const gram = run.slice(at, at + size);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
      total += 1;
    }
  }
  return { total, counts };
}

function commonest({ total, counts }: Tally): { gram: string; share: number } {
  let gram = '';
  let most = 0;
  for (const [candidate, count] of counts) {
    if (count > most) [gram, most] = [candidate, count];
  }
  return { gram, share: total === 0 ? 0 : most / total };
}

/** Statistics of the first `limit` Han characters of the texts (all of them by default). */
export function measureText(
  texts: Iterable<string>,
  limit = Number.POSITIVE_INFINITY,
): TextStatistics {
  const runs: string[] = [];
  let characters = 0;
  for (const text of texts) {
    for (const run of text.match(/\p{Script=Han}+/gu) ?? []) {
      if (characters >= limit) break;
      const kept = run.slice(0, limit - characters);
      runs.push(kept);
      characters += kept.length;
    }
    if (characters >= limit) break;
  }
  const single = tally(runs, 1);
  const double = tally(runs, 2);
  const character = commonest(single);
  const bigram = commonest(double);
  return {
    characters,
    distinct: {
      1: single.counts.size,
      2: double.counts.size,
      3: tally(runs, 3).counts.size,
      4: tally(runs, 4).counts.size,
    },
    commonest: {
      character: character.gram,
      characterShare: character.share,
      bigram: bigram.gram,
      bigramShare: bigram.share,
    },
  };
}
