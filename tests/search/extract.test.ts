import { describe, expect, it } from 'vitest';
import { extract } from '../../site/lib/search/extract.ts';

/** What stands inside the page element. */
const read = (inner: string) =>
  extract(`<!doctype html><title>题</title><body><header>页首</header>
    <main data-page="case" data-meta="陕西省 · 社区">${inner}</main><footer>页脚</footer>`);
const blocks = (inner: string) => read(inner)?.text;

describe('which part of a page', () => {
  it('the element with data-page, and nothing around it', () => {
    expect(read('<p>正文</p>')).toEqual({
      kind: 'case',
      title: '',
      names: [],
      gist: '',
      meta: '陕西省 · 社区',
      text: ['正文'],
      facets: {},
      pinyin: undefined,
    });
  });

  it('none without such an element, or of another kind', () => {
    expect(extract('<main><p>首页</p></main>')).toBeUndefined();
    expect(extract('<main data-page="theme"><p>主题</p></main>')).toBeUndefined();
    expect(extract('')).toBeUndefined();
  });

  it('an element inside of the same name does not end it', () => {
    expect(
      extract('<div data-page="method"><div>甲</div>乙<div>丙</div></div><div>丁</div>')?.text,
    ).toEqual(['甲', '乙', '丙']);
  });

  it('takes the reading along', () => {
    expect(extract('<main data-page="method" data-pinyin="jie zhang"></main>')?.pinyin).toBe(
      'jie zhang',
    );
  });
});

describe('blocks', () => {
  it.each<[string, string, string[]]>([
    ['elements within a line join', '<p>微<b>网<i>实</i></b><a href="/">格</a></p>', ['微网实格']],
    ['also struck-out and small text', '<p>微<del>网</del><small>实</small></p>', ['微网实']],
    ['block elements part', '<p>微网</p><p>实格</p>', ['微网', '实格']],
    [
      'a block inside a line of text parts it',
      '<li>甲<ul><li>乙</li></ul>丙</li>',
      ['甲', '乙', '丙'],
    ],
    ['terms and cells stand alone', '<dl><dt>层级</dt><dd>市</dd></dl>', ['层级', '市']],
    [
      'table cells too',
      '<table><tr><th>数</th><td>1</td><td>2</td></tr></table>',
      ['数', '1', '2'],
    ],
    ['a line break parts', '<p>甲<br>乙</p>', ['甲', '乙']],
    ['a rule parts', '<li>甲<hr>乙</li>', ['甲', '乙']],
    ['an optional break does not', '<p>微网<wbr>实格</p>', ['微网实格']],
    ['a picture does not', '<p>微网<img src="/a" alt="图">实格</p>', ['微网实格']],
    ['white space is one space', '<p>\n  甲\n\t <b> 乙 </b>丙 </p>', ['甲 乙 丙']],
    ['empty blocks are none', '<p> </p><p></p><div><p>甲</p></div>', ['甲']],
    ['entities are read', '<p>&lt;甲&gt;&nbsp;&amp; 3&#x20;户&#20057;</p>', ['<甲> & 3 户乙']],
    ['unclosed elements are closed', '<ul><li>甲<li>乙</ul><p>丙<p>丁', ['甲', '乙', '丙', '丁']],
  ])('%s', (_, html, text) => {
    expect(blocks(html)).toEqual(text);
  });
});

describe('what is left out', () => {
  it.each<[string, string]>([
    ['navigation', '<nav><p>目录</p></nav>'],
    ['pictures', '<svg viewBox="0 0 1 1"><g><text>图</text></g></svg>'],
    ['buttons', '<button>打印<br>本页</button>'],
    ['fields', '<select><option>甲</option></select><input value="乙">'],
    ['scripts and styles', '<script>甲</script><style>乙</style><template>丙</template>'],
    ['what only shows without scripts', '<noscript><p>请打开脚本</p></noscript>'],
    ['data-nosearch', '<section data-nosearch><h2>相关</h2><p>别处</p></section>'],
    ['comments', '<!-- 甲 -->'],
  ])('%s', (_, html) => {
    expect(blocks(`<p>前</p>${html}<p>后</p>`)).toEqual(['前', '后']);
    expect(blocks(`<div>前${html}</div><p>后</p>`)).toEqual(['前', '后']);
  });

  it('also what names or facets stand in it, nested marks and all', () => {
    const page = read(
      '<div data-nosearch><h1>甲</h1><p data-name data-gist data-facet="level:市">乙</p><div data-nosearch></div>丙</div><h1>丁</h1>',
    );
    expect(page).toMatchObject({ title: '丁', names: [], gist: '', facets: {}, text: ['丁'] });
  });

  it('a control within a line does not part it, a block does', () => {
    expect(blocks('<p>微网<button>复制</button>实格</p>')).toEqual(['微网实格']);
    expect(blocks('<p>微网<svg><path d=""></path></svg>实格</p>')).toEqual(['微网实格']);
    expect(blocks('<p>微网<span data-nosearch>新</span>实格</p>')).toEqual(['微网实格']);
    expect(blocks('<div>微网<nav>目录</nav>实格</div>')).toEqual(['微网', '实格']);
    expect(blocks('<div>微网<div data-nosearch>别处</div>实格</div>')).toEqual(['微网', '实格']);
  });
});

describe('title, names, gist', () => {
  it('are read where they are marked', () => {
    const page = read(
      '<p data-name>微网实格</p><h1>织成<br>微网格</h1><p data-gist>再分 <b>一层</b></p><p>也叫<span data-name>微网</span>、<span data-name>实格</span></p><p>正文</p>',
    );
    expect(page).toMatchObject({
      title: '织成微网格',
      names: ['微网实格', '微网', '实格'],
      gist: '再分 一层',
    });
  });

  it('a title that is also a name is both, and takes nothing of what follows', () => {
    const page = read(
      '<header><h1 data-name>楼栋长</h1><p data-gist>每栋一名</p></header><p>正文</p><p>又一段</p>',
    );
    expect(page).toMatchObject({ title: '楼栋长', names: ['楼栋长'], gist: '每栋一名' });
  });

  it('marks may stand in each other', () => {
    const page = read(
      '<div data-gist>一句话：<h1>题<span data-name>名</span></h1>完</div><p>正文</p>',
    );
    expect(page).toMatchObject({ title: '题名', names: ['名'], gist: '一句话：题名完' });
  });
});

describe('facets', () => {
  it('are gathered by name, each value once, in order', () => {
    const page = read(
      '<i data-facet="theme:网格"></i><dd data-facet="level:市"><span data-facet="theme:党建">党建</span></dd><b data-facet="theme:网格"></b><s data-facet="note:甲:乙"></s>',
    );
    expect(page?.facets).toEqual({ theme: ['网格', '党建'], level: ['市'], note: ['甲:乙'] });
  });

  it('without name or value they are none', () => {
    expect(
      read('<i data-facet=""></i><i data-facet="theme"></i><i data-facet="theme:"></i>')?.facets,
    ).toEqual({});
  });
});
