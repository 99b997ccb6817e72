import { beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE } from '../support/minutes.ts';
import {
  CHARACTER,
  eighthsInMm,
  open,
  type Part,
  paragraph,
  paragraphs,
  pointsInMm,
  pt,
} from '../support/minutesFile.ts';
import { attribute, type Node, select, textOf } from '../support/package.ts';

describe('parts of the minutes, by GB/T 9704—2012', () => {
  let part: (name: Part) => Node;
  beforeAll(async () => {
    part = await open(SAMPLE);
  });
  const number = (name: Part, path: string, key: string): number =>
    Number(attribute(part(name), path, key));

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
