import { describe, expect, it } from 'vitest';
import type { CaseEntry, Section } from '../../api/library/contract.ts';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import { figureText } from '../../site/lib/words.ts';
import { FACTS } from './facts.ts';

/** The real library tells what its sources tell, and nothing that they do not. */

const { library, problems } = await loadLibrary('content');
const { cases, methods } = library;
const caseOf = (id: string): CaseEntry => {
  const entry = cases.find((one) => one.id === id);
  if (!entry) throw new Error(`no case ${id}`);
  return entry;
};

const bare = (text: string) => text.replace(/\s+/g, '');
const wordsOf = (sections: readonly Section[]) =>
  sections
    .flatMap(({ blocks }) => blocks)
    .map((block) =>
      'html' in block ? block.html.replace(/<[^>]*>/g, '').replaceAll('&#x3C;', '<') : '',
    )
    .join('\n');
const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
};
const told = ({ place, figures, diagrams, sections }: CaseEntry) =>
  bare(
    [
      ...figures.map((figure) => `${figure.label} ${figureText(figure)} ${figure.note ?? ''}`),
      ...stringsOf([place, diagrams]),
      wordsOf(sections),
    ].join('\n'),
  );

describe('how much there is', () => {
  it('the eight cases, and every case has a diagram', () => {
    expect(problems).toEqual([]);
    expect(Object.keys(FACTS)).toHaveLength(8);
    expect(cases.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(FACTS)));
    expect(cases.filter(({ diagrams }) => diagrams.length === 0)).toEqual([]);
  });

  it('at least forty methods, those of which only the name is known not counted', () => {
    expect(methods.filter(({ state }) => state === 'full').length).toBeGreaterThanOrEqual(40);
  });

  it.each(
    [
      ...['五民工作法', '街道吹哨、部门报到', '接诉即办', '民生三单', '四事四共', '三建一管'],
      ...['小巷管家', '微公益创投', '一园一院两会', '五小服务', '四支队伍'],
    ].map((name) => [name]),
  )('%s is a method told in full', (name) => {
    const method = methods.find((one) => one.name === name || one.aliases.includes(name));
    expect(method?.state).toBe('full');
  });

  it.each([
    ['每月一题'],
    ['3+1'],
    ['1+5+N'],
    ['1+2+N'],
    ['一约五会'],
    ['轮值主席'],
    ['选题委员会'],
  ])('%s has a page', (name) => {
    expect(methods.some((one) => one.name.includes(name))).toBe(true);
  });

  it.each([['赵家楼模式'], ['七查六感知'], ['四库+一库'], ['1+3+X']])(
    '%s is a name and no more',
    (name) => {
      const method = methods.find((one) =>
        [one.name, ...one.aliases].some((known) => known.includes(name)),
      );
      expect(method?.state).toBe('name-only');
      expect(wordsOf(method?.sections ?? [])).toContain('来源仅有名称');
    },
  );
});

describe.each(Object.entries(FACTS))('%s', (id, facts) => {
  const text = told(caseOf(id));

  it('says every figure', () => {
    const missing = facts.figures.filter((figure) => {
      const found = [...text.matchAll(new RegExp(RegExp.escape(figure), 'g'))];
      return !found.some(({ index }) => !/[\d.]/.test(text.charAt(index - 1)));
    });
    expect(missing).toEqual([]);
  });

  it('tells of everything that was done', () => {
    expect(facts.names.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('withholds what the source withholds, and nothing else', () => {
    const hidden = caseOf(id).figures.filter(({ value }) => value === 'withheld');
    const labels = hidden.map(({ label }) => label);
    for (const start of facts.withheld) {
      expect(labels.filter((label) => label.startsWith(start))).toHaveLength(1);
    }
    expect(labels).toHaveLength(facts.withheld.length);
    for (const figure of hidden) expect(figureText(figure)).toBe('原文未公开');
  });

  it('claims no outcome as verified', () => {
    expect(caseOf(id).figures.filter(({ assurance }) => assurance !== 'self-reported')).toEqual([]);
  });
});

describe('what is not known stays unknown', () => {
  const everything = [
    ...cases.map((entry): [string, string] => [entry.id, JSON.stringify(entry)]),
    ...methods.map((entry): [string, string] => [entry.id, JSON.stringify(entry)]),
  ];

  it('no figure is a row of x', () => {
    for (const [id, text] of everything) {
      const own = text.replace(/《故事里的xx》|“xx红”|数字写作 xx/g, '');
      expect([id, own.match(/.{0,9}(?:xx|××|X{2}).{0,9}/)?.[0]]).toEqual([id, undefined]);
    }
  });

  it('五情联动 has three of its five 情, and two gaps', () => {
    const entry = caseOf('wuqing-liandong');
    expect(entry.source.flags).toContain('残缺');
    expect(entry.source.missing.join()).toContain('余下两情');
    const tree = entry.diagrams.find((one) => one.kind === 'tree');
    expect(tree?.root.children?.map(({ name }) => name)).toEqual([
      ...['美家园', '谋家福', '连家亲'],
      ...['来源残缺', '来源残缺'],
    ]);
    expect(entry.methods.toSorted()).toEqual(
      ['bianmin-dashitang', 'lianjiaqin', 'meijiayuan', 'moujiafu', 'zhijia-fanglue'].toSorted(),
    );
  });

  it('a fourth or fifth 情 is only ever named as missing', () => {
    for (const [id, text] of everything) {
      for (const { index } of text.matchAll(
        /第[四五45](?:个)?情|余下[^，。]{0,4}两情|第[四五]、[四五]情/g,
      )) {
        const around = text.slice(Math.max(0, index - 12), index + 30);
        expect([id, around]).toEqual([id, expect.stringMatching(/残缺|未见|没有|缺/)]);
      }
    }
  });

  it.each([
    ['sihua-liandong', ['四川省', '宜宾市']],
    ['weiwang-shige', ['四川省', '成都市']],
    ['weige-zhili', ['上海市', '金山区', '金山卫镇']],
  ])('the place of %s is inferred, with clues', (id, names) => {
    const parts = Object.values(caseOf(id).place).filter((part) => part !== undefined);
    expect(parts.map((part) => 'name' in part && part.name)).toEqual(names);
    for (const part of parts) {
      expect(part.is).toBe('inferred');
      expect('clues' in part ? part.clues.length : 0).toBeGreaterThan(0);
    }
  });

  it.each([['wuqing-liandong'], ['xingfu-jue']])('the place of %s is withheld', (id) => {
    for (const part of Object.values(caseOf(id).place)) expect(part?.is).toBe('withheld');
  });

  it.each([
    ['dongcheng-jingzhun', ['完整']],
    ['fangxing-quanyu', ['完整']],
    ['fuping-weixiao', ['完整']],
    ['weiwang-shige', ['完整', '地名推断']],
    ['weige-zhili', ['残缺', '地名推断']],
    ['sihua-liandong', ['数字隐去', '地名推断']],
    ['wuqing-liandong', ['地名隐去', '数字隐去', '残缺']],
    ['xingfu-jue', ['地名隐去', '数字隐去']],
  ])('the source of %s is %j', (id, flags) => {
    expect(caseOf(id).source.flags.toSorted()).toEqual(flags.toSorted());
  });

  it('东城 writes 簋街 as it is written', () => {
    expect(told(caseOf('dongcheng-jingzhun'))).not.toContain('签街');
  });
});
