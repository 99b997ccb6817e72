import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { KINDS, type Kind } from '../../api/files/contract.ts';
import { contentDisposition, displayName, NAME_LIMIT } from '../../api/files/fileName.ts';

describe('the name a file is shown and saved under', () => {
  test.each<[string, Kind, string]>([
    ['七月会议纪要.docx', 'docx', '七月会议纪要.docx'],
    ['签到.PDF', 'pdf', '签到.pdf'],
    ['现场.jpeg', 'jpg', '现场.jpg'],
    ['方案 v1.2', 'pdf', '方案 v1.2.pdf'],
    ['说是图片.png', 'pdf', '说是图片.pdf'],
    ['invoice.exe', 'pdf', 'invoice.exe.pdf'],
    ['../../etc/passwd', 'pdf', 'passwd.pdf'],
    ['C:\\Users\\王\\表.xlsx', 'xlsx', '表.xlsx'],
    ['.htaccess', 'pdf', 'htaccess.pdf'],
    ['...', 'pdf', '未命名.pdf'],
    ['', 'png', '未命名.png'],
    ['.docx', 'docx', '未命名.docx'],
    ['a/', 'pdf', '未命名.pdf'],
    ['发票\u202efdp.exe', 'pdf', '发票fdp.exe.pdf'],
    ['a\r\nset-cookie: x.pdf', 'pdf', 'a set-cookie_ x.pdf'],
    ['e\u0301te\u0301.pdf', 'pdf', '\u00e9t\u00e9.pdf'],
    ['CON.pdf', 'pdf', '_CON.pdf'],
    ['com1.tar', 'pdf', '_com1.tar.pdf'],
    ['nul .txt', 'pdf', '_nul .txt.pdf'],
    ['contract.pdf', 'pdf', 'contract.pdf'],
    ['a<b>:"c|d?*.pdf', 'pdf', 'a_b___c_d__.pdf'],
    ['尾. .pdf', 'pdf', '尾.pdf'],
    ['\ud83d.pdf', 'pdf', '未命名.pdf'],
    ['长'.repeat(200), 'docx', `${'长'.repeat(75)}.docx`],
    ['😀'.repeat(200), 'pdf', `${'😀'.repeat(76)}.pdf`],
  ])('%j that is a %s becomes %j', (given, kind, expected) => {
    expect(displayName(given, kind)).toBe(expected);
  });

  const kind = fc.constantFrom(...(Object.keys(KINDS) as Kind[]));
  const nasty = fc.constantFrom(
    ...['/', '\\', '..', '.', ' ', '\u0000', '\n', '\u202e', '\u200b', '\u0301', '\ud800', ':'],
    ...['con', 'NUL', 'lpt1', '.pdf', '.docx', '.exe', '"', '%', '\u037e', '文', '😀'],
  );
  const given = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.oneof(nasty, fc.string({ maxLength: 3 })), { maxLength: 60 })
      .map((all) => all.join('')),
  );

  it('is safe whatever was given, and stays as it is when given again', () => {
    fc.assert(
      fc.property(given, kind, (text, found) => {
        const name = displayName(text, found);
        expect(name.endsWith(`.${found}`)).toBe(true);
        expect([...name].length).toBeLessThanOrEqual(NAME_LIMIT);
        expect(name).toBe(name.normalize('NFC'));
        expect(name.isWellFormed()).toBe(true);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]/u);
        expect(name).not.toMatch(/^[\s.]|[\s.]\.[a-z]+$/u);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d) *\./i);
        expect(displayName(name, found)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('comes back whole from the header, which is plain ASCII', () => {
    fc.assert(
      fc.property(given, kind, (text, found) => {
        const name = displayName(text, found);
        const header = contentDisposition(name);
        // RFC 6266 §4.1 and RFC 8187 §3.2.1, their grammars.
        const parts =
          /^attachment; filename="([ !#$&-[\]-~]*)"; filename\*=UTF-8''((?:[\w!#$&+^`|~.-]|%[\dA-F]{2})+)$/.exec(
            header,
          );
        expect(parts, header).not.toBeNull();
        expect(decodeURIComponent(parts?.[2] ?? '')).toBe(name);
        expect(parts?.[1]).toMatch(new RegExp(`\\.${found}$`));
      }),
    );
  });

  it('escapes what only the newer grammar forbids', () => {
    expect(contentDisposition("材料(1)'甲*.pdf")).toBe(
      `attachment; filename="__(1)'_*.pdf"; filename*=UTF-8''%E6%9D%90%E6%96%99%281%29%27%E7%94%B2%2A.pdf`,
    );
  });
});
