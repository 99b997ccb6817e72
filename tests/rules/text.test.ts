import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { newId } from '../../api/core/id.ts';
import { email, id, line, maskPhone, phone, prose, userName } from '../../api/core/text.ts';

const name = line('姓名', { max: 10 });
const story = prose('情况', { min: 2, max: 20 });
const messages = (shape: typeof name, text: unknown): string[] =>
  shape.safeParse(text).error?.issues.map(({ message }) => message) ?? [];

describe('a line', () => {
  test.each([
    ['  王一 ', '王一', 'trimmed'],
    ['\u3000王一\u3000', '王一', 'trimmed of full-width blanks'],
    ['e\u0301', 'é', 'NFC'],
    ['e\u200b\u0301', 'é', 'NFC also after what was between'],
    ['王\u202e一', '王一', 'without marks of direction'],
    ['\ufeff王\u200b一\u2066', '王一', 'without what nobody sees'],
    ['👨\u200d👩', '👨\u200d👩', 'with the joiner that an emoji needs'],
    ['𠮷田', '𠮷田', 'with rare characters'],
    ["<b>'; --", "<b>'; --", 'as typed'],
  ])('%j becomes %j: %s', (typed, kept) => {
    expect(name.parse(typed)).toBe(kept);
  });

  test.each([
    ['\u0000', '姓名里有看不见的控制字符，请重新输入'],
    ['a\u0000b', '姓名里有看不见的控制字符，请重新输入'],
    ['a\u001bb', '姓名里有看不见的控制字符，请重新输入'],
    ['a\u0085b', '姓名里有看不见的控制字符，请重新输入'],
    ['a\nb', '姓名里有看不见的控制字符，请重新输入'],
    ['a\u2028b', '姓名里有看不见的控制字符，请重新输入'],
    ['a\ud800', '姓名里有残缺的字符，请重新输入'],
    ['\udc00a', '姓名里有残缺的字符，请重新输入'],
    ['', '请填写姓名'],
    [' \u200b ', '请填写姓名'],
    ['一二三四五六七八九十一', '姓名最多 10 个字'],
    [7, '姓名须是文字'],
    [null, '姓名须是文字'],
    [undefined, '姓名须是文字'],
    [['王'], '姓名须是文字'],
  ])('%j is refused: %s', (typed, message) => {
    expect(messages(name, typed)).toEqual([message]);
  });

  it('counts characters, not halves of them', () => {
    expect(name.parse('𠮷'.repeat(10))).toBe('𠮷'.repeat(10));
    expect(messages(name, '𠮷'.repeat(11))).toEqual(['姓名最多 10 个字']);
  });

  it('once cleaned stays as it is, in NFC, and holds nothing forbidden', () => {
    const odd = fc.constantFrom(
      '\u200b',
      '\u202e',
      '\u0301',
      '\u0000',
      '\n',
      '\ud800',
      ' ',
      'é',
      '가',
    );
    const text = fc.array(fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('')),
        (typed) => {
          const first = line('x', { min: 0, max: 100 }).safeParse(typed);
          if (!first.success) return;
          const kept = first.data;
          expect(line('x', { min: 0, max: 100 }).parse(kept)).toBe(kept);
          expect(kept.normalize('NFC')).toBe(kept);
          expect(kept.isWellFormed()).toBe(true);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: just what must not be there
          expect(kept).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('prose', () => {
  it('may have lines and tabs, and nothing else of the kind', () => {
    expect(story.parse('一\n\t二')).toBe('一\n\t二');
    expect(messages(story, '一\u0000二')).toEqual(['情况里有看不见的控制字符，请重新输入']);
    expect(messages(story, '一')).toEqual(['情况至少 2 个字']);
  });
});

describe('a phone number', () => {
  test.each([
    '13800000000',
    '138 0000 0000',
    '138-0000-0000',
    '+86 138-0000-0000',
    '+8613800000000',
    '8613800000000',
    '0086 13800000000',
    '(138) 0000 0000',
    '１３８００００００００',
    '\u202d13800000000\u202c',
    '138\u00a00000\u20090000',
  ])('%j', (typed) => {
    expect(phone.parse(typed)).toBe('13800000000');
  });

  test.each([
    '12800000000',
    '1380000000',
    '138000000000',
    '0917-8210000',
    '+1 415 555 0100',
    '+44 13800000000',
    '1380000000O',
    '13800000000;13900000000',
    '',
    '1'.repeat(50),
  ])('%j is refused', (typed) => {
    expect(phone.safeParse(typed).success).toBe(false);
  });

  it('is masked, or nothing at all', () => {
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskPhone(null)).toBeNull();
  });
});

describe('a user name', () => {
  test.each([
    ['Weiyun', 'weiyun'],
    ['ＡＢ', 'ab'],
    ['渭运书记', '渭运书记'],
    ['a.b_c-d', 'a.b_c-d'],
    ['a1', 'a1'],
  ])('%s is %s', (typed, kept) => {
    expect(userName.parse(typed)).toBe(kept);
  });

  test.each([
    'a',
    'x'.repeat(33),
    'a b',
    'a\u0000b',
    'a\u202eb',
    'a@b',
    "a'b",
    '<b>',
    '12345678',
    '13800000000',
    '１３８００００００００',
    // Typed to sign in, this would be taken for the phone number.
    '138-0000-0000',
    '86-138-0000-0000',
    'a\ud800',
  ])('%j is refused', (typed) => {
    expect(userName.safeParse(typed).success).toBe(false);
  });
});

describe('the rest', () => {
  it('takes e-mail addresses in lower case, of a bearable length', () => {
    expect(email.parse('A.B@Example.CN')).toBe('a.b@example.cn');
    for (const wrong of ['', 'a', 'a@', 'a@b', 'a b@c.cn', `${'a'.repeat(250)}@b.cn`, 'a\n@b.cn']) {
      expect(email.safeParse(wrong).success, wrong).toBe(false);
    }
  });

  it('takes ids as they are made, in no order, and nothing else', () => {
    const made = Array.from({ length: 200 }, () => newId());
    for (const one of made) expect(id.parse(one)).toBe(one);
    expect(new Set(made).size).toBe(200);
    expect([...made].sort()).not.toEqual(made);
    for (const wrong of [
      '',
      'A'.repeat(20),
      'a'.repeat(19),
      'a'.repeat(21),
      `${'a'.repeat(20)}\n`,
    ]) {
      expect(id.safeParse(wrong).success, wrong).toBe(false);
    }
  });
});
