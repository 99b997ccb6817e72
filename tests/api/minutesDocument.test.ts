import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE } from '../support/minutes.ts';
import {
  CHARACTER,
  emuInMm,
  halves,
  LINE,
  mm,
  open,
  type Part,
  pointsInMm,
  pt,
} from '../support/minutesFile.ts';
import { attribute, type Node } from '../support/package.ts';

const style = (id: string, path: string): string => `w:style[w:styleId=${id}] ${path}`;

type Length = readonly [
  item: string,
  part: Part,
  path: string,
  attribute: string,
  unit: (value: number) => number,
  expected: number,
  within: number,
];

const LENGTHS: readonly Length[] = [
  ['paper, width mm', 'document', 'w:pgSz', 'w:w', mm, 210, 0.02],
  ['paper, height mm', 'document', 'w:pgSz', 'w:h', mm, 297, 0.02],
  ['天头 mm', 'document', 'w:pgMar', 'w:top', mm, 37, 0.02],
  ['订口 mm', 'document', 'w:pgMar', 'w:left', mm, 28, 0.02],
  ['right margin mm', 'document', 'w:pgMar', 'w:right', mm, 26, 0.02],
  ['bottom margin mm', 'document', 'w:pgMar', 'w:bottom', mm, 35, 0.02],
  ['gutter', 'document', 'w:pgMar', 'w:gutter', mm, 0, 0],
  ['grid, a line pt', 'document', 'w:docGrid', 'w:linePitch', pt, LINE, 0.05],
  [
    'grid, a character pt',
    'document',
    'w:docGrid',
    'w:charSpace',
    (v) => 16 + v / 4096,
    CHARACTER,
    0.005,
  ],
  [
    'body, a line pt',
    'styles',
    style('Normal', 'w:spacing[w:lineRule=exact]'),
    'w:line',
    pt,
    LINE,
    0.05,
  ],
  ['body, 三号 pt', 'styles', style('Normal', 'w:sz'), 'w:val', halves, 16, 0],
  [
    'body, a character pt',
    'styles',
    style('Normal', 'w:rPr w:spacing'),
    'w:val',
    (v) => 16 + pt(v),
    CHARACTER,
    0.1,
  ],
  [
    'body, two characters in pt',
    'styles',
    style('Body', 'w:ind'),
    'w:firstLine',
    pt,
    2 * CHARACTER,
    0.05,
  ],
  ['mark, top below the 版心 mm', 'styles', style('Mark', 'w:spacing'), 'w:before', mm, 35, 0.02],
  ['mark, two blank lines pt', 'styles', style('Mark', 'w:spacing'), 'w:after', pt, 2 * LINE, 0.1],
  ['red rule below the number mm', 'document', 'w:pBdr w:bottom', 'w:space', pointsInMm, 4, 0.2],
  [
    'title, two blank lines pt',
    'styles',
    style('IssueNumber', 'w:spacing'),
    'w:after',
    pt,
    2 * LINE,
    0.1,
  ],
  ['title, 二号 pt', 'styles', style('Title', 'w:sz'), 'w:val', halves, 22, 0],
  [
    'date, two characters in pt',
    'styles',
    style('SignDate', 'w:ind'),
    'w:right',
    pt,
    2 * CHARACTER,
    0.05,
  ],
  ['版记, 四号 pt', 'styles', style('Colophon', 'w:sz'), 'w:val', halves, 14, 0],
  ['版记, one character left pt', 'styles', style('Colophon', 'w:ind'), 'w:left', pt, 14, 0],
  ['版记, one character right pt', 'styles', style('Colophon', 'w:ind'), 'w:right', pt, 14, 0],
  ['版记, width mm', 'document', 'wp:extent', 'cx', emuInMm, 156, 0.05],
  ['page number, 四号 pt', 'styles', style('PageNumber', 'w:sz'), 'w:val', halves, 14, 0],
  [
    'page number, line pt',
    'styles',
    style('PageNumber', 'w:spacing[w:lineRule=exact]'),
    'w:line',
    pt,
    14,
    0,
  ],
  // The dash lies at 0.48 of the character's height, which is the line's.
  [
    'page number, dash below the 版心 mm',
    'document',
    'w:pgMar',
    'w:footer',
    (v) => 35 - mm(v) - pointsInMm(14 * 0.52),
    7,
    0.05,
  ],
  ['odd page number, one character in pt', 'odd', 'w:ind', 'w:right', pt, 14, 0],
  ['even page number, one character in pt', 'even', 'w:ind', 'w:left', pt, 14, 0],
];

type Setting = readonly [
  item: string,
  part: Part,
  path: string,
  attribute: string,
  expected: string,
];

const fontOf = (id: string): string => style(id, 'w:rFonts');

const SETTINGS: readonly Setting[] = [
  ['grid', 'document', 'w:docGrid', 'w:type', 'linesAndChars'],
  ['body', 'styles', fontOf('Normal'), 'w:eastAsia', '仿宋_GB2312'],
  ['digits in the body', 'styles', fontOf('Normal'), 'w:ascii', '仿宋_GB2312'],
  ['body, justified', 'styles', style('Normal', 'w:jc'), 'w:val', 'both'],
  ['language', 'styles', style('Normal', 'w:lang'), 'w:eastAsia', 'zh-CN'],
  ['title', 'styles', fontOf('Title'), 'w:eastAsia', '方正小标宋简体'],
  ['title, centred', 'styles', style('Title', 'w:jc'), 'w:val', 'center'],
  ['mark', 'styles', fontOf('Mark'), 'w:eastAsia', '方正小标宋简体'],
  ['mark, centred', 'styles', style('Mark', 'w:jc'), 'w:val', 'center'],
  ['mark, red', 'document', 'w:color', 'w:val', 'FF0000'],
  ['rule, red', 'document', 'w:pBdr w:bottom', 'w:color', 'FF0000'],
  ['一、', 'styles', fontOf('Heading1'), 'w:eastAsia', '黑体'],
  ['（一）', 'styles', fontOf('KaiTi'), 'w:eastAsia', '楷体_GB2312'],
  ['出席：', 'styles', fontOf('HeiTi'), 'w:eastAsia', '黑体'],
  ['date, right', 'styles', style('SignDate', 'w:jc'), 'w:val', 'right'],
  ['版记 at the bottom', 'document', 'wp:positionV', 'relativeFrom', 'margin'],
  ['page number', 'styles', fontOf('PageNumber'), 'w:eastAsia', '宋体'],
  ['odd page number', 'odd', 'w:jc', 'w:val', 'right'],
  ['even page number', 'even', 'w:jc', 'w:val', 'left'],
  ['no compressed punctuation', 'settings', 'w:characterSpacingControl', 'w:val', 'doNotCompress'],
  ['避头尾', 'styles', style('Normal', 'w:kinsoku'), 'w:val', '1'],
  ['no punctuation outside the 版心', 'styles', style('Normal', 'w:overflowPunct'), 'w:val', '0'],
  ['no widow control', 'styles', style('Normal', 'w:widowControl'), 'w:val', '0'],
  ['no space beside digits', 'styles', style('Normal', 'w:autoSpaceDN'), 'w:val', '0'],
  ['without 仿宋_GB2312', 'fonts', 'w:font[w:name=仿宋_GB2312] w:altName', 'w:val', '仿宋'],
  ['without 楷体_GB2312', 'fonts', 'w:font[w:name=楷体_GB2312] w:altName', 'w:val', '楷体'],
  ['仿宋, a Chinese font', 'fonts', 'w:font[w:name=仿宋_GB2312] w:charset', 'w:val', '86'],
];

describe('GB/T 9704—2012', () => {
  let part: (name: Part) => Node;
  beforeAll(async () => {
    part = await open(SAMPLE);
  });
  const number = (name: Part, path: string, key: string): number =>
    Number(attribute(part(name), path, key));

  test.each(LENGTHS)('%s', (_item, name, path, key, unit, expected, within) => {
    const value = unit(number(name, path, key));
    expect(value).toBeGreaterThanOrEqual(expected - within);
    expect(value).toBeLessThanOrEqual(expected + within);
  });

  test.each(SETTINGS)('%s', (_item, name, path, key, expected) => {
    expect(attribute(part(name), path, key)).toBe(expected);
  });

  test('22 lines and 28 characters fit, in the grid and in the text, and no 29th', () => {
    const margin = (side: string): number => number('document', 'w:pgMar', `w:${side}`);
    const width = pt(number('document', 'w:pgSz', 'w:w') - margin('left') - margin('right'));
    const height = pt(number('document', 'w:pgSz', 'w:h') - margin('top') - margin('bottom'));
    const cell = 16 + number('document', 'w:docGrid', 'w:charSpace') / 4096;
    const character = 16 + pt(number('styles', style('Normal', 'w:rPr w:spacing'), 'w:val'));
    for (const each of [cell, character]) expect(Math.floor(width / each)).toBe(28);
    const indent = pt(number('styles', style('Body', 'w:ind'), 'w:firstLine'));
    expect(Math.floor((width - indent) / character)).toBe(26);
    const line = pt(number('styles', style('Normal', 'w:spacing[w:lineRule=exact]'), 'w:line'));
    expect(Math.floor(height / line)).toBe(22);
    expect(line).toBe(pt(number('document', 'w:docGrid', 'w:linePitch')));
  });
});
