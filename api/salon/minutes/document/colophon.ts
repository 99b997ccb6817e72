import {
  BorderStyle,
  HorizontalPositionRelativeFrom,
  LineRuleType,
  Paragraph,
  Tab,
  TextRun,
  TextWrappingType,
  VerticalPositionAlign,
  VerticalPositionRelativeFrom,
} from 'docx';
import { ShapeRun } from 'docx/shapes';
import { AREA, FOURTH_CHARACTER, lines, RULE, RULE_LINE } from './layout.ts';
import type { MinutesDocument } from './minutes.ts';
import { text } from './paragraphs.ts';
import { chineseDate, oneLine, WORDS } from './wording.ts';

const PIXEL = 15;

/**
 * A rule is a paragraph of its own, one point high: the text stands in at both sides, and a border
 * of the text's paragraph would stand in with it.
 */
const rule = (side: 'top' | 'bottom', size: number): Paragraph =>
  new Paragraph({
    style: 'ColophonRule',
    border: { [side]: { style: BorderStyle.SINGLE, size, space: 0, color: '000000' } },
  });

const copiesLine = (copies: readonly string[]): Paragraph => {
  const hanging = WORDS.copies.length * FOURTH_CHARACTER;
  return new Paragraph({
    style: 'Colophon',
    indent: { left: FOURTH_CHARACTER + hanging, right: FOURTH_CHARACTER, hanging },
    children: [text(`${WORDS.copies}${copies.map(oneLine).join('，')}。`)],
  });
};

const issuedOf = ({ date, draft }: MinutesDocument): string =>
  draft ? WORDS.unissued : `${chineseDate(date)}${WORDS.issued}`;

const issuerLine = (minutes: MinutesDocument): Paragraph =>
  new Paragraph({
    style: 'Colophon',
    children: [
      text(oneLine(minutes.issuer)),
      new TextRun({ children: [new Tab()] }),
      text(issuedOf(minutes)),
    ],
  });

/** Lines that so many characters may take at most: one less than fits in each, for 避头尾. */
const linesFor = (count: number, indent: number): number =>
  Math.ceil(count / (Math.floor(AREA.width / FOURTH_CHARACTER) - 2 - indent - 1));

function heightOf(minutes: MinutesDocument, copies: readonly string[]): number {
  const issuer = linesFor(minutes.issuer.length + issuedOf(minutes).length, 0);
  const copied = copies.join('，').length;
  const above = copied === 0 ? 0 : linesFor(copied + 1, WORDS.copies.length);
  return lines(issuer + above) + 6 * RULE_LINE;
}

/**
 * The 版记, its last rule on the bottom edge of the 版心 of the last page. A text box is fixed to the
 * bottom of the margins, its text at its own bottom. It is anchored in an empty paragraph at least as
 * high as itself: where that fits, the foot of the page is free, so the box need not push text away,
 * which Word and LibreOffice do differently.
 */
export function colophon(minutes: MinutesDocument): Paragraph {
  const copies = minutes.copies.filter((copy) => oneLine(copy) !== '');
  const height = heightOf(minutes, copies);
  const box = new ShapeRun({
    type: 'rectangle',
    transformation: { width: AREA.width / PIXEL, height: height / PIXEL },
    line: { width: 0, transparency: 100 },
    // Given here because the library would count on through all documents of the process.
    altText: { id: '1', name: '版记' },
    textOptions: { verticalAlignment: 'bottom', margins: { top: 0, right: 0, bottom: 0, left: 0 } },
    floating: {
      horizontalPosition: { relative: HorizontalPositionRelativeFrom.MARGIN, offset: 0 },
      verticalPosition: {
        relative: VerticalPositionRelativeFrom.MARGIN,
        align: VerticalPositionAlign.BOTTOM,
      },
      wrap: { type: TextWrappingType.NONE },
    },
    children: [
      rule('top', RULE.outer),
      ...(copies.length === 0 ? [] : [copiesLine(copies), rule('top', RULE.inner)]),
      issuerLine(minutes),
      rule('bottom', RULE.outer),
    ],
  });
  return new Paragraph({
    spacing: { line: height, lineRule: LineRuleType.EXACT },
    children: [box],
  });
}
