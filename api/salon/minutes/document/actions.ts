import {
  BorderStyle,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { TABLE } from './layout.ts';
import type { Action } from './minutes.ts';
import { plain } from './paragraphs.ts';
import { chineseDate, oneLine, WORDS } from './wording.ts';

const RULE = { style: BorderStyle.SINGLE, size: TABLE.rule, color: '000000' };
const RULES = { top: RULE, bottom: RULE, left: RULE, right: RULE };

const twips = (size: number) => ({ size, type: WidthType.DXA });

const cell = (style: string, content: string, width: number): TableCell =>
  new TableCell({
    width: twips(width),
    verticalAlign: VerticalAlignTable.CENTER,
    children: [plain(style, oneLine(content))],
  });

const cells = (style: string, contents: readonly string[]): TableCell[] =>
  TABLE.columns.map((width, index) => cell(style, contents[index] ?? '', width));

/** Rows stay whole, except one so long that it might not find a page to itself. */
const LONGEST_WHOLE = 150;

const row = ({ what, unit, due }: Action): TableRow =>
  new TableRow({
    cantSplit: what.length + unit.length <= LONGEST_WHOLE,
    children: cells('ActionCell', [what, unit, chineseDate(due)]),
  });

/** 事项、责任单位、办结时限: as wide as the 版心, its heading repeated on each page. */
export const actionTable = (actions: readonly Action[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: twips(TABLE.columns.reduce((sum, width) => sum + width, 0)),
    columnWidths: TABLE.columns,
    indent: twips(TABLE.indent),
    margins: { marginUnitType: WidthType.DXA, left: TABLE.padding, right: TABLE.padding },
    borders: { ...RULES, insideHorizontal: RULE, insideVertical: RULE },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells('ActionHead', [WORDS.what, WORDS.unit, WORDS.due]),
      }),
      ...actions.map(row),
    ],
  });
