import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it, test } from 'vitest';
import { renderPost, sanitizePost, withoutNames } from '../../api/forum/writing/markdown.ts';
import { namesOf } from '../../api/forum/writing/names.ts';
import { testLibrary } from '../support/library.ts';
import { payloads } from '../support/xss.ts';

const people = namesOf([
  ['渭运社区', { ids: ['p1'], isPerson: false }],
  ['渭运', { ids: ['p3'], isPerson: false }],
  ['张三', { ids: ['p2'], isPerson: true }],
] as const);
const around = { library: testLibrary, people: () => people, origin: 'https://yuanzhuo.example' };
const render = (source: string) => renderPost(source, around);
const html = (source: string): string => render(source).html;
const ID = 'a'.repeat(20);

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel', 'class', 'id', 'aria-label'],
  img: ['src', 'alt', 'width', 'height', 'loading'],
  li: ['id', 'class'],
  ol: ['start', 'class'],
};
const TAGS =
  /^(?:p|br|hr|h[3-6]|blockquote|ul|ol|li|pre|code|em|strong|s|a|img|span|sup|section|table|thead|tbody|tr|th|td)$/;
const HREF = /^(?:https?:\/\/|mailto:|tel:|\/(?![/\\])|#)/i;

/** What is in it that may not be. */
function faults(text: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!TAGS.test(name)) found.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        if (!(ALLOWED[name] ?? ['class']).includes(key)) found.push(`${name} ${key}`);
        if (key === 'href' && !HREF.test(value)) found.push(`href ${value}`);
        if (key === 'src' && !/^\/api\/pictures\/[0-9a-z]{20}$/.test(value)) found.push(value);
        if (key === 'id' && !/^fn/.test(value)) found.push(`id ${value}`);
      }
      const foreign = /^https?:/i.test(attributes['href'] ?? '');
      if (foreign && !attributes['rel']?.includes('noopener')) found.push('no rel');
    },
    oncomment: (data) => found.push(`comment ${data}`),
    onprocessinginstruction: (name) => found.push(name),
  });
  parser.end(text);
  return found;
}

const FEATURES: Readonly<Record<string, (text: string) => string>> = {
  text: (x) => x,
  emphasis: (x) => `**${x}** _${x}_ ~~${x}~~`,
  heading: (x) => `# ${x}`,
  'text of a link': (x) => `[${x}](https://x.example)`,
  'target of a link': (x) => `[点](${x}) [点](<${x}>)`,
  'title of a link': (x) => `[点](https://x.example "${x}") [点](https://x.example '${x}')`,
  reference: (x) => `[点][r]\n\n[r]: ${x}\n[s]: <${x}> "${x}"\n[t][s]`,
  autolink: (x) => `<${x}> <https://x.example/${x}> https://x.example/${x}`,
  'text of a picture': (x) => `![${x}](/api/pictures/${ID})`,
  'source of a picture': (x) => `![图](${x}) ![图](/api/pictures/${ID}${x})`,
  table: (x) => `|${x}|b|\n|:-:|--|\n|${x}|${x}|`,
  footnote: (x) => `注[^${x}] 注[^1]\n\n[^1]: ${x}\n[^${x}]: ${x}`,
  code: (x) => `\`${x}\` \`\`${x}\`\``,
  fence: (x) => `\`\`\`${x}\n${x}\n\`\`\``,
  'indented code': (x) => `    ${x}`,
  quote: (x) => `> ${x}\n> > ${x}`,
  list: (x) => `- ${x}\n  1. ${x}`,
  mention: (x) => `@渭运社区${x} @${x}`,
  entry: (x) => `微网实格${x} ${x}四化联动`,
};

describe('whatever is typed', () => {
  test.each(Object.entries(FEATURES))('runs nothing: %s', (_, put) => {
    for (const payload of payloads) {
      const made = html(put(payload));
      expect(faults(made), payload).toEqual([]);
      expect(sanitizePost(made), payload).toBe(made);
    }
  });

  it('is seen by this test where it is not sanitized', () => {
    expect(payloads.filter((payload) => faults(payload).length > 0).length).toBeGreaterThan(60);
    expect(payloads.flatMap((payload) => faults(sanitizePost(payload)))).toEqual([]);
  });

  it('makes HTML that sanitizing leaves as it is, at random', () => {
    const parts = [...'`*_~[]()<>!#|:-\\\n&"\'@^ 1', '[^1]: ', 'https://x.cn', '微网实格', '张三'];
    const piece = fc.oneof(fc.constantFrom(...parts), fc.constantFrom(...payloads), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const made = html(pieces.join('').toWellFormed());
        expect(faults(made)).toEqual([]);
        expect(sanitizePost(made)).toBe(made);
      }),
      { numRuns: 300 },
    );
  });
});

describe('links', () => {
  test.each([
    ['见https://a.cn/b?c=1。下面', 'https://a.cn/b?c=1'],
    ['（https://a.cn/x）', 'https://a.cn/x'],
    ['(https://a.cn/x_(y))', 'https://a.cn/x_(y)'],
    ['**https://a.cn**', 'https://a.cn'],
  ])('%s', (source, href) => {
    expect(html(source)).toContain(
      `<a href="${href}" rel="nofollow ugc noopener noreferrer">${href}</a>`,
    );
  });

  it('tell where they lead, and are called after our own pages', () => {
    expect(html('[https://good.cn](https://evil.cn/x)')).toContain(
      '>https://good.cn</a><span class="host">（evil.cn）</span>',
    );
    expect(html('https://yuanzhuo.example/cases/weiwang-shige/')).toContain(
      '<a href="/cases/weiwang-shige/">微网实格</a>',
    );
    expect(html('![外](https://x.cn/a.png)')).toContain('<a href="https://x.cn/a.png"');
  });

  test.each([
    '[x](javascript:1)',
    '[x](//evil.cn)',
    '[x](https://good.cn@evil.cn/)',
    '[x](ftp://a.cn)',
    '[x](data:text/html,1)',
    'ftp://a.cn www.a.cn a@b.cn',
  ])('none: %s', (source) => {
    expect(html(source)).not.toMatch(/href="(?!https:\/\/good\.cn")/);
  });
});

describe('names', () => {
  it('link the first of each entry, not in headings, links and code', () => {
    const made = html('# 三建一管\n\n`三建一管` [三建一管](/x) 三建一管，三建一管');
    expect(made.match(/class="entry"/g)).toHaveLength(1);
    expect(made).toContain(
      '</a> <a class="entry" href="/methods/sanjian-yiguan/">三建一管</a>，三建一管',
    );
  });

  it('call people by the longest name, outside code, links and quotes', () => {
    const {
      people: called,
      missing,
      html: made,
    } = render('@渭运社区 ＠张三 `@李四` \\@张三 [@王五](/x) a@张三\n\n> @渭运 说');
    expect([called, missing]).toEqual([['p1', 'p2'], []]);
    expect(made).toContain('<span class="mention">@渭运</span>');
    expect(render('@无此人').missing).toEqual(['无此人']);
    expect(withoutNames(made)).not.toContain('>@张三<');
    expect(withoutNames(made)).toContain('<span class="mention person">@一位成员</span>');
  });

  it('hide no mark that turns text round', () => {
    const { html: made, text } = render('甲&#8238;乙&#x200b;&#xfeff;丙');
    expect([made, text]).toEqual(['<p>甲乙丙</p>', '甲乙丙']);
  });
});

describe('what would take long', () => {
  test.each([
    ['quotes', '>'.repeat(10_000)],
    ['lists', Array.from({ length: 200 }, (_, i) => `${' '.repeat(i * 2)}- a`).join('\n')],
    ['addresses said again', `[a]: https://x.cn/${'y'.repeat(9000)}\n\n${'[a]'.repeat(3000)}`],
    ['cells filled up', `${'|a'.repeat(4000)}\n${'|-'.repeat(4000)}\n${'|\n'.repeat(2000)}`],
  ])('is refused: %s', (_, source) => {
    expect(() => render(source)).toThrow('tooIntricate');
  });

  /** Characters that the parser looks at, which is what it spends its time on. */
  function looksOf(source: string): number {
    let looks = 0;
    const before = String.prototype.charCodeAt;
    String.prototype.charCodeAt = function (at) {
      looks += 1;
      return before.call(this, at);
    };
    try {
      render(source);
    } finally {
      String.prototype.charCodeAt = before;
    }
    return looks;
  }

  const MARKS = [
    ...'`*_~[]()<>!#|:-\\&"\'@^$',
    '[^1]',
    '![',
    '](',
    '**a',
    '_a_',
    '&#',
    'https://',
    '@渭',
  ];
  test.each(MARKS)('grows with the length and no faster: %s', (mark) => {
    const most = (length: number): number =>
      looksOf(mark.repeat(Math.floor(length / mark.length)).replace(/^>+/, 'a$&'));
    // Twice as long and at most a little more than twice the work.
    expect(most(20_000)).toBeLessThan(2.5 * most(10_000) + 10_000);
  });

  it('a megabyte is rendered or refused', () => {
    const text = '我们社区的网格。'.repeat(16_000);
    expect(html(text)).toBe(`<p>${text}</p>`);
    expect(() => render(text.repeat(8))).toThrow('tooIntricate');
  });
});
