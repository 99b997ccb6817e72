import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkLibrary, readCase, readMethod, readThemes } from '../../api/library/contract.ts';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import {
  all,
  asIs,
  caseProblems,
  type Edit,
  follow,
  GOOD_CASE,
  inWords,
  METHOD,
  put,
  swap,
  THEMES,
} from './sample.ts';

const NAME_ONLY = `---
state: name-only
name: 议事会
gist: 只有名称
themes: [rencai]
added: 2026-11-22
---

来源仅有名称，没有做法。
`;

/** The problems of a library of two methods and one case, each spoilt by an edit. */
function crossChecked({
  themes = asIs,
  method = asIs,
  nameOnly = asIs,
  entry = asIs,
}: Partial<Record<'themes' | 'method' | 'nameOnly' | 'entry', Edit>>): string[] {
  const reads = {
    themes: readThemes('themes.yaml', themes(THEMES)),
    methods: [
      readMethod('methods/loudongzhang.mdx', method(METHOD)),
      readMethod('methods/yishihui.mdx', nameOnly(NAME_ONLY)),
    ],
    cases: [readCase('cases/yangli.mdx', entry(GOOD_CASE))],
  };
  expect([reads.themes, ...reads.methods, ...reads.cases].flatMap((read) => read.problems)).toEqual(
    [],
  );
  const problems = checkLibrary({
    themes: reads.themes.entry ?? [],
    methods: reads.methods.flatMap((read) => read.entry ?? []),
    cases: reads.cases.flatMap((read) => read.entry ?? []),
  });
  return problems.map(({ file, field, message }) => `${file} · ${field}：${message}`);
}

const CASE = 'cases/yangli.mdx · ';
const MATRIX = `diagrams:
  - id: fengong
    kind: matrix
    title: 谁管哪样
    caption: 举例。
    rows: [停车, 漏水]
    columns: [社区, 物业]
    cells:
      - { row: 停车, column: 社区, text: 商量 }
`;

describe('between the files', () => {
  it('a library that fits has no problem', () => {
    expect(crossChecked({})).toEqual([]);
    expect(crossChecked({ entry: swap('diagrams:\n', MATRIX) })).toEqual([]);
  });

  it.each<[string, Parameters<typeof crossChecked>[0], string]>([
    [
      'an unknown theme',
      { entry: swap('themes: [rencai]', 'themes: [wuguan]') },
      `${CASE}themes（主题）：没有 wuguan 这个编号，请在 content/themes.yaml 里核对`,
    ],
    [
      'an unknown problem',
      { entry: swap('problem: gugan-que', 'problem: meiyou') },
      `${CASE}answers（回应的问题）：没有 meiyou 这个编号，请在 content/themes.yaml 的 problems 里核对`,
    ],
    [
      'an unknown method',
      { entry: swap('[loudongzhang]', '[loudongzhang, meiyou]') },
      `${CASE}methods（方法）：没有 meiyou 这个编号，请在 content/methods/ 里核对`,
    ],
    [
      'an unknown related case',
      { entry: swap('related: []', 'related: [meiyou]') },
      `${CASE}related（相关案例）：没有 meiyou 这个编号，请在 content/cases/ 里核对`,
    ],
    [
      'itself as related',
      { entry: swap('related: []', 'related: [yangli]') },
      `${CASE}related（相关案例）：不要把自己列为相关案例`,
    ],
    [
      'a reference twice',
      { entry: swap('themes: [rencai]', 'themes: [rencai, rencai]') },
      `${CASE}themes（主题）：rencai 写了两次，留一处`,
    ],
    [
      'two diagrams of one id',
      { entry: swap('diagrams:\n', MATRIX.replace('fengong', 'dashi')) },
      `${CASE}diagrams（图）：dashi 写了两次，留一处`,
    ],
    [
      'a matrix cell outside its axes',
      { entry: swap('diagrams:\n', MATRIX.replace('row: 停车', 'row: 停电')) },
      `${CASE}diagrams（图）fengong：格「停电 × 社区」不在 rows 和 columns 里`,
    ],
    [
      'a diagram that is not there',
      { entry: swap('<Diagram id="dashi" />', '<Diagram id="meiyou" />') },
      `${CASE}正文：<Diagram id="meiyou" /> 没有对应的编号，请先写进 diagrams`,
    ],
    [
      'a method card that is not listed',
      { entry: swap('<MethodCard id="loudongzhang" />', '<MethodCard id="yishihui" />') },
      `${CASE}正文：<MethodCard id="yishihui" /> 没有对应的编号，请先写进 methods`,
    ],
    [
      'a card placed twice',
      { entry: put('<MethodCard id="loudongzhang" />') },
      `${CASE}正文：<MethodCard id="loudongzhang" /> 放了两次，留一处`,
    ],
    [
      'an id twice in themes.yaml',
      { themes: swap('id: gugan-que', 'id: rencai') },
      'themes.yaml · id：编号 rencai 用了两次，换一个',
    ],
    [
      'two methods of one name',
      { nameOnly: swap('name: 议事会', 'name: 楼栋长队伍') },
      'methods/ · name（名称）：「楼栋长队伍」在两个方法里出现，合并成一个或改名',
    ],
    [
      'a name that is another’s alias',
      { nameOnly: swap('gist:', 'aliases: [楼栋长队伍]\ngist:') },
      'methods/ · name（名称）：「楼栋长队伍」在两个方法里出现，合并成一个或改名',
    ],
    [
      'a method with an unknown problem',
      { method: swap('problem: gugan-que', 'problem: meiyou') },
      'methods/loudongzhang.mdx · answers（回应的问题）：没有 meiyou 这个编号，请在 content/themes.yaml 的 problems 里核对',
    ],
    [
      'a method card in a method',
      { method: swap('楼栋长是一栋', '<MethodCard id="yishihui" />\n\n楼栋长是一栋') },
      'methods/loudongzhang.mdx · 正文：<MethodCard> 只放在案例里，方法里不放',
    ],
    [
      'a diagram in a name-only method',
      { nameOnly: swap('来源仅有', '<Diagram id="a" />\n\n来源仅有') },
      'methods/yishihui.mdx · 正文：<Diagram id="a" /> 没有对应的编号，请先写进 diagrams',
    ],
  ])('%s', (_, edits, says) => {
    expect(crossChecked(edits)).toContain(says);
  });
});

describe('YAML', () => {
  follow([
    {
      rule: 'a full-width colon after the key',
      bad: swap('level: 社区', 'level：社区'),
      says: '第 8 行：项目名后面的冒号要用半角，后面空一格，例如 title: 标题',
    },
    {
      rule: 'no space after the colon',
      bad: swap('level: 社区', 'level:社区'),
      says: '第 8 行：冒号后面要空一格，例如 title: 标题',
    },
    {
      rule: 'a tab',
      bad: swap('  province', '\tprovince'),
      says: '第 6 行：行首不能用 Tab，改成空格，每一层两个空格',
    },
    {
      rule: 'a quote left open, told where it opens',
      good: swap('level: 社区', 'level: "社区"'),
      bad: swap('level: 社区', 'level: "社区'),
      says: '第 8 行：引号 " 没有成对',
    },
    {
      rule: 'a bracket left open',
      bad: swap('[物业小区]', '[物业小区'),
      says: '第 9 行：方括号 [ ] 没有成对',
    },
    {
      rule: 'a brace left open',
      bad: swap('name: 富平县 }', 'name: 富平县'),
      says: '第 7 行：花括号 { } 没有成对',
    },
    {
      rule: 'a field twice',
      bad: swap('level: 社区', 'level: 社区\nlevel: 社区'),
      says: '第 9 行：这一项前面已经写过，删掉一处',
    },
    {
      rule: 'something else',
      bad: swap('level: 社区', 'level: !!js/function x'),
      says: '第 8 行：写法有误：检查缩进、冒号后面的空格和成对的引号、括号',
    },
    {
      rule: 'no references',
      bad: all(swap('[物业小区]', '&a [物业小区]'), swap('[rencai]', '*a')),
      says: '：不要用 & 和 * 引用别处，照样再写一遍',
    },
  ]);

  it('a file without front matter says how to begin', () => {
    const says =
      '：文件要以 --- 开头，写好各项，再用单独一行 --- 结束；可照着 content/README.md 的样子写';
    expect(caseProblems(() => '只有正文。')).toEqual([says]);
    expect(caseProblems((text) => text.replace('\n---\n', '\n'))).toEqual([says]);
  });

  it.each<[string, Edit]>([
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
  ])('%s are fine', (_, edit) => {
    expect(caseProblems(edit)).toEqual([]);
  });

  it('a file name is pinyin', () => {
    expect(caseProblems(asIs, 'cases/样例.mdx')).toEqual([
      '文件名：文件名只用小写拼音、数字和连字符',
    ]);
  });
});

describe('a folder', () => {
  let dir = '';
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is read whole, and a broken file is not reported again by those that name it', async () => {
    dir = await mkdtemp(join(tmpdir(), 'library-'));
    await mkdir(join(dir, 'cases'));
    await mkdir(join(dir, 'methods'));
    await writeFile(join(dir, 'themes.yaml'), THEMES);
    await writeFile(join(dir, 'cases', 'yangli.mdx'), GOOD_CASE);
    await writeFile(join(dir, 'methods', 'loudongzhang.mdx'), METHOD);
    expect((await loadLibrary(dir)).problems).toEqual([]);
    await writeFile(
      join(dir, 'methods', 'loudongzhang.mdx'),
      METHOD.replace('name: 楼', 'nam: 楼'),
    );
    const { library, problems } = await loadLibrary(dir);
    expect(library.cases.map(({ id }) => id)).toEqual(['yangli']);
    expect(inWords(problems)).toEqual([
      'name（名称）：写方法名称',
      '：没有「nam」这一项，核对拼写或者删掉',
    ]);
  });

  it('content/ itself passes', async () => {
    expect((await loadLibrary('content')).problems).toEqual([]);
  });
});
