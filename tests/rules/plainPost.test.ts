import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { isPlain } from '../../api/forum/reading/plain.ts';
import { sanitizePost } from '../../api/forum/writing/sanitize.ts';

test.each([
  '<p>每月补 300 元，<strong>从<em>党建</em>经费</strong>里出。<br />\n“好” "是"</p>',
  '<ul>\n<li>一</li>\n<li>二\n<ol>\n<li>三 &lt;b&gt; &amp;</li>\n</ol>\n</li>\n</ul>',
  '<blockquote>\n<p><span class="mention person">@某</span> <a class="entry" href="/cases/weiwang-shige/">微网实格</a></p>\n</blockquote>',
])('is plain: %s', (html) => {
  expect([isPlain(html), sanitizePost(html)]).toEqual([true, html]);
});

test.each([
  '<p onclick="x()">一</p>',
  '<P>一</P>',
  '<p>一',
  '</p>',
  '<p>一</p><script>alert(1)</script>',
  '<p>一<',
  '<p>&#60;script&#62;</p>',
  '<a class="entry" href="/cases/../x/">一</a>',
  '<a class="entry" href="//evil.example/">一</a>',
  '<strong><p>一</p></strong>',
  '<!-- --><p>一</p>',
])('is not: %s', (html) => {
  expect(isPlain(html)).toBe(false);
});

it('is never what a sanitizer would change', () => {
  const names = ['p', 'blockquote', 'ul', 'ol', 'li', 'strong', 'em', 's', 'span', 'a', 'code'];
  const tags = names.flatMap((name) => [`<${name}>`, `</${name}>`]);
  const entry = '<a class="entry" href="/cases/weiwang-shige/">';
  const pieces = ['<br />', '<span class="mention">', entry, '<img src=x>', '字', '"', '&amp;'];
  const leaf = fc.constantFrom(...tags, ...pieces, '&', '<', '>', '\0', '\r', '&nbsp;');
  const wrapped = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc
        .tuple(fc.constantFrom(...names), fc.array(tie('tree'), { maxLength: 3 }))
        .map(([name, inside]) => `<${name}>${inside.join('')}</${name}>`),
    ),
  })).tree;
  let plain = 0;
  fc.assert(
    fc.property(fc.array(wrapped, { maxLength: 4 }), (parts) => {
      const html = parts.join('');
      if (!isPlain(html)) return;
      plain += 1;
      expect(sanitizePost(html)).toBe(html);
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(100);
});
