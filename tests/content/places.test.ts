import { describe, expect, it } from 'vitest';
import { all, caseProblems, follow, swap } from './sample.ts';

const IS =
  'is 写 stated（原文写明）、inferred（据线索推断）或 withheld（原文隐去），例如 { is: stated, name: 富平县 }';
const VALUE =
  'figures（数字）第 1 项 › value（数值）：写一个数，或范围 300—500（中间是破折号 —），原文隐去的写 withheld';
const COUNTY = 'place（地点） › county（区县）';
const FLAGS = 'source（来源） › flags（来源状况）';

describe('place', () => {
  const county = (value: string) => swap('{ is: stated, name: 富平县 }', value);
  follow([
    {
      rule: 'says how it is known',
      bad: county('富平县'),
      says: `${COUNTY}：${IS}`,
    },
    {
      rule: 'a province by its full name',
      good: swap('陕西省', '内蒙古自治区'),
      bad: swap('陕西省', '陕西'),
      says: 'place（地点） › province（省份） › name（名称）：写省级行政区全称，例如 陕西省',
    },
    {
      rule: 'inferred needs clues',
      good: all(
        county('{ is: inferred, name: 富平县, clues: [文中提到渭运] }'),
        swap('[完整]', '[完整, 地名推断]'),
      ),
      bad: county('{ is: inferred, name: 富平县 }'),
      says: `${COUNTY} › clues（线索）：列出线索`,
    },
    {
      rule: 'clues are not an empty list',
      bad: all(
        county('{ is: inferred, name: 富平县, clues: [] }'),
        swap('[完整]', '[完整, 地名推断]'),
      ),
      says: `${COUNTY} › clues（线索）：推断的地名要列出至少一条线索`,
    },
    {
      rule: 'withheld names nothing',
      good: all(county('{ is: withheld }'), swap('[完整]', '[地名隐去]')),
      bad: all(county('{ is: withheld, name: 某县 }'), swap('[完整]', '[地名隐去]')),
      says: `${COUNTY}：没有「name」这一项，核对拼写或者删掉`,
    },
  ]);
});

describe('flags agree with what is written', () => {
  const flags = (value: string) => swap('flags: [完整]', `flags: ${value}`);
  const hide = swap('value: 18', 'value: withheld');
  const infer = swap(
    '{ is: stated, name: 富平县 }',
    '{ is: inferred, name: 富平县, clues: [渭运] }',
  );
  const withhold = swap('{ is: stated, name: 富平县 }', '{ is: withheld }');
  const says = (message: string) => `${FLAGS}：${message}`;
  follow([
    {
      rule: 'a withheld number is flagged',
      good: all(hide, flags('[数字隐去]')),
      bad: hide,
      says: says('有数字写了 withheld，来源状况要写上「数字隐去」'),
    },
    {
      rule: 'a flag without a withheld number',
      bad: flags('[完整, 数字隐去]'),
      says: says('没有隐去的数字，来源状况不要写「数字隐去」'),
    },
    {
      rule: 'an inferred place is flagged',
      good: all(infer, flags('[地名推断]')),
      bad: infer,
      says: says('地名有推断（inferred），来源状况要写上「地名推断」'),
    },
    {
      rule: 'a flag without an inferred place',
      bad: flags('[完整, 地名推断]'),
      says: says('没有推断的地名，来源状况不要写「地名推断」'),
    },
    {
      rule: 'a withheld place is flagged',
      good: all(withhold, flags('[完整, 地名隐去]')),
      bad: withhold,
      says: says('有地名写了 withheld，来源状况要写上「地名隐去」'),
    },
    {
      rule: 'a flag without a withheld place',
      bad: flags('[完整, 地名隐去]'),
      says: says('没有隐去的地名，来源状况不要写「地名隐去」'),
    },
    {
      rule: '残缺 says what is missing',
      good: flags('[残缺]\n  missing: [成效]'),
      bad: flags('[残缺]'),
      says: 'source（来源） › missing（缺什么）：来源残缺，请在 missing 里写明缺什么',
    },
    {
      rule: 'what is missing makes it 残缺',
      bad: flags('[完整]\n  missing: [成效]'),
      says: says('missing 里写了缺什么，来源状况要写上「残缺」'),
    },
    {
      rule: '完整 and 残缺 exclude each other',
      bad: flags('[完整, 残缺]\n  missing: [成效]'),
      says: says('「完整」和「残缺」不能同时写'),
    },
    { rule: 'at least one flag', bad: flags('[]'), says: says('至少选一个来源状况') },
    { rule: 'no flag twice', bad: flags('[完整, 完整]'), says: says('来源状况不要重复') },
    {
      rule: 'a flag of the list',
      bad: flags('[完成]'),
      says: `${FLAGS}第 1 项：只能从 完整、数字隐去、地名隐去、地名推断、残缺 里选`,
    },
  ]);
});

describe('figures', () => {
  const value = (text: string) => swap('value: 18', `value: ${text}`);
  const first = 'figures（数字）第 1 项 › ';
  const many = (count: number) =>
    swap(
      'figures:\n',
      `figures:\n${'  - { label: 数, value: 1, kind: process, lead: true }\n'.repeat(count - 1)}`,
    );
  follow([
    { rule: 'a range with a dash', good: value('30—100'), bad: value('30-100'), says: VALUE },
    { rule: 'digits, not words', good: value('1.5'), bad: value('十八'), says: VALUE },
    { rule: 'a value', bad: swap('value: 18, ', ''), says: VALUE },
    {
      rule: 'not negative',
      good: value('0'),
      bad: value('-1'),
      says: `${first}value（数值）：数值不能小于 0`,
    },
    {
      rule: 'a kind',
      bad: swap('kind: input', 'kind: 投入'),
      says: `${first}kind（种类）：写 input（投入）、process（过程）或 outcome（成效）`,
    },
    {
      rule: 'an approximation of the list',
      good: swap('unit: 名', 'unit: 名, approx: 以上'),
      bad: swap('unit: 名', 'unit: 名, approx: 大概'),
      says: `${first}approx（约数词）：只能写 近、约、不到、余、多、以上、以内`,
    },
    {
      rule: 'lead is true or absent',
      bad: swap('lead: true', 'lead: 是'),
      says: `${first}lead（首屏大数字）：写 true 或不写`,
    },
    {
      rule: 'assurance',
      good: swap('lead: true', 'assurance: verified'),
      bad: swap('lead: true', 'assurance: 已核实'),
      says: `${first}assurance（核实情况）：写 self-reported（来源自述）或 verified（已核实）`,
    },
    {
      rule: 'six leading figures, not seven',
      good: many(6),
      bad: many(7),
      says: 'figures（数字）：首屏大数字（lead）最多 6 个',
    },
  ]);
});

describe('a part left blank is named', () => {
  const part = (key: string) => swap('  county:', `  ${key}: { is: stated, name: '' }\n  county:`);
  it.each([
    ['city', part('city'), 'place（地点） › city（市） › name（名称）：写市的名称，不能留空'],
    ['town', part('town'), 'place（地点） › town（镇街） › name（名称）：写镇街的名称，不能留空'],
    [
      'community',
      part('community'),
      'place（地点） › community（社区） › name（名称）：写社区的名称，不能留空',
    ],
    [
      'county',
      swap('name: 富平县', "name: ''"),
      `${COUNTY} › name（名称）：写区县的名称，不能留空`,
    ],
    [
      'label',
      swap('label: 楼栋长', "label: ''"),
      'figures（数字）第 1 项 › label（数字名称）：写数字的名称，不能留空',
    ],
    [
      'unit',
      swap('unit: 名', "unit: ''"),
      'figures（数字）第 1 项 › unit（单位）：写单位（没有单位就不写这一行），不能留空',
    ],
    [
      'note',
      swap('unit: 名', "unit: 名, note: ''"),
      'figures（数字）第 1 项 › note（说明）：写说明，不能留空',
    ],
    [
      'missing',
      swap('[完整]', "[残缺]\n  missing: ['']"),
      'source（来源） › missing（缺什么）第 1 项：写缺什么，不能留空',
    ],
  ])('%s', (_, edit, says) => {
    expect(caseProblems(edit)).toContain(says);
  });
});
