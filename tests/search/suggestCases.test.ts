import { describe, expect, it } from 'vitest';
import {
  findCases,
  type Library,
  rankCases,
  salientTerms,
  suggestCases,
  wordsOf,
} from '../../site/islands/salon/topics/suggestCases.ts';
import { gradeOf } from '../../site/lib/search/engine.ts';
import { GRADE } from '../../site/lib/search/format.ts';
import { page } from './corpus.ts';

const texts = (title: string, situation = '') =>
  salientTerms(title, situation).map(({ text }) => text);

describe('the telling words of a topic', () => {
  it('leaves out what any topic says, and numbers', () => {
    const terms = texts('老旧小区加装电梯，居民不同意怎么办', '小区有 120 户，没有电梯。');
    expect(terms[0]).toBe('电梯');
    for (const common of ['小区', '居民', '不同意', '怎么', '没有', '120']) {
      expect(terms).not.toContain(common);
    }
  });

  it('finds words that the dictionary lacks among pairs of characters', () => {
    expect(texts('网格员忙不过来')).toContain('网格');
  });

  it('parts Chinese into pairs where the browser has no dictionary', () => {
    const { Segmenter } = Intl;
    Object.defineProperty(Intl, 'Segmenter', { value: undefined, configurable: true });
    try {
      expect(wordsOf('加装电梯')).toEqual(['加装', '装电', '电梯']);
    } finally {
      Object.defineProperty(Intl, 'Segmenter', { value: Segmenter, configurable: true });
    }
  });
});

describe('ranking cases', () => {
  const hit = (at: number, grade: (typeof GRADE)[keyof typeof GRADE]) => ({ page: at, grade });

  it('counts rare words for more than common ones, and heads for more than text', () => {
    const everywhere = [0, 1, 2, 3].map((at) => hit(at, GRADE.often));
    const terms = [
      { weight: 1, hits: everywhere },
      { weight: 1, hits: [hit(2, GRADE.head), hit(3, GRADE.once)] },
    ];
    expect(rankCases(terms, [0, 4]).slice(0, 2)).toEqual([2, 3]);
  });

  it('leaves out methods, likeness of sound, and a single passing mention', () => {
    const hits = [
      hit(0, GRADE.once),
      hit(1, GRADE.pinyin),
      hit(2, GRADE.head),
      hit(3, GRADE.often),
    ];
    expect(rankCases([{ weight: 1, hits }], [0, 3])).toEqual([2]);
  });
});

/** Two cases and a method, searched the slow way. */
const PAGES = [
  page({ url: '/cases/dianti/', kind: 'case', title: '老楼装上了电梯', text: ['谈电梯的补偿。'] }),
  page({ url: '/cases/wangge/', kind: 'case', title: '把网格划小', text: ['网格员走访。'] }),
  page({ url: '/methods/dianti/', title: '电梯议事', text: ['电梯的事大家议。'] }),
];
const library: Library = {
  directory: async () => ({
    version: 'v',
    kinds: { case: [0, 2], method: [2, 3], session: [3, 3] },
    root: { skip: 0, list: 0, runs: [], first: 0, next: {} },
  }),
  find: async (query) =>
    PAGES.flatMap((one, at) => {
      const grade = gradeOf(query, one);
      return grade === undefined ? [] : [{ page: at, grade }];
    }),
  card: async (at) => PAGES[at] ?? page(),
};

describe('suggesting cases', () => {
  it('offers the cases that are about the same thing', async () => {
    const cards = await suggestCases(library, '低层住户反对装电梯', '补偿说不清', 4);
    expect(cards.map(({ url }) => url)).toEqual(['/cases/dianti/']);
  });

  it('offers nothing for nothing', async () => {
    expect(await suggestCases(library, '', '', 4)).toEqual([]);
  });

  it('finds what is looked for', async () => {
    const cards = await findCases(library, '网格', 4);
    expect(cards.map(({ url }) => url)).toEqual(['/cases/wangge/']);
  });
});
