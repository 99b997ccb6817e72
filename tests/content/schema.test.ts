import { describe, expect, it } from 'vitest';
import { readCase, readMethod, readThemes } from '../../api/library/contract.ts';
import { all, caseProblems, drop, follow, GOOD_CASE, inWords, swap } from './sample.ts';

const LIST = '还没有写；这里要写成列表，一项一行，每行以「- 」开头，短的可以写成 [甲, 乙]';
const PARTS = '这里下面分几个小项，写法见 content/README.md';
const HALF_WIDTH = '中文里的标点请用全角：，。；：？！（）“”';
const SETTLEMENTS =
  '老旧小区、物业小区、单位家属院、动迁安置小区、城中村、老城街巷院落、城乡结合部、农村、商圈楼宇';

describe('a missing field is named', () => {
  it.each([
    ['title', 'title（标题）：写标题'],
    ['method', 'method（工作法名称）：写工作法名称'],
    ['gist', 'gist（一句话）：写一句话说清'],
    ['place', `place（地点）：还没有写；${PARTS}`],
    ['level', 'level（层级）：只能从 市、区县、镇街、街道级社区、社区 里选'],
    ['settlements', `settlements（小区类型）：${LIST}；没有可写的就写 []`],
    ['themes', `themes（主题）：${LIST}`],
    ['answers', `answers（回应的问题）：${LIST}`],
    ['period', 'period（时期）：写时期，不知道就写 未注明'],
    ['source', `source（来源）：还没有写；${PARTS}`],
    ['figures', `figures（数字）：${LIST}；没有可写的就写 []`],
    ['methods', `methods（方法）：${LIST}`],
    ['conditions', `conditions（需要的条件）：${LIST}`],
    ['pitfalls', `pitfalls（容易出的问题）：${LIST}`],
    ['added', 'added（收录日期）：写成 2026-11-22 这样的日期'],
  ])('%s', (key, says) => {
    expect(caseProblems(drop(key))).toEqual([says]);
  });

  it('diagrams and related may be left out', () => {
    const without = all(drop('diagrams'), drop('related'), swap('<Diagram id="dashi" />\n', ''));
    expect(caseProblems(without)).toEqual([]);
  });
});

describe('words', () => {
  follow([
    {
      rule: 'gist: 60 characters, not 61',
      good: swap('每栋楼一名楼栋长，发现情况上报社区', '字'.repeat(60)),
      bad: swap('每栋楼一名楼栋长，发现情况上报社区', '字'.repeat(61)),
      says: 'gist（一句话）：一句话说清最多 60 个字，请写短一些',
    },
    {
      rule: 'a character outside the basic plane counts once',
      good: swap('楼栋长把情况报上来', '𠮷'.repeat(40)),
      bad: swap('楼栋长把情况报上来', '𠮷'.repeat(41)),
      says: 'title（标题）：标题最多 40 个字，请写短一些',
    },
    {
      rule: 'not left blank',
      bad: swap('title: 楼栋长把情况报上来', 'title: "  "'),
      says: 'title（标题）：写标题，不能留空',
    },
    {
      rule: 'a number stands in quotes',
      good: swap('title: 楼栋长把情况报上来', 'title: "119"'),
      bad: swap('title: 楼栋长把情况报上来', 'title: 119'),
      says: 'title（标题）：标题要写文字；只有数字时加上引号，例如 "119"',
    },
    {
      rule: 'no angle brackets',
      bad: swap('楼栋长把情况报上来', '楼栋长 <b>'),
      says: 'title（标题）：标题里不能有 < 或 >',
    },
    {
      rule: 'half-width comma',
      bad: swap('楼栋长，发现', '楼栋长,发现'),
      says: `gist（一句话）：${HALF_WIDTH}`,
    },
    {
      rule: 'half-width parentheses',
      good: swap('楼栋长把情况', '楼栋长（新）把情况'),
      bad: swap('楼栋长把情况', '楼栋长(新)把情况'),
      says: `title（标题）：${HALF_WIDTH}`,
    },
    {
      rule: 'half-width quotes',
      good: swap('楼栋长把情况', '“楼栋长”把情况'),
      bad: swap('楼栋长把情况报上来', `'"楼栋长"报上来'`),
      says: `title（标题）：${HALF_WIDTH}`,
    },
    {
      rule: 'half-width marks between Latin and digits are fine',
      good: swap('楼栋长把情况报上来', "'A4, B5: 1.5 (x) 楼栋长'"),
      bad: swap('楼栋长把情况', '楼栋长.把情况'),
      says: `title（标题）：${HALF_WIDTH}`,
    },
    {
      rule: 'a half-width colon makes a map of a sentence',
      bad: swap('编者建议：每栋', '编者建议: 每栋'),
      says: 'conditions（需要的条件）第 1 项：一句话要写成文字；句子里的冒号用全角「：」',
    },
    {
      rule: 'an unknown field',
      bad: swap('level: 社区', 'level: 社区\nautor: 某某'),
      says: '：没有「autor」这一项，核对拼写或者删掉',
    },
  ]);
});

describe('choices', () => {
  follow([
    {
      rule: 'level',
      good: swap('level: 社区', 'level: 街道级社区'),
      bad: swap('level: 社区', 'level: 县'),
      says: 'level（层级）：只能从 市、区县、镇街、街道级社区、社区 里选',
    },
    {
      rule: 'settlements',
      good: swap('[物业小区]', '[]'),
      bad: swap('[物业小区]', '[物业小区，农村]'),
      says: `settlements（小区类型）第 1 项：只能从 ${SETTLEMENTS} 里选`,
    },
    {
      rule: 'a list, not a word',
      bad: swap('[物业小区]', '物业小区'),
      says: `settlements（小区类型）：${LIST.replace('还没有写', '写法不对')}；没有可写的就写 []`,
    },
    {
      rule: 'at least one theme',
      bad: swap('themes: [rencai]', 'themes: []'),
      says: 'themes（主题）：至少选一个主题，编号见 content/themes.yaml',
    },
    {
      rule: 'ids are pinyin',
      bad: swap('themes: [rencai]', 'themes: [人才]'),
      says: 'themes（主题）第 1 项：只用小写拼音、数字和连字符，例如 weiwang-shige',
    },
    {
      rule: 'at least one method',
      bad: all(swap('[loudongzhang]', '[]'), swap('<MethodCard id="loudongzhang" />\n', '')),
      says: 'methods（方法）：至少写一个用到的方法，编号是 content/methods 里的文件名',
    },
    {
      rule: 'at least one answer',
      bad: swap(
        'answers:\n  - { problem: gugan-que, why: 培训和聘书配齐，楼栋长有身份 }',
        'answers: []',
      ),
      says: 'answers（回应的问题）：至少写一个它能回应的问题，编号见 content/themes.yaml',
    },
    {
      rule: 'at least one pitfall',
      bad: swap('pitfalls:\n  - 来源写到，户数太多看不过来', 'pitfalls: []'),
      says: 'pitfalls（容易出的问题）：写明容易出的问题',
    },
    {
      rule: 'at least one condition',
      bad: swap('conditions:\n  - 编者建议：每栋楼有一位愿意出力的人', 'conditions: []'),
      says: 'conditions（需要的条件）：写明照着做需要的条件',
    },
    {
      rule: 'an answer says why',
      bad: swap(', why: 培训和聘书配齐，楼栋长有身份', ''),
      says: 'answers（回应的问题）第 1 项 › why（理由）：写为什么合用',
    },
    {
      rule: 'the date is a day of the calendar',
      good: swap('added: 2026-11-22', 'added: 2028-02-29'),
      bad: swap('added: 2026-11-22', 'added: 2026-02-29'),
      says: 'added（收录日期）：写成 2026-11-22 这样的日期',
    },
  ]);
});

describe('methods and themes', () => {
  const FULL = `---
state: full
name: 楼栋长队伍
gist: 培训、聘书、红袖章
themes: [rencai]
added: 2026-11-22
answers:
  - { problem: gugan-que, why: 有身份也有规矩 }
steps: [先培训, 再发聘书]
roles:
  - { who: 楼栋长, does: 上报 }
---

楼栋长是一栋楼里的联系人。
`;
  const method = (text: string) => inWords(readMethod('methods/a.mdx', text).problems);

  it.each([
    ['two steps', '[先培训, 再发聘书]', '[先培训]', 'steps（步骤）：至少写两步'],
    [
      'an answer',
      '  - { problem: gugan-que, why: 有身份也有规矩 }',
      '  []',
      'answers（回应的问题）：至少写一个它能回应的问题',
    ],
    ['somebody in a role', 'who: 楼栋长, ', '', 'roles（谁做什么）第 1 项 › who（谁）：写谁'],
    ['a task in a role', ', does: 上报', '', 'roles（谁做什么）第 1 项 › does（做什么）：写一句话'],
    ['no blank alias', 'gist:', "aliases: ['']\ngist:", 'aliases（别名）第 1 项：写别名，不能留空'],
    ['a role', '  - { who: 楼栋长, does: 上报 }', '  []', 'roles（谁做什么）：写明谁做什么'],
    [
      'a state',
      'state: full',
      'state: 完整',
      'state（收录状况）：state 写 full（有做法）或 name-only（来源仅有名称）',
    ],
    ['a body', '楼栋长是一栋楼里的联系人。', '', '正文：正文是空的，请写一段「是什么」'],
    ['pinyin', 'gist:', 'pinyin: Lou\ngist:', 'pinyin（拼音）：写小写拼音，音节之间空一格'],
  ])('a method has %s', (_, from, to, says) => {
    expect(method(FULL)).toEqual([]);
    expect(method(swap(from, to)(FULL))).toEqual([says]);
  });

  it('a name-only method has no steps', () => {
    const nameOnly = FULL.replace('state: full', 'state: name-only').replace(
      /answers:[\s\S]*?---/,
      '---',
    );
    expect(method(nameOnly)).toEqual([]);
    expect(method(FULL.replace('state: full', 'state: name-only'))).toEqual([
      '：没有「answers、steps、roles」这一项，核对拼写或者删掉',
    ]);
  });

  it('themes.yaml is a list of themes with problems', () => {
    const good =
      '- { id: rencai, name: 队伍, gist: 怎样带, problems: [{ id: gugan-que, name: 缺骨干, ask: 找不着人 }] }';
    expect(readThemes('themes.yaml', good).problems).toEqual([]);
    expect(inWords(readThemes('themes.yaml', good.replace('name: 队伍, ', '')).problems)).toEqual([
      '第 1 项 › name（名称）：写主题名称',
    ]);
  });

  it('an editor remark and a checked case come out as data', () => {
    const { entry } = readCase('cases/yangli.mdx', GOOD_CASE);
    expect(entry?.id).toBe('yangli');
    expect(entry?.conditions).toEqual([{ text: '每栋楼有一位愿意出力的人', editor: true }]);
    expect(entry?.pitfalls).toEqual([{ text: '来源写到，户数太多看不过来', editor: false }]);
    expect(entry?.figures[0]?.assurance).toBe('self-reported');
  });
});
