import { afterEach, describe, expect, test, vi } from 'vitest';
import { type MinutesDocument, writeMinutes } from '../../api/salon/minutes/document.ts';
import { SAMPLE } from '../support/minutes.ts';
import { open, PARTS, paragraphs } from '../support/minutesFile.ts';
import { attribute, type Node, parseXml, partsOf, select, textOf } from '../support/package.ts';

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
