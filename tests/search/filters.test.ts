import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Choice,
  FACETS,
  narrow,
  optionsOf,
  readChoice,
  writeChoice,
} from '../../site/islands/search/filters.ts';
import type { Facets } from '../../site/lib/search/format.ts';

const KEYS = FACETS.map(([key]) => key);
const VALUES = ['党建', '网格', '物业', '四川省', 'a&b=c+d %'];

/** What each page is: facet → values. The index holds it the other way round. */
type Page = Partial<Record<(typeof KEYS)[number], string[]>>;

const anyPage = fc.record(
  Object.fromEntries(KEYS.map((key) => [key, fc.subarray(VALUES)])) as Record<
    (typeof KEYS)[number],
    fc.Arbitrary<string[]>
  >,
  { requiredKeys: [] },
);
const anyChoice: fc.Arbitrary<Choice> = fc
  .dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES, '没有'), { maxKeys: 3 })
  .map((choice) => ({ ...choice }));

function facetsOf(library: readonly Page[]): Facets {
  const facets: Facets = {};
  for (const key of KEYS) {
    for (const value of VALUES) {
      const held = [...library.keys()].filter((page) => library[page]?.[key]?.includes(value));
      if (held.length > 0) facets[key] = { ...facets[key], [value]: held };
    }
  }
  return facets;
}

const fits = (page: Page | undefined, choice: Choice) =>
  KEYS.every((key) => choice[key] === undefined || page?.[key]?.includes(choice[key]));

const library = fc.array(anyPage, { maxLength: 12 });

describe('narrow', () => {
  it('keeps the pages that have every chosen value, in their order', () => {
    fc.assert(
      fc.property(library, anyChoice, fc.infiniteStream(fc.nat()), (pages, choice, order) => {
        const found = [...pages.keys()]
          .map((page): [number, number] => [order.next().value ?? 0, page])
          .sort(([a], [b]) => a - b)
          .map(([, page]) => page);
        const truth = found.filter((page) => fits(pages[page], choice));
        expect(narrow(found, choice, facetsOf(pages))).toEqual(truth);
      }),
    );
  });

  it('finds nothing, and does not fail, for a value or facet that is not there', () => {
    const facets: Facets = { theme: { 党建: [0] } };
    for (const value of ['没有', 'constructor', '__proto__', 'toString']) {
      expect(narrow([0], { theme: value }, facets)).toEqual([]);
      expect(narrow([0], { level: value }, facets)).toEqual([]);
      expect(optionsOf([0], { theme: value }, facets).theme).toEqual([{ value: '党建', count: 1 }]);
    }
  });
});

describe('optionsOf', () => {
  it('counts what each value would leave, the other facets as chosen', () => {
    fc.assert(
      fc.property(library, anyChoice, (pages, choice) => {
        const found = [...pages.keys()].filter((page) => page % 3 !== 1);
        const options = optionsOf(found, choice, facetsOf(pages));
        expect(Object.keys(options)).toEqual(KEYS);
        for (const key of KEYS) {
          for (const value of VALUES) {
            const wanted = { ...choice, [key]: value };
            const left = found.filter((page) => fits(pages[page], wanted)).length;
            const exists = pages.some((page) => page[key]?.includes(value));
            const offered = options[key].find((option) => option.value === value)?.count;
            const kept = left > 0 || (exists && choice[key] === value);
            expect([key, value, offered]).toEqual([key, value, kept ? left : undefined]);
          }
          const counts = options[key].map(({ count }) => count);
          expect(counts).toEqual(counts.toSorted((a, b) => b - a));
        }
      }),
    );
  });
});

describe('in the address', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        expect(readChoice(new URLSearchParams(writeChoice(choice).toString()))).toEqual(choice);
      }),
    );
  });

  it('takes no other parameter and no empty value', () => {
    expect(readChoice(new URLSearchParams('q=网格&theme=&level=市&wuguan=1'))).toEqual({
      level: '市',
    });
    expect(writeChoice({}).toString()).toBe('');
  });
});
