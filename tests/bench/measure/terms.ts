import { createRandom } from '../corpus/random.ts';
import type { PlainPage } from '../corpus/store.ts';

export const LENGTHS = [1, 2, 4, 6] as const;
export const FREQUENCIES = ['rare', 'medium', 'common'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export const FREQUENCY_LABEL: Record<Frequency, string> = {
  rare: '少见',
  medium: '一般',
  common: '极常见',
};

export type Term = {
  text: string;
  length: number;
  frequency: Frequency;
  /** Slugs of the pages whose text holds the term. */
  pages: Set<string>;
};

const DRAWS = 400;

const runsOf = (page: PlainPage) => page.text.match(/\p{Script=Han}+/gu) ?? [];

/** How many pages hold each sequence of `length` characters. */
function documentFrequencies(pages: readonly PlainPage[], length: number): Map<string, number> {
  const frequencies = new Map<string, number>();
  for (const page of pages) {
    const here = new Set<string>();
    for (const run of runsOf(page)) {
      for (let at = 0; at + length <= run.length; at += 1) here.add(run.slice(at, at + length));
    }
    for (const gram of here) frequencies.set(gram, (frequencies.get(gram) ?? 0) + 1);
  }
  return frequencies;
}

/** Random places in the corpus: longer sequences are too many to count, and common ones turn up by themselves. */
export function drawTerms(
  pages: readonly PlainPage[],
  length: number,
  count: number,
  seed: number,
): string[] {
  const random = createRandom(seed);
  const drawn = new Set<string>();
  for (let tries = 0; drawn.size < count && tries < count * 100; tries += 1) {
    const run = random.pick(runsOf(random.pick(pages)));
    if (run.length < length) continue;
    const at = random.below(run.length - length + 1);
    drawn.add(run.slice(at, at + length));
  }
  return [...drawn];
}

/** Substring truth: the pages whose visible text holds the term. */
export const pagesWith = (pages: readonly PlainPage[], term: string): Set<string> =>
  new Set(pages.filter((page) => page.text.includes(term)).map((page) => page.slug));

/** Rarest, commonest, and those nearest to one page in fifty (or, for long terms, the middle between). */
function choose(sorted: readonly [string, number][], count: number, pages: number) {
  const rare = sorted.slice(0, count);
  const common = sorted.slice(-count);
  const most = sorted.at(-1)?.[1] ?? 1;
  const middle = Math.min(pages / 50, Math.sqrt(most));
  const medium = sorted
    .slice(count, -count)
    .sort((a, b) => Math.abs(a[1] - middle) - Math.abs(b[1] - middle))
    .slice(0, count);
  return { rare, medium, common };
}

/** `count` terms for each length and frequency, always the same for the same pages. */
export function chooseTerms(pages: readonly PlainPage[], count: number): Term[] {
  return LENGTHS.flatMap((length) => {
    const frequencies =
      length <= 2
        ? documentFrequencies(pages, length)
        : new Map(
            drawTerms(pages, length, DRAWS, length).map((term) => [
              term,
              pagesWith(pages, term).size,
            ]),
          );
    const shuffle = createRandom(length);
    const sorted = [...frequencies]
      .map((entry) => ({ entry, key: shuffle.next() }))
      .sort((a, b) => a.entry[1] - b.entry[1] || a.key - b.key)
      .map(({ entry }) => entry);
    const chosen = choose(sorted, count, pages.length);
    return FREQUENCIES.flatMap((frequency) =>
      chosen[frequency].map(([text]) => ({
        text,
        length,
        frequency,
        pages: pagesWith(pages, text),
      })),
    );
  });
}
