import { describe, expect, it } from 'vitest';
import { readings, syllables } from '../../site/lib/search/pinyin.ts';

describe('syllables', () => {
  it.each<[string, string[]]>([
    ['微网实格', ['wei', 'wang', 'shi', 'ge']],
    ['“四化”联动', ['si', 'hua', 'lian', 'dong']],
    ['街道吹哨、部门报到', ['jie', 'dao', 'chui', 'shao', 'bu', 'men', 'bao', 'dao']],
    ['绿色', ['lv', 'se']],
    ['1+5+N', ['1', '5', 'n']],
    ['四库+一库', ['si', 'ku', 'yi', 'ku']],
    ['市民随手拍 App', ['shi', 'min', 'sui', 'shou', 'pai', 'app']],
    ['15 分钟乐民圈', ['15', 'fen', 'zhong', 'le', 'min', 'quan']],
    ['', []],
    ['——', []],
  ])('%s', (text, expected) => {
    expect(syllables(text)).toEqual(expected);
  });
});

describe('readings', () => {
  it('are the whole and its initials', () => {
    expect(readings('微网实格')).toEqual(['wei wang shi ge', 'w w s g']);
  });

  it('are those given, where the usual one is wrong', () => {
    expect(readings('街巷长制')).not.toContain('jie xiang zhang zhi');
    expect(readings('街巷长制', 'jie xiang zhang zhi')).toEqual(['jie xiang zhang zhi', 'j x z z']);
  });

  it('are none for what cannot be read', () => {
    expect(readings('——')).toEqual([]);
  });
});
