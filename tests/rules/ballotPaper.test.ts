import { describe, expect, test } from 'vitest';
import {
  type ChoosePaper,
  inWords,
  isElection,
  left,
  type Marked,
  tapped,
} from '../../site/islands/salon/ballots/booth/choice.ts';

const paper = (ids: readonly string[], least: number, most: number): ChoosePaper => ({
  kind: 'choose',
  options: ids.map((id) => ({ id, label: `${id}社区` })),
  least,
  most,
});
const election = paper(['甲', '乙', '丙', '丁'], 0, 3);
const evaluation = paper(['for', 'against', 'abstain'], 1, 1);

const taps = (on: ChoosePaper, ...ids: readonly string[]): Marked =>
  ids.reduce<Marked>((marked, id) => tapped(on, marked, id), undefined);

describe('选举的选票', () => {
  test('按候选人的次序记下，不按点的次序', () => {
    expect(taps(election, '丙', '甲')).toEqual(['甲', '丙']);
  });

  test('到了名额，再点别人不起作用；先点掉一个就能换', () => {
    const full = taps(election, '甲', '乙', '丙');
    expect(left(election, full)).toBe(0);
    expect(tapped(election, full, '丁')).toEqual(full);
    expect(taps(election, '甲', '乙', '丙', '乙', '丁')).toEqual(['甲', '丙', '丁']);
  });

  test('全点掉不是弃权：弃权要自己选', () => {
    expect(taps(election, '甲', '甲')).toBeUndefined();
    expect(isElection(election)).toBe(true);
    expect(inWords(election, [])).toBe('弃权（不选任何人）');
  });

  test('选了弃权又点名字，弃权就不算', () => {
    expect(tapped(election, [], '乙')).toEqual(['乙']);
  });

  test('只剩一个名额时，后点的顶替先点的', () => {
    expect(taps(paper(['甲', '乙'], 0, 1), '甲', '乙')).toEqual(['乙']);
  });
});

test('评价三项里只有一项', () => {
  expect(taps(evaluation, 'for', 'against')).toEqual(['against']);
  expect(isElection(evaluation)).toBe(false);
  expect(inWords(evaluation, ['against'])).toBe('against社区');
});
