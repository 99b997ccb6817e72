import { describe, expect, it, test } from 'vitest';
import { Refused } from '../../api/core/refused.ts';
import { readZip } from '../../api/core/zip.ts';
import { SIDE_LIMIT } from '../../api/files/images.ts';
import { readKind } from '../../api/files/kinds.ts';
import { PARTS_LIMIT } from '../../api/files/office.ts';
import { unpackEntry } from '../../api/files/unpack.ts';
import {
  docx,
  jpg,
  type OfficeOptions,
  office,
  officeParts,
  pdf,
  png,
  xlsx,
} from '../support/uploads.ts';
import { forgetEntries, hideEntry, zipEntry, zipFiles, zipOf } from '../support/workbook.ts';

/** What a file is by its content: its kind, or the code of the refusal. */
const kindOf = (bytes: Buffer): Promise<string> =>
  readKind(bytes).catch((error) => {
    if (!(error instanceof Refused)) throw error;
    return error.refusal.code;
  });

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);
const text = (words: string): Buffer => Buffer.from(words);
/** Turns one byte's bits where the words stand. */
function damaged(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
  return copy;
}

test.each<[string, Buffer, string]>([
  ['docx by a library', await docx(), 'docx'],
  ['xlsx by a library', await xlsx(), 'xlsx'],
  ['docx with its contents last', office('word'), 'docx'],
  ['xlsx by hand', office('xl'), 'xlsx'],
  ['pptx by hand', office('ppt'), 'pptx'],
  ['pdf', pdf(), 'pdf'],
  ['png', png(), 'png'],
  ['jpg', jpg(), 'jpg'],
  ['jpg with what its maker wrote behind it', Buffer.concat([jpg(), text('maker')]), 'jpg'],
  ['a docx with a large picture before its contents', largePicture(), 'docx'],
])('%s is taken for what it is', async (_, bytes, kind) => {
  expect(await kindOf(bytes)).toBe(kind);
});

/** Parts before the contents that a reader from the front would give up in. */
function largePicture(): Buffer {
  const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * at * 31) >> 7));
  const { '_rels/.rels': relations = '', ...rest } = officeParts('word');
  return zipFiles({ 'word/media/image1.jpeg': noise, '_rels/.rels': relations, ...rest });
}

describe('what is no accepted kind', () => {
  test.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'fileEmpty'],
    ['words', text('您好'), 'fileWrongKind'],
    ['html', text('<!doctype html><script>alert(1)</script>'), 'fileWrongKind'],
    ['svg', text('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), 'fileWrongKind'],
    ['html in front of a pdf', Buffer.concat([text('<script></script>'), pdf()]), 'fileWrongKind'],
    ['exe', Buffer.concat([text('MZ'), Buffer.alloc(200)]), 'fileWrongKind'],
    ['gif', text('GIF89a\u0001\u0000\u0001\u0000'), 'fileWrongKind'],
    ['a shell script', text('#!/bin/sh\nrm -rf /'), 'fileWrongKind'],
    ['a zip', zipOf('hello.txt', text('hello')), 'fileWrongKind'],
    ['a zip without a directory', forgetEntries(office('word')), 'fileWrongKind'],
    ['an old .doc', Buffer.concat([hex('d0cf11e0a1b11ae1'), Buffer.alloc(1024)]), 'fileOldOffice'],
    ['an empty zip', hex(`504b0506${'00'.repeat(18)}`), 'fileWrongKind'],
  ])('%s', async (_, bytes, code) => {
    expect(await kindOf(bytes)).toBe(code);
  });
});

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex');
}

describe('what only begins like one, or is cut off', async () => {
  const word = await docx();
  test.each<[string, Buffer]>([
    ['pdf', half(pdf(' '.repeat(5000)))],
    ['png', half(png())],
    ['png without pixels', Buffer.concat([png().subarray(0, 33), png().subarray(-12)])],
    ['png of no width', png(0)],
    ['png with one byte changed', damaged(png(), 20)],
    ['jpg', half(jpg())],
    ['jpg without its end', jpg().subarray(0, -2)],
    ['jpg of no height', jpg(2, 0)],
    ['docx', half(word)],
    ['docx with one byte changed', damaged(word, 60)],
    ['the beginning of a zip', text('PK\u0003\u0004 and no more')],
  ])('%s', async (_, bytes) => {
    expect(await kindOf(bytes)).toBe('fileUnreadable');
  });
});

describe('pictures', () => {
  test.each<[number, number, string]>([
    [SIDE_LIMIT, 4000, 'taken'],
    [SIDE_LIMIT + 1, 1, 'fileImageTooLarge'],
    [1, SIDE_LIMIT + 1, 'fileImageTooLarge'],
    [10_000, 5_000, 'taken'],
    [10_000, 5_001, 'fileImageTooLarge'],
  ])('%i × %i is %s', async (width, height, outcome) => {
    const expected = (kind: string) => (outcome === 'taken' ? kind : outcome);
    expect(await kindOf(png(width, height))).toBe(expected('png'));
    expect(await kindOf(jpg(width, height))).toBe(expected('jpg'));
  });
});

describe('pdf', () => {
  test.each([
    '3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj',
    '3 0 obj<</S /J#61vaScript>>endobj',
    '3 0 obj<</S /J#6Aava /JS 4 0 R>>endobj',
    '3 0 obj<</#4a#53 <616c65>>>endobj',
    '3 0 obj<</S/Launch/F(calc.exe)>>endobj',
    '3 0 obj<</Type/EmbeddedFile>>endobj',
    '3 0 obj<</Names<</EmbeddedFiles 5 0 R>>>>endobj',
  ])('with %s is refused', async (object) => {
    expect(await kindOf(pdf(object))).toBe('fileActivePdf');
  });

  it('takes three bytes of a picture that happen to spell a name', async () => {
    expect(await kindOf(pdf('3 0 obj<<>>stream\n\u00ff/JS\u0000\u00fe(\nendstream endobj'))).toBe(
      'pdf',
    );
  });
});

describe('office files that act', () => {
  const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  const template =
    'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml';
  const dde = '<w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\calc.exe</w:instrText></w:r>';
  test.each<[string, OfficeOptions, string]>([
    ['a .docm', { type: macro }, 'fileMacros'],
    ['a project of macros', { files: { 'word/vbaProject.bin': 'x' } }, 'fileMacros'],
    ['one written in capitals', { files: { 'word/VBAPROJECT.BIN': 'x' } }, 'fileMacros'],
    ['one by another name', { relations: [['vbaProject', 'code.bin']] }, 'fileMacros'],
    ['a control', { files: { 'word/activeX/activeX1.xml': '<a/>' } }, 'fileMacros'],
    ['a template as such', { type: template }, 'fileWrongKind'],
    [
      'a template from the net',
      { relations: [['attachedTemplate', 'https://x.example/t.dotm', 'External']] },
      'fileOutside',
    ],
    [
      'a template from a share',
      { relations: [['attachedTemplate', 'file:///\\\\host\\t.dotm', 'External']] },
      'fileOutside',
    ],
    [
      'an object from a share',
      { relations: [['oleObject', '\\\\host\\x.xlsx', 'External']] },
      'fileOutside',
    ],
    ['a DDE field', { files: { 'word/header1.xml': dde } }, 'fileOutside'],
    [
      'a DDE link behind much else',
      {
        files: {
          'word/externalLink1.xml': `${'<a/>'.repeat(40_000)}<x:ddeLink ddeService="cmd"/>`,
        },
      },
      'fileOutside',
    ],
    [
      "a template on the writer's own disk",
      { relations: [['attachedTemplate', 'file:///C:\\Users\\a\\Normal.dotm', 'External']] },
      'docx',
    ],
    ['a link to click', { relations: [['hyperlink', 'https://x.example/', 'External']] }, 'docx'],
  ])('%s', async (_, options, outcome) => {
    expect(await kindOf(office('word', options))).toBe(outcome);
  });
});

describe('zips that are a trap', () => {
  const blanks = Buffer.alloc(201 * 1024 * 1024, ' ');

  it('does not unpack what says it is too large', async () => {
    expect(await kindOf(office('word', { files: { 'word/big.xml': blanks } }))).toBe('fileBomb');
  });

  it('stops at a part that is larger than it says', async () => {
    const bomb = office('word', { files: { 'word/big.xml': blanks } });
    const listed = bomb.lastIndexOf('word/big.xml') - 46;
    bomb.writeUInt32LE(1000, listed + 24);
    expect(await kindOf(bomb)).toBe('fileUnreadable');
  });

  it('looks at no more of a part than it may have', async () => {
    const [entry] = readZip(zipOf('big.xml', blanks));
    if (!entry) throw new Error('no entry');
    let seen = 0;
    const look = (piece: Buffer) => {
      seen += piece.length;
    };
    await expect(unpackEntry({ ...entry, size: 100_000 }, look)).rejects.toThrow('Larger');
    expect(seen).toBeLessThanOrEqual(100_000);
    await unpackEntry(entry, look);
    expect(seen).toBeGreaterThan(blanks.length);
  });

  it('refuses a part that is not what its checksum says', async () => {
    const bytes = office('word');
    const listed = bytes.lastIndexOf('word/document.xml') - 46;
    expect(await kindOf(damaged(bytes, listed + 16))).toBe('fileUnreadable');
  });

  it('refuses too many parts', async () => {
    const files = Object.fromEntries(
      Array.from({ length: PARTS_LIMIT }, (_, index) => [`word/${index}.xml`, '']),
    );
    expect(await kindOf(office('word', { files }))).toBe('fileBomb');
  });

  it('refuses a list of contents that would fill the memory', async () => {
    const parts = officeParts('word');
    const contents = `${parts['[Content_Types].xml']}${' '.repeat(1024 * 1024)}`;
    expect(await kindOf(zipFiles({ ...parts, '[Content_Types].xml': contents }))).toBe('fileBomb');
  });

  it('refuses a part with two names, and two parts with one', async () => {
    const parts = office('word', { files: { 'word/harmless.xml': 'x' } });
    const renamed = Buffer.from(parts);
    renamed.write('word/HARMLESS', renamed.lastIndexOf('word/harmless.xml'));
    expect(await kindOf(renamed)).toBe('fileUnreadable');
    const twice = office('word', { files: { 'word/DOCUMENT.xml': '<other/>' } });
    expect(await kindOf(twice)).toBe('fileUnreadable');
  });

  it('goes by the directory, as office programs do', async () => {
    const hidden = zipEntry('word/vbaProject.bin', Buffer.from('x'));
    expect(await kindOf(hideEntry(office('word'), hidden))).toBe('docx');
    const hiddenMain = hideEntry(
      zipOf('a.txt', Buffer.from('a')),
      zipEntry('word/document.xml', Buffer.from('x')),
    );
    expect(await kindOf(hiddenMain)).toBe('fileWrongKind');
  });

  it('refuses lists in an encoding that would hide what they say', async () => {
    const parts = officeParts('word');
    const relations = Buffer.from(`\ufeff${parts['_rels/.rels']}`, 'utf16le');
    expect(await kindOf(zipFiles({ ...parts, '_rels/.rels': relations }))).toBe('fileUnreadable');
  });

  it('refuses a way of packing that no office program uses', async () => {
    const bytes = office('word');
    const listed = bytes.lastIndexOf('word/document.xml') - 46;
    bytes.writeUInt16LE(12, listed + 10);
    expect(await kindOf(bytes)).toBe('fileUnreadable');
  });
});
