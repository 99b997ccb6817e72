import { describe, expect, it } from 'vitest';
import type { Figure, Place } from '../../api/library/contract.ts';
import { dateInWords, figureInWords, figureText, placeInWords } from '../../site/lib/words.ts';

const figure = (part: Partial<Figure>): Figure => ({
  label: '数',
  value: 1,
  kind: 'process',
  assurance: 'self-reported',
  lead: false,
  ...part,
});

describe('a figure', () => {
  it.each<[Partial<Figure>, string]>([
    [{ value: 18, unit: '名' }, '18 名'],
    [{ value: 18 }, '18'],
    [{ value: 0, unit: '件' }, '0 件'],
    [{ value: 3045, unit: '个' }, '3045 个'],
    [{ value: 12326, unit: '户' }, '12 326 户'],
    [{ value: 1234567.5, unit: '元' }, '1 234 567.5 元'],
    [{ value: 2126.8, unit: '万人' }, '2126.8 万人'],
    [{ value: '300—500', unit: '户' }, '300—500 户'],
    [{ value: 105, approx: '近', unit: '万条' }, '近 105 万条'],
    [{ value: 55, approx: '约', unit: '平方公里' }, '约 55 平方公里'],
    [{ value: 2, approx: '不到', unit: '小时' }, '不到 2 小时'],
    [{ value: 1700, approx: '余', unit: '个' }, '1700 余个'],
    [{ value: 1300, approx: '多', unit: '家' }, '1300 多家'],
    [{ value: 90, approx: '以上', unit: '%' }, '90%以上'],
    [{ value: 3, approx: '以内', unit: '小时' }, '3 小时以内'],
    [{ value: 30, unit: '%' }, '30%'],
    [{ value: 'withheld', unit: '把' }, '原文未公开'],
    [{ value: 'withheld', approx: '余', unit: '名' }, '原文未公开'],
  ])('%j reads %s', (part, words) => {
    expect(figureText(figure(part))).toBe(words);
  });

  it('of which the number is hidden shows neither unit nor 余', () => {
    expect(figureInWords(figure({ value: 'withheld', approx: '近', unit: '万斤' }))).toEqual({
      before: '',
      numeral: '原文未公开',
      after: '',
      withheld: true,
    });
  });
});

describe('a place', () => {
  const stated = (name: string) => ({ is: 'stated' as const, name });
  const inferred = (name: string, ...clues: string[]) => ({ is: 'inferred' as const, name, clues });
  const withheld = { is: 'withheld' as const };

  it.each<[string, Place, ReturnType<typeof placeInWords>]>([
    [
      'stated',
      { province: stated('陕西省'), county: stated('富平县') },
      { text: '陕西省富平县', inferred: false, clues: [] },
    ],
    [
      'inferred, each clue once',
      { province: inferred('四川省', '甲', '乙'), city: inferred('宜宾市', '乙', '丙') },
      { text: '四川省宜宾市', inferred: true, clues: ['甲', '乙', '丙'] },
    ],
    [
      'withheld in part',
      { province: stated('陕西省'), county: withheld, community: stated('渭运社区') },
      { text: '陕西省渭运社区', inferred: false, clues: [] },
    ],
    [
      'withheld',
      { province: withheld, city: withheld },
      { text: '地点原文未公开', inferred: false, clues: [] },
    ],
  ])('%s', (_, place, words) => {
    expect(placeInWords(place)).toEqual(words);
  });
});

it.each([
  ['2026-11-22', '2026年11月22日（周日）'],
  ['2024-02-29', '2024年2月29日（周四）'],
  ['2023-01-02', '2023年1月2日（周一）'],
])('%s is %s', (iso, words) => {
  expect(dateInWords(iso)).toBe(words);
});
