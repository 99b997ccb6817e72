import type { Facets } from '../../lib/search/format.ts';

/** The facets a reader may choose from, in order, and how the address line names them. */
export const FACETS = [
  ['theme', '主题'],
  ['problem', '问题'],
  ['settlement', '小区类型'],
  ['level', '层级'],
  ['province', '省份'],
  ['completeness', '来源状况'],
] as const;

export type FacetKey = (typeof FACETS)[number][0];

/** One value a facet; none is no restriction. */
export type Choice = Partial<Record<FacetKey, string>>;

export interface Option {
  value: string;
  /** Pages left if this value were chosen. */
  count: number;
}

/** The pages of `pages` that fit the choice, in their order. */
export function narrow(pages: readonly number[], choice: Choice, facets: Facets): number[] {
  const sets = Object.entries(choice).map(([facet, value]) => {
    const values = facets[facet] ?? {};
    // The value comes from the address line: it may be any word, `constructor` too.
    return new Set(Object.hasOwn(values, value) ? values[value] : []);
  });
  return pages.filter((page) => sets.every((set) => set.has(page)));
}

/** What each facet offers among `pages`, given what is chosen in the other facets. */
export function optionsOf(
  pages: readonly number[],
  choice: Choice,
  facets: Facets,
): Record<FacetKey, Option[]> {
  const offer = (key: FacetKey): Option[] => {
    const { [key]: chosen, ...others } = choice;
    const left = new Set(narrow(pages, others, facets));
    return Object.entries(facets[key] ?? {})
      .map(([value, held]) => ({ value, count: held.filter((page) => left.has(page)).length }))
      .filter(({ value, count }) => count > 0 || value === chosen)
      .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'zh-CN'));
  };
  return Object.fromEntries(FACETS.map(([key]) => [key, offer(key)])) as Record<FacetKey, Option[]>;
}

export function readChoice(params: URLSearchParams): Choice {
  const choice: Choice = {};
  for (const [key] of FACETS) {
    const value = params.get(key);
    if (value) choice[key] = value;
  }
  return choice;
}

export function writeChoice(choice: Choice): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key] of FACETS) if (choice[key]) params.set(key, choice[key]);
  return params;
}
