import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../site/lib/search/engine.ts';
import { GRADE, type Grade, type Page, type Split } from '../../site/lib/search/format.ts';
import { buildTrie, type Trie } from '../../site/lib/search/trie.ts';
import {
  bruteForce,
  engineInPieces,
  engineOf,
  fetchFrom,
  filesOf,
  page,
  plainFold,
  seeded,
  substrings,
} from './corpus.ts';

/** The trie answers every query as a search through all texts would. */

const asked = async (engine: Engine, query: string): Promise<Map<number, Grade>> =>
  new Map((await engine.find(query)).map((hit) => [hit.page, hit.grade]));

/** Numbers sorted, so that a difference is readable. */
const listed = (found: ReadonlyMap<number, Grade>) => [...found].sort(([a], [b]) => a - b);

async function expectTruth(pages: readonly Page[], engine: Engine, queries: Iterable<string>) {
  for (const query of queries) {
    const truth = bruteForce(pages, plainFold(query));
    expect([query, listed(await asked(engine, query))]).toEqual([query, listed(truth)]);
  }
}

/** Few characters, so that texts repeat each other deeply; a pair of surrogates and dropped marks. */
const LETTERS = ['甲', '乙', '丙', 'a', '1', '𠮷', '𡈽', '“', ' ', 'Ａ'];
const textOver = (letters: number, longest: number) =>
  fc
    .array(fc.constantFrom(...LETTERS.slice(0, letters)), { maxLength: longest })
    .map((all) => all.join(''));
/** One or two letters over and over: stretches, and many texts ending at one node. */
const repetitive = fc
  .tuple(textOver(3, 2), fc.integer({ min: 0, max: 20 }), textOver(4, 2))
  .map(([unit, times, end]) => unit.repeat(times) + end);
const reading = fc
  .array(fc.constantFrom('a', 'ab', 'ba', '1', 'jia'), { maxLength: 4 })
  .map((all) => all.join(' '));

const anyPage = (letters: number) =>
  fc
    .record({
      title: textOver(letters, 4),
      names: fc.array(textOver(letters, 3), { maxLength: 2 }),
      gist: textOver(letters, 5),
      text: fc.array(fc.oneof(textOver(letters, 14), repetitive), { maxLength: 5 }),
      pinyin: fc.array(reading, { maxLength: 2 }),
    })
    // What a page shows includes its title and gist.
    .map((parts) => page({ ...parts, text: [parts.title, ...parts.text, parts.gist] }));

const corpus = fc.integer({ min: 1, max: LETTERS.length }).chain((letters) =>
  fc
    .tuple(
      fc.array(anyPage(letters), { maxLength: 30 }),
      // The same page many times: nothing ever tells its suffixes apart.
      fc.tuple(anyPage(letters), fc.integer({ min: 0, max: 20 })),
    )
    .map(([pages, [same, times]]) => [...pages, ...Array<Page>(times).fill(same)]),
);

/** From a file for every branch to one file for all. */
const fileBytes = fc.constantFrom(1, 12, 60, 300, 24 * 1024);

const everyText = (pages: readonly Page[]) => [
  ...new Set(
    pages.flatMap((one) => [one.title, ...one.names, one.gist, ...one.text]).map(plainFold),
  ),
];

const changedAt = (text: string, at: number) =>
  at < text.length ? `${text.slice(0, at)}丁${text.slice(at + 1)}` : '';

/** All that occurs, and as much that nearly does. */
function queriesOf(pages: readonly Page[]): Set<string> {
  const texts = everyText(pages);
  const occurring = texts.flatMap((text) => [...substrings(text, 4), text]);
  const tooLong = texts.map((text) => `${text}${text}甲`);
  const changed = occurring.flatMap((text) => [`${text}乙`, `${text}1`, `丁${text}`]);
  // Where all pages go on alike, only the length of the stretch is written.
  const inside = occurring.flatMap((text) => [1, 2].map((at) => changedAt(text, at)));
  const latin = ['a', 'ab', 'abab', 'b', 'j', 'jia', 'jiaa', 'ia', '1', '11', 'zz'];
  return new Set([...occurring, ...tooLong, ...changed, ...inside, ...latin].filter(Boolean));
}

describe('small libraries, every query', { timeout: 60_000 }, () => {
  it('finds exactly the pages that hold it, graded by where', async () => {
    await fc.assert(
      fc.asyncProperty(corpus, fileBytes, async (pages, bytes) => {
        await expectTruth(pages, engineInPieces(pages, bytes), queriesOf(pages));
      }),
      { numRuns: 50 },
    );
  });

  it('several terms must all be there, and the weakest grades', async () => {
    const rank = [GRADE.pinyin, GRADE.once, GRADE.often, GRADE.head];
    const terms = fc.array(textOver(6, 3), { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(corpus, terms, async (pages, words) => {
        const folded = words.map(plainFold).filter(Boolean);
        fc.pre(folded.length > 0);
        const each = folded.map((term) => bruteForce(pages, term));
        const truth = new Map<number, Grade>();
        for (const number of pages.keys()) {
          const grades = each.map((found) => found.get(number));
          if (grades.includes(undefined)) continue;
          const weakest = rank.find((grade) => grades.includes(grade));
          if (weakest !== undefined) truth.set(number, weakest);
        }
        const found = await engineOf(pages).find(words.join(' '));
        expect(listed(new Map(found.map((hit) => [hit.page, hit.grade])))).toEqual(listed(truth));
        const order = found.map(({ page: number, grade }) => [-rank.indexOf(grade), number]);
        expect(order).toEqual(
          order.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('grades', () => {
  const pages = [
    page({ title: '网格员', text: ['网格员', '别的'] }),
    page({ title: '题', names: ['网格'], text: ['题', '网格'] }),
    page({ title: '题', gist: '一句网格', text: ['题', '一句网格'] }),
    page({ title: '题', text: ['网格一次'] }),
    page({ title: '题', text: ['网格', '又是网格'] }),
    page({ title: '题', text: ['网网网'] }),
    page({ title: '党员', pinyin: ['wang ge dang yuan', 'w g d y'] }),
    page({ title: '题', text: ['wange'] }),
  ];
  const engine = engineOf(pages);

  it('head, then often, then once; pinyin last', async () => {
    expect(await engine.find('网格')).toEqual([
      { page: 0, grade: GRADE.head },
      { page: 1, grade: GRADE.head },
      { page: 2, grade: GRADE.head },
      { page: 4, grade: GRADE.often },
      { page: 3, grade: GRADE.once },
    ]);
    expect(await engine.find('网网')).toEqual([{ page: 5, grade: GRADE.often }]);
    expect(await engine.find('wan')).toEqual([
      { page: 7, grade: GRADE.once },
      { page: 6, grade: GRADE.pinyin },
    ]);
  });

  it('a reading is found from any of its syllables on, never from inside one', async () => {
    for (const query of ['wangge', 'gedang', 'dang', 'yuan', 'wgdy', 'gd', 'y', 'WangGe']) {
      expect([query, await engine.find(query)]).toEqual([
        query,
        [{ page: 6, grade: GRADE.pinyin }],
      ]);
    }
    for (const query of ['ang', 'uan', 'wanged', 'wgy', 'yuanw']) {
      const found = (await engine.find(query)).filter((hit) => hit.page === 6);
      expect([query, found]).toEqual([query, query === 'wanged' ? found : []]);
    }
  });
});

describe('nothing to find', () => {
  it('in an empty library', async () => {
    expect(await engineOf([]).find('甲')).toEqual([]);
  });

  it('in pages without text', async () => {
    expect(await engineOf(Array<Page>(12).fill(page())).find('甲')).toEqual([]);
  });

  it('for a query without text', async () => {
    const engine = engineOf([page({ text: ['甲'] })]);
    for (const query of ['', '  ', '“”', '\u200b']) expect(await engine.find(query)).toEqual([]);
  });

  it('for characters before, between and behind those that occur', async () => {
    const pages = Array.from({ length: 20 }, (_, n) => page({ text: ['乙丁己'.repeat(n)] }));
    const engine = engineOf(pages);
    await expectTruth(pages, engine, [
      '!',
      '丙',
      '龥',
      '\uffff',
      '乙!',
      '乙丙',
      '乙龥',
      '丁己龥',
      '𠮷',
    ]);
  });
});

/** A made-up language in which 社 never stands without 区. */
function largeCorpus(count: number): Page[] {
  const random = seeded(20261122);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() ** 2 * from.length)] as T;
  const common = ['社区', '网格', '𠮷祥', '1+5+N', '2023年'];
  const characters = Array.from({ length: 900 }, (_, n) => String.fromCharCode(0x4e00 + n * 7));
  const pairs = Array.from({ length: 1500 }, () => pick(characters) + pick(characters));
  const word = () => pick(random() < 0.4 ? common : random() < 0.6 ? pairs : characters);
  const sentence = () => Array.from({ length: 8 + Math.floor(random() * 20) }, word).join('');
  const shared = Array.from({ length: 12 }, sentence);
  return Array.from({ length: count }, (_, n) => {
    const title = `${sentence()}${n}`;
    const text = Array.from({ length: 16 }, () => (random() < 0.1 ? pick(shared) : sentence()));
    return page({ title, text: [title, ...text] });
  });
}

function splitsOf(split: Split): Split[] {
  return [split, ...Object.values(split.next).flatMap(splitsOf)];
}

describe('a library of 300 pages, cut into many files', () => {
  const pages = largeCorpus(300);
  const trie: Trie = buildTrie(pages);
  const files = filesOf(pages, trie);

  it('is cut more than once, and behind a stretch too', () => {
    const splits = splitsOf(trie.root);
    expect(trie.runs.length).toBeGreaterThan(12);
    expect(splits.length).toBeGreaterThan(2);
    expect(splits.some((split) => split !== trie.root && split.skip > 0)).toBe(true);
    expect(trie.lists.length).toBe(splits.length);
    for (const bytes of trie.runs) expect(bytes.length).toBeLessThan(32 * 1024);
  });

  it('finds what a look through all texts finds', async () => {
    const random = seeded(7);
    const texts = pages.flatMap((one) => one.text).map(plainFold);
    const taken = Array.from({ length: 250 }, () => {
      const text = texts[Math.floor(random() * texts.length)] ?? '';
      const from = Math.floor(random() * text.length);
      return text.slice(from, from + 1 + Math.floor(random() * 7));
    });
    const spoilt = taken.flatMap((term) => [`${term}区`, `${term.slice(0, -1)}理`]);
    const common = ['社', '社区', '社居', '区', '社区社区', '区社', '网', '网格', '网格网', '网社'];
    const others = ['1', '1+5', '1+5+', '+n2', '+', '𠮷', '𠮷祥', '祥𠮷', '2', '2023', '2023年'];
    const queries = new Set([...taken, ...spoilt, ...common, ...others]);
    await expectTruth(pages, new Engine(fetchFrom(files)), queries);
  });
});
