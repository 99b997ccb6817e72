import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../site/lib/search/engine.ts';
import { GRADE, type Page } from '../../site/lib/search/format.ts';
import { readTrainingSentences } from '../bench/corpus/training.ts';
import { generateCases, plainText } from '../bench/corpus.ts';
import { engineOf, page, plainFold, seeded } from '../search/corpus.ts';

/** 3,000 pages of realistic Chinese: recall and precision of the index at the size it is built for. */

const PAGES = 3000;
const QUERIES = 600;
const LONGEST = 12;

describe('3,000 pages', () => {
  let pages: Page[];
  let folded: string[][];
  let engine: Engine;

  beforeAll(() => {
    pages = [...generateCases(PAGES, readTrainingSentences('content'))].map((entry) =>
      page({ title: entry.title, text: plainText(entry).split('\n').filter(Boolean) }),
    );
    folded = pages.map(({ text }) => text.map(plainFold));
    engine = engineOf(pages);
  });

  it(`answers ${QUERIES} substrings of 1 to ${LONGEST} characters as the texts do`, async () => {
    const random = seeded(20261122);
    const pick = (count: number) => Math.floor(random() * count);
    let common = 0;
    for (let round = 0; round < QUERIES; round += 1) {
      const blocks = folded[pick(PAGES)] ?? [];
      const block = blocks[pick(blocks.length)] ?? '';
      const length = 1 + (round % LONGEST);
      const from = pick(Math.max(1, block.length - length));
      const query = block.slice(from, from + length);
      if (query === '') continue;
      const truth = folded.flatMap((texts, number) =>
        texts.some((text) => text.includes(query)) ? [number] : [],
      );
      const found = (await engine.find(query))
        .filter(({ grade }) => grade !== GRADE.pinyin)
        .map((hit) => hit.page)
        .sort((a, b) => a - b);
      expect([query, found]).toEqual([query, truth]);
      if (truth.length > 100) common += 1;
    }
    // The sample is of use only if it holds common terms as well as rare ones.
    expect(common).toBeGreaterThan(20);
  });

  it('finds nothing for what no page holds', async () => {
    for (const query of ['龘龘', '治社理区社', 'zzzz']) {
      expect(folded.some((texts) => texts.some((text) => text.includes(query)))).toBe(false);
      expect(await engine.find(query)).toEqual([]);
    }
  });
});
