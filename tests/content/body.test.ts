import { describe, expect, it } from 'vitest';
import { readCase } from '../../api/library/contract.ts';
import { all, caseProblems, follow, GOOD_CASE, put, swap } from './sample.ts';

const HALF_WIDTH = '中文里的标点请用全角：，。；：？！（）“”';
const LINE = '正文第 40 行：';
const PARTS =
  '正文：正文要按次序写这五部分，每部分用「## 」开头：背景与起因、做法与经过、成效与反响、经验与启示、照着做；现在是：';
const ONLY = '正文里只能用 <MethodCard id="编号" /> 和 <Diagram id="编号" />，不能用 ';
const SYNTAX =
  '正文写法有误，多半是 < 或 { 没有成对；要写这两个字符本身，前面加反斜杠；HTML 标签和注释都不能用';
const BRACES = '正文里不能写 { } 表达式';
const MODULE = '正文里不能写 import 或 export';
const LINK = '链接要以 https://、http:// 或 / 开头';

const atLine40 = (good: string, bad: string, says: string) => ({
  rule: bad,
  good: put(good),
  bad: put(bad),
  says: `${LINE}${says}`,
});

describe('the five sections', () => {
  const rename = (from: string, to: string) => swap(`## ${from}\n`, `## ${to}\n`);
  follow([
    {
      rule: 'in order',
      bad: all(
        rename('成效与反响', '某'),
        rename('经验与启示', '成效与反响'),
        rename('某', '经验与启示'),
      ),
      says: `${PARTS}背景与起因、做法与经过、经验与启示、成效与反响、照着做`,
    },
    {
      rule: 'none left out',
      bad: swap('## 经验与启示\n', ''),
      says: `${PARTS}背景与起因、做法与经过、成效与反响、照着做`,
    },
    {
      rule: 'no sixth',
      bad: swap('## 照着做\n', '## 其他\n\n有。\n\n## 照着做\n'),
      says: `${PARTS}背景与起因、做法与经过、成效与反响、经验与启示、其他、照着做`,
    },
    {
      rule: 'nothing before the first',
      bad: swap('## 背景与起因', '先说一句。\n\n## 背景与起因'),
      says: `${PARTS}(标题前的文字)、背景与起因、做法与经过、成效与反响、经验与启示、照着做`,
    },
    {
      rule: 'none empty',
      bad: swap('- [ ] 数一数有几栋楼\n', ''),
      says: '正文：「照着做」还是空的，请写内容',
    },
    {
      rule: 'no body at all',
      bad: (text) => text.slice(0, text.indexOf('\n## 背景')),
      says: `${PARTS}(空)`,
    },
    {
      rule: 'no hint of the template',
      bad: put('（提示：这里写背景。）'),
      says: `${LINE}「背景与起因」里还留着模板的提示，写好内容后把「（提示：」那一段删掉`,
    },
  ]);
});

describe('a body is data', () => {
  follow([
    atLine40('一段。', '<Foo />', `${ONLY}<Foo>`),
    atLine40('一段。', '<div>一段</div>', `${ONLY}<div>`),
    atLine40('一段。', '<Diagram />', `${ONLY}<Diagram>`),
    atLine40('一段。', '<Diagram id={"dashi"} />', `${ONLY}<Diagram>`),
    atLine40(
      '一段。',
      '<Diagram id="dashi">字</Diagram>',
      '写成 <Diagram id="dashi" />，单独一行，里面不放文字，也不加别的项',
    ),
    atLine40(
      '一段。',
      '<Diagram id="dashi" style="x" />',
      '写成 <Diagram id="dashi" />，单独一行，里面不放文字，也不加别的项',
    ),
    atLine40('**粗**体。', '粗 <b>体</b>。', '<b> 不能写在一行字中间'),
    atLine40('一段。', '- <Diagram id="dashi" />', '<Diagram> 不能写在一行字中间'),
    atLine40('两段。\n\n一段。', '上<br>下', SYNTAX),
    atLine40('一段。', '<!-- 注 -->', SYNTAX),
    atLine40('人数 \\< 5 人。', '人数 <5 人', SYNTAX),
    atLine40('写作 \\{x} 的。', '{1 + 1}', BRACES),
    atLine40('一段。', '有 {name} 人', BRACES),
    atLine40('一段。', '{/* 注 */}', BRACES),
    atLine40('一段。', "import x from 'y'", MODULE),
    atLine40('一段。', 'export const x = 1', MODULE),
    atLine40('见[这里](https://a.cn/b)。', '见[这里](javascript:alert)。', LINK),
    atLine40('见[这里](/cases/a/)。', '见[这里](//a.cn)。', LINK),
    atLine40('见[这里](http://a.cn)。', '见[这里](/\\a.cn)。', LINK),
    atLine40('见[这里](#a)。', '见[这里](data:text/html,x)。', LINK),
    atLine40('一段。', '见[这里](../a)。', LINK),
    atLine40('### 小标题', '# 大标题', '正文不要写一级标题（#），标题在 title 里'),
    atLine40('一段。', '![图](/a.png)', '正文里暂不能放图片，数字和关系请用 diagrams'),
  ]);

  it('text nested without end is refused, not a crash', () => {
    expect(caseProblems(put(`${'>'.repeat(20_000)} 深`))).toEqual(['正文：列表或引用套得太深']);
  });

  it('two mistakes are both told', () => {
    expect(caseProblems(put('<Foo />\n\n{1}'))).toEqual([
      `${LINE}${ONLY}<Foo>`,
      `正文第 42 行：${BRACES}`,
    ]);
  });
});

describe('punctuation', () => {
  follow([
    atLine40('人多，手少。', '人多,手少。', HALF_WIDTH),
    atLine40('人多；手少。', '人多;手少。', HALF_WIDTH),
    atLine40('有三样：水、电、气。', '有三样:水、电、气。', HALF_WIDTH),
    atLine40('行吗？', '行吗?', HALF_WIDTH),
    atLine40('行！', '行!', HALF_WIDTH),
    atLine40('社区（村）。', '社区(村)。', HALF_WIDTH),
    atLine40('18 名（新）。', '18 名 (新)。', HALF_WIDTH),
    atLine40('“社区”说。', '"社区"说。', HALF_WIDTH),
    atLine40('“社区”，说。', '“社区”,说。', HALF_WIDTH),
    atLine40('完了。', '完了.', HALF_WIDTH),
    atLine40('**重**，轻。', '**重**,轻。', HALF_WIDTH),
    atLine40('1.5 万，见 https://a.cn/?a=1,2 那页。', '楼栋:18 栋。', HALF_WIDTH),
  ]);
});

describe('what comes out', () => {
  const section = (body: string) => {
    const { entry } = readCase('cases/a.mdx', put(body)(GOOD_CASE));
    const block = entry?.sections[0]?.blocks[0];
    return block && 'html' in block ? block.html : undefined;
  };

  it('编者建议 becomes a badge', () => {
    expect(section('编者建议：先数楼。')).toBe(
      '<p><span class="editor" data-nosearch="">编者建议</span>先数楼。</p>',
    );
  });

  it('a task becomes a checkbox with its label', () => {
    const html = section('- [ ] 数楼');
    expect(html).toContain('<label><input type="checkbox"> 数楼</label>');
    expect(html).not.toContain('disabled');
  });

  it('components stand between the text', () => {
    const { entry } = readCase('cases/a.mdx', GOOD_CASE);
    expect(entry?.sections[1]?.blocks.slice(1)).toEqual([
      { component: 'Diagram', id: 'dashi' },
      { component: 'MethodCard', id: 'loudongzhang' },
    ]);
  });
});
