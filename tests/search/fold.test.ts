import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRanges, fold, foldWithOffsets, termsOf } from '../../api/core/fold.ts';
import { plainFold } from './corpus.ts';

describe('fold', () => {
  it.each([
    ['marks around words are dropped', '“四化”联动', '四化联动'],
    ['book titles too', '《故事里的xx》', '故事里的xx'],
    ['also in their other forms', '＂四化＂﹃联动﹄｢甲｣', '四化联动甲'],
    ['white space is dropped, the ideographic and the invisible too', ' 3　小\u200b时\n', '3小时'],
    ['width does not matter', '１＋５＋Ｎ', '1+5+n'],
    ['case does not matter', 'App', 'app'],
    ['compatibility forms are what they stand for', '55㎡、①、ﬁ', '55m2、1、fi'],
    ['other marks stay', '自治、共治（一约五会）——30—100', '自治、共治(一约五会)——30—100'],
    ['characters outside the basic plane stay', '𠮷祥', '𠮷祥'],
    ['nothing stays nothing', '“ ”', ''],
  ])('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  // The query is folded as well as the text, and parts of a folded query are searched for again.
  it('folding again changes nothing, for any character', () => {
    const changed: string[] = [];
    for (let code = 1; code < 0x30000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const once = fold(String.fromCodePoint(code));
      if (fold(once) !== once) changed.push(code.toString(16));
    }
    expect(changed).toEqual([]);
  });

  it('agrees with folding said another way', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text)).toBe(plainFold(text));
      }),
    );
  });

  it('tells where each unit came from', () => {
    expect(foldWithOffsets('“㎡” 𠮷B')).toEqual({
      folded: 'm2𠮷b',
      offsets: [1, 1, 4, 4, 6, 7],
    });
  });
});

describe('termsOf', () => {
  it.each<[string, string[]]>([
    ['网格 党员', ['网格', '党员']],
    ['　网格\t党员\n', ['网格', '党员']],
    ['网格 “网格” 网格', ['网格']],
    ['“ ” 《》', []],
    ['', []],
  ])('%j', (query, terms) => {
    expect(termsOf(query)).toEqual(terms);
  });
});

describe('findRanges', () => {
  it.each<[string, string[], string[]]>([
    ['“四化”联动', ['四化联动'], ['四化”联动']],
    ['网格、微网格', ['网格'], ['网格', '网格']],
    ['网格长', ['网格', '格长'], ['网格长']],
    ['网格长', ['网', '长'], ['网', '长']],
    ['网格长', ['网格长', '格'], ['网格长']],
    ['在 3 小时内', ['3小时'], ['3 小时']],
    ['面积55㎡', ['m'], ['㎡']],
    ['住𠮷祥里', ['𠮷'], ['𠮷']],
    ['App 与 APP', ['app'], ['App', 'APP']],
    ['甲甲甲', ['甲甲'], ['甲甲']],
    ['没有', ['网格'], []],
  ])('%s: %j', (text, terms, hits) => {
    expect(findRanges(text, terms).map(([from, to]) => text.slice(from, to))).toEqual(hits);
  });

  it('covers every occurrence, in order, without overlap, and never half a character', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 3 }), (text, words) => {
        const terms = words.map(plainFold).filter(Boolean);
        const ranges = findRanges(text, terms);
        let last = 0;
        for (const [from, to] of ranges) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(text.slice(from, to).isWellFormed()).toBe(true);
          const hit = plainFold(text.slice(from, to));
          expect(terms.some((term) => hit.includes(term))).toBe(true);
          last = to;
        }
        // What is left over between the hits holds none.
        const between = [0, ...ranges.flat(), text.length];
        for (let part = 0; part < between.length; part += 2) {
          const rest = plainFold(text.slice(between[part], between[part + 1]));
          expect(terms.filter((term) => rest.includes(term))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const anyText = fc
  .array(
    fc.constantFrom(
      '甲',
      '乙',
      'a',
      'B',
      '1',
      '㎡',
      '𠮷',
      '“',
      '”',
      ' ',
      '　',
      '《',
      '＂',
      'ﬁ',
      '、',
    ),
    { maxLength: 12 },
  )
  .map((all) => all.join(''));
