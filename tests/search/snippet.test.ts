import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marked, snippet } from '../../site/islands/search/snippet.ts';
import { page, plainFold } from './corpus.ts';

/** Hits between brackets. */
const shown = (pieces: ReturnType<typeof marked>) =>
  pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('marked', () => {
  it.each<[string, string[], string]>([
    ['“四化”联动', ['四化联动'], '“[四化”联动]'],
    ['网格里的微网格', ['网格'], '[网格]里的微[网格]'],
    ['网格里', ['网格', '格里'], '[网格里]'],
    ['没有', ['网格'], '没有'],
    ['', ['网格'], ''],
  ])('%s: %j', (text, terms, pieces) => {
    expect(shown(marked(text, terms))).toBe(pieces);
  });

  it('loses nothing', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText), (text, words) => {
        const pieces = marked(text, words.map(plainFold).filter(Boolean));
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      }),
    );
  });
});

describe('snippet', () => {
  const entry = page({
    title: '把城市织成微网格',
    names: ['微网实格'],
    gist: '一般网格下面再分微网格',
    text: [
      '微网实格',
      '把城市织成微网格',
      '一般网格下面再分微网格',
      '社区是总网格',
      `${'甲'.repeat(40)}三建一管${'乙'.repeat(90)}`,
      '党员进总网格，三建一管定下来',
    ],
  });
  const of = (...terms: string[]) => shown(snippet(entry, terms));

  it('shows the first passage with the term', () => {
    expect(of('网格')).toBe('一般[网格]下面再分微[网格]');
    expect(of('总网格')).toBe('社区是[总网格]');
  });

  it('shows the passage with most of the terms', () => {
    expect(of('三建一管', '总网格')).toBe('党员进[总网格]，[三建一管]定下来');
  });

  it('shows the gist when only title, name or reading hold the term', () => {
    expect(of('织成')).toBe('一般网格下面再分微网格');
    expect(of('微网实格')).toBe('一般网格下面再分微网格');
    expect(of('wwsg')).toBe('一般网格下面再分微网格');
  });

  it('cuts a long passage before and behind the hit', () => {
    expect(of('三建一管')).toBe(`…${'甲'.repeat(18)}[三建一管]${'乙'.repeat(52)}…`);
  });

  it('never cuts the hit itself, however long', () => {
    const long = `${'丙'.repeat(30)}${'丁'.repeat(80)}${'戊'.repeat(30)}`;
    const term = '丁'.repeat(80);
    expect(shown(snippet(page({ text: [long] }), [term]))).toBe(`…${'丙'.repeat(18)}[${term}]…`);
  });

  it('never cuts a character in two', () => {
    const long = `${'𠮷'.repeat(41)}甲${'𠮷'.repeat(41)}`;
    for (const text of [long, `乙${long}`]) {
      const pieces = snippet(page({ text: [text] }), ['甲']);
      expect(pieces.every((piece) => piece.text.isWellFormed())).toBe(true);
    }
  });

  it('marks a hit whenever a passage holds one', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), anyText, (text, word) => {
        const term = plainFold(word);
        fc.pre(term !== '');
        const held = text.some((block) => plainFold(block).includes(term));
        const pieces = snippet(page({ title: '题', text }), [term]);
        expect(pieces.some((piece) => piece.hit)).toBe(held);
      }),
      { numRuns: 500 },
    );
  });
});

const anyText = fc
  .array(fc.constantFrom('甲', '乙', '𠮷', '“', ' ', 'a', '㎡'), { maxLength: 120 })
  .map((all) => all.join(''));
