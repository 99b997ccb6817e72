import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type MinutesDocument, writeMinutes } from '../../api/salon/minutes/document.ts';
import { SAMPLE } from '../support/minutes.ts';
import { attribute, type Node, parseXml, partsOf, select, textOf } from '../support/package.ts';

const PARTS = {
  document: 'word/document.xml',
  styles: 'word/styles.xml',
  settings: 'word/settings.xml',
  fonts: 'word/fontTable.xml',
  properties: 'docProps/core.xml',
  odd: 'word/footer1.xml',
  even: 'word/footer2.xml',
} as const;
type Part = keyof typeof PARTS;

async function open(minutes: MinutesDocument): Promise<(part: Part) => Node> {
  const parts = partsOf(await writeMinutes(minutes));
  return (part) => parseXml(parts.get(PARTS[part]) ?? '');
}

const paragraphs = (root: Node): string[] => select(root, 'w:p').map(textOf);
const paragraph = (root: Node, start: string): Node => {
  const found = select(root, 'w:p').find((node) => textOf(node).startsWith(start));
  if (found === undefined) throw new Error(`No paragraph begins with ${start}`);
  return found;
};

// Units of the file, in millimetres and points: independent of the code's own.
const mm = (twips: number): number => (twips / 1440) * 25.4;
const pt = (twips: number): number => twips / 20;
const halves = (value: number): number => value / 2;
const eighthsInMm = (value: number): number => (value / 8 / 72) * 25.4;
const pointsInMm = (value: number): number => (value / 72) * 25.4;
const emuInMm = (value: number): number => value / 36_000;

/** The standard: 156 mm in 28, 225 mm in 22, in points. */
const CHARACTER = ((156 / 25.4) * 72) / 28;
const LINE = ((225 / 25.4) * 72) / 22;

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

  test('rules of the 版记: 0.35 mm outside, 0.25 mm inside; 抄送 above 印发机关', () => {
    const box = part('document');
    const rules = select(box, 'w:txbxContent w:pBdr').flatMap((border) => [
      ...select(border, 'w:top'),
      ...select(border, 'w:bottom'),
    ]);
    const sizes = rules.map((rule) => Number(rule.attributes['w:sz']));
    expect(sizes).toHaveLength(3);
    for (const [index, expected] of [0.35, 0.25, 0.35].entries())
      expect(Math.abs(eighthsInMm(sizes[index] ?? 0) - expected)).toBeLessThan(0.02);
    const [rule1, copies, rule2, issuer, rule3] = select(box, 'w:txbxContent w:p').map(textOf);
    expect([rule1, rule2, rule3]).toEqual(['', '', '']);
    expect(copies).toMatch(/^抄送：.*。$/);
    expect(issuer).toBe('富平县民政局办公室2023年7月31日印发');
    expect(select(box, 'wp:positionV wp:align').map(({ text }) => text)).toEqual(['bottom']);
  });

  test('the 版记 keeps as much room free as it is high, and does not push text', () => {
    const [anchor] = select(part('document'), 'w:p').filter(
      (node) => select(node, 'wp:anchor').length > 0,
    );
    const spacing = pt(Number(anchor && attribute(anchor, 'w:spacing', 'w:line')));
    expect(spacing).toBeCloseTo(number('document', 'wp:extent', 'cy') / 12_700, 1);
    expect(select(part('document'), 'wp:wrapNone')).toHaveLength(1);
  });

  test('attendance: two characters in, wrapped lines after the colon', () => {
    for (const label of ['应到：', '出席：', '列席：']) {
      const block = paragraph(part('document'), label);
      const left = pt(Number(attribute(block, 'w:ind', 'w:left')));
      const hanging = pt(Number(attribute(block, 'w:ind', 'w:hanging')));
      expect(left).toBeCloseTo(5 * CHARACTER, 0);
      expect(left - hanging).toBeCloseTo(2 * CHARACTER, 0);
      expect(attribute(block, 'w:rStyle', 'w:val')).toBe('HeiTi');
    }
  });

  test('attachments: a blank line, two characters in, names aligned, then a blank line', () => {
    const all = paragraphs(part('document'));
    const at = all.findIndex((text) => text.startsWith('附件：1.'));
    expect([all[at - 1], all[at + 2]]).toEqual(['', '']);
    const [first, second] = select(part('document'), 'w:p').slice(at, at + 2);
    const indent = (node: Node | undefined, key: string): number =>
      pt(Number(node && attribute(node, 'w:ind', key)));
    expect(indent(first, 'w:left')).toBe(indent(second, 'w:left'));
    expect(indent(first, 'w:left') - indent(first, 'w:hanging')).toBeCloseTo(2 * CHARACTER, 0);
    expect(indent(second, 'w:left') - indent(second, 'w:hanging')).toBeCloseTo(5 * CHARACTER, 0);
  });

  test('page numbers have a dash at each side; both sides of the paper are printed', () => {
    for (const side of ['odd', 'even'] as const) {
      expect(textOf(part(side))).toBe('—  —');
      expect(select(part(side), 'w:instrText')).toHaveLength(1);
    }
    expect(select(part('settings'), 'w:evenAndOddHeaders')).toHaveLength(1);
    expect(select(part('settings'), 'w:mirrorMargins')).toHaveLength(1);
  });

  test('nothing is bold; headings of the second level are 楷体 up to the full stop', () => {
    for (const name of ['document', 'styles'] as const)
      expect(select(part(name), 'w:b')).toEqual([]);
    const heading = paragraph(part('document'), '（一）');
    const [title, rest] = select(heading, 'w:r');
    expect(title && textOf(title)).toBe('（一）社区出具此类证明没有依据。');
    expect(title && attribute(title, 'w:rStyle', 'w:val')).toBe('KaiTi');
    expect(rest && select(rest, 'w:rStyle')).toEqual([]);
  });

  test('the table stays inside the 版心 and repeats its heading', () => {
    const columns = select(part('document'), 'w:gridCol').map((column) =>
      Number(column.attributes['w:w']),
    );
    const width = columns.reduce((sum, column) => sum + column, 0);
    const rule = Number(attribute(part('document'), 'w:tblBorders w:left', 'w:sz')) / 8;
    const indent = pt(number('document', 'w:tblInd', 'w:w'));
    expect(indent).toBeGreaterThanOrEqual(rule / 2);
    expect(pointsInMm(indent + pt(width) + rule / 2)).toBeLessThanOrEqual(156.05);
    expect(select(part('document'), 'w:tblHeader')).toHaveLength(1);
  });

  test('order of the parts', () => {
    const all = paragraphs(part('document'));
    const starts = [
      '富平县社区治理主题沙龙纪要',
      '〔2023〕第3期',
      '关于“',
      '时间：',
      '7月底',
      '一、议题由来',
      '二、讨论情况',
      '三、议定事项',
      '四、办理事项',
      '附件：',
      '应到：19人，实到19人，列席3人。',
      '出席：',
      '列席：',
      '2023年7月31日',
      '抄送：',
    ];
    const places = starts.map((start) => all.findIndex((text) => text.startsWith(start)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

describe('the same minutes', () => {
  afterEach(() => vi.useRealTimers());

  test('make the same bytes at any time', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T08:00:00Z') });
    const first = await writeMinutes(SAMPLE);
    vi.setSystemTime(new Date('2031-12-31T23:59:59Z'));
    expect(Buffer.from(first).equals(Buffer.from(await writeMinutes(SAMPLE)))).toBe(true);
    expect(
      Buffer.from(first).equals(Buffer.from(await writeMinutes({ ...SAMPLE, issue: '' }))),
    ).toBe(false);
  });

  test('have the properties of their date and issuer only', async () => {
    const parts = partsOf(await writeMinutes(SAMPLE));
    const core = parts.get(PARTS.properties) ?? '';
    expect(core.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g)).toEqual([
      '2023-07-31T00:00:00Z',
      '2023-07-31T00:00:00Z',
    ]);
    expect(core).toContain('<dc:creator>富平县民政局办公室</dc:creator>');
    expect(core).toContain('<cp:lastModifiedBy>富平县民政局办公室</cp:lastModifiedBy>');
    expect(parts.get('docProps/app.xml')).not.toMatch(/Company|Manager|Application/);
  });
});

describe('a draft', () => {
  test('says so on each page and in the number line, without red and date', async () => {
    const parts = partsOf(await writeMinutes({ ...SAMPLE, draft: true }));
    const headers = ['word/header1.xml', 'word/header2.xml'].map((path) => parts.get(path) ?? '');
    for (const header of headers) expect(textOf(parseXml(header))).toBe('草稿，未公布');
    const document = parseXml(parts.get(PARTS.document) ?? '');
    expect(paragraphs(document)).toContain('〔2023〕第3期（草稿，未公布）');
    expect(parts.get(PARTS.document)).not.toContain('FF0000');
    expect(paragraphs(document).some((text) => text.includes('2023年7月31日'))).toBe(false);
    expect(paragraphs(document)).toContain('富平县民政局办公室未印发');
  });

  test('a published one has no header', async () => {
    expect([...partsOf(await writeMinutes(SAMPLE)).keys()].join()).not.toContain('header');
  });
});

const EMPTY: MinutesDocument = {
  ...SAMPLE,
  issue: '',
  meeting: { time: '', place: ' ', chair: '', recorder: '' },
  attendance: { due: 0, present: [], leave: [], guests: [] },
  summary: '',
  sections: [{ heading: '空的一节', paragraphs: ['', ' \n　'] }],
  actions: [],
  attachments: [''],
  copies: [],
  corrections: [],
};

describe('what people type', () => {
  const written = async (change: Partial<MinutesDocument>): Promise<Node> =>
    (await open({ ...SAMPLE, ...change }))('document');

  test('empty parts leave no heading and no label', async () => {
    const document = (await open(EMPTY))('document');
    const colophon = '富平县民政局办公室2023年7月31日印发';
    // The last twice: in the text box, and in the paragraph that it is anchored in.
    expect(paragraphs(document).filter((text) => text !== '')).toEqual([
      SAMPLE.mark,
      SAMPLE.title,
      '2023年7月31日',
      colophon,
      colophon,
    ]);
  });

  test('is escaped; what XML cannot hold is left out', async () => {
    const typed = 'A<b>&"\'c\u0000\u0007\uffff\ud800甲]]>';
    const document = await written({ title: typed, issuer: typed, summary: typed });
    expect(paragraphs(document).filter((text) => text === 'A<b>&"\'c甲]]>')).toHaveLength(2);
    const properties = (await open({ ...SAMPLE, title: typed, issuer: typed }))('properties');
    expect(select(properties, 'dc:title').map(({ text }) => text)).toEqual(['A<b>&"\'c甲]]>']);
  });

  test('paragraphs lose the spaces people indent them with', async () => {
    const all = paragraphs(await written({ summary: '　　第一段。\r\n\r\n  第二段。' }));
    expect(all).toContain('第一段。');
    expect(all).toContain('第二段。');
  });

  test('headings are numbered beyond ten, and not twice', async () => {
    const sections = Array.from({ length: 21 }, (_, index) => ({
      heading: index === 1 ? '二、自带编号' : `第${index + 1}节`,
      paragraphs: ['文。'],
    }));
    const all = paragraphs(await written({ sections, actions: [] }));
    for (const heading of [
      '二、自带编号',
      '十、第10节',
      '十一、第11节',
      '二十、第20节',
      '二十一、第21节',
    ])
      expect(all).toContain(heading);
  });

  test('200 action items are rows, whole unless very long, under one repeated heading', async () => {
    const actions = Array.from({ length: 200 }, (_, index) => ({
      what: '办'.repeat(index === 7 ? 900 : 20),
      unit: '各社区',
      due: index === 0 ? '长期坚持' : '2023-12-01',
    }));
    const document = await written({ actions });
    expect(select(document, 'w:tr')).toHaveLength(201);
    const whole = select(document, 'w:cantSplit');
    expect(whole.filter(({ attributes }) => attributes['w:val'] === undefined)).toHaveLength(200);
    expect(select(document, 'w:tblHeader')).toHaveLength(1);
    expect(paragraphs(document)).toContain('长期坚持');
    expect(paragraphs(document)).toContain('2023年12月1日');
  });

  test('60 attendees are one paragraph; those of one unit share its name', async () => {
    const present = Array.from({ length: 60 }, (_, index) => ({
      unit: `单位${index >> 1}`,
      name: `名${index}`,
    }));
    const leave = [{ unit: '甲社区', name: '张三', reason: '学习' }];
    const attendance = { due: 62, present, leave, guests: [] };
    const all = paragraphs(await written({ attendance }));
    expect(all).toContain('应到：62人，实到60人，请假1人，缺席1人。');
    expect(all.find((text) => text.startsWith('出席：'))).toMatch(
      /^出席：单位0　名0、名1；.*名59。$/,
    );
    expect(all).toContain('请假：甲社区　张三（学习）。');
    expect(all.some((text) => text.startsWith('列席'))).toBe(false);
  });

  test('corrections are dated, after the body', async () => {
    const corrections = [
      { date: '2023-08-02', text: '一处更正。' },
      { date: '2023-08-03', text: '又一处。' },
    ];
    const all = paragraphs(await written({ corrections }));
    const at = all.indexOf('更正：2023年8月2日　一处更正。');
    expect(at).toBeGreaterThan(all.indexOf('2023年7月31日'));
    expect(all[at + 1]).toBe('2023年8月3日　又一处。');
  });

  test('a long mark becomes smaller, not below the title', async () => {
    const size = async (mark: string): Promise<number> =>
      Number(attribute(await written({ mark }), 'w:p w:r w:sz', 'w:val')) / 2;
    expect(await size('沙龙纪要')).toBe(36);
    expect(await size('某'.repeat(15))).toBe(27);
    expect(await size('某'.repeat(60))).toBe(22);
  });
});
