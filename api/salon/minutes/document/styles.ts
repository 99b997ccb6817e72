import {
  AREA,
  CHARACTER_SPACING,
  characters,
  FOURTH_CHARACTER,
  GRID,
  MARK,
  RED_RULE,
  RULE_LINE,
  SIZE,
} from './layout.ts';

/** The fonts of the standard, by the names of the usual files. */
export const FONT = {
  fangsong: '仿宋_GB2312',
  xiaobiaosong: '方正小标宋简体',
  heiti: '黑体',
  kaiti: '楷体_GB2312',
  songti: '宋体',
} as const;

const font = (name: string): string =>
  `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>`;
const size = (points: number): string =>
  `<w:sz w:val="${points * 2}"/><w:szCs w:val="${points * 2}"/>`;
const exact = (line: number): string => `w:line="${line}" w:lineRule="exact"`;
const spacing = (attributes: string): string => `<w:spacing ${attributes}/>`;
const align = (to: 'center' | 'left' | 'right'): string => `<w:jc w:val="${to}"/>`;

/** Characters at their own width: the grid is for 三号. */
const WIDE = '<w:spacing w:val="0"/>';

interface ParagraphStyle {
  readonly id: string;
  readonly name: string;
  readonly based?: string;
  readonly paragraph?: string;
  readonly run?: string;
}

/** The styles a clerk finds in Word's list. Elements in the order that the schema wants. */
const PARAGRAPHS: readonly ParagraphStyle[] = [
  { id: 'Body', name: '公文正文', paragraph: `<w:ind w:firstLine="${characters(2)}"/>` },
  {
    id: 'Mark',
    name: '纪要标志',
    paragraph: `${spacing(`w:before="${MARK.above}" w:after="${MARK.below}" ${exact(MARK.line)}`)}${align('center')}`,
    run: `${font(FONT.xiaobiaosong)}${WIDE}`,
  },
  {
    id: 'IssueNumber',
    name: '纪要编号',
    paragraph: `${spacing(`w:after="${RED_RULE.below}" ${exact(SIZE.third * 20)}`)}${align('center')}`,
  },
  {
    id: 'Title',
    name: 'Title',
    paragraph: align('center'),
    run: `${font(FONT.xiaobiaosong)}${size(SIZE.second)}`,
  },
  {
    id: 'Heading1',
    name: 'heading 1',
    based: 'Body',
    paragraph: '<w:keepNext/><w:outlineLvl w:val="0"/>',
    run: font(FONT.heiti),
  },
  { id: 'Heading2', name: 'heading 2', based: 'Body', paragraph: '<w:outlineLvl w:val="1"/>' },
  { id: 'Listed', name: '标签段', paragraph: align('left') },
  {
    id: 'ActionHead',
    name: '事项表头',
    based: 'ActionCell',
    paragraph: align('center'),
    run: font(FONT.heiti),
  },
  {
    id: 'ActionCell',
    name: '事项表文',
    paragraph: align('left'),
    run: `${WIDE}${size(SIZE.fourth)}`,
  },
  {
    id: 'SignDate',
    name: '成文日期',
    paragraph: `<w:keepNext/><w:ind w:right="${characters(2)}"/>${align('right')}`,
  },
  {
    id: 'Colophon',
    name: '版记',
    paragraph: `<w:tabs><w:tab w:val="right" w:pos="${AREA.width - FOURTH_CHARACTER}"/></w:tabs><w:ind w:left="${FOURTH_CHARACTER}" w:right="${FOURTH_CHARACTER}"/>${align('left')}`,
    run: `${WIDE}${size(SIZE.fourth)}`,
  },
  {
    id: 'ColophonRule',
    name: '版记分隔线',
    paragraph: spacing(exact(RULE_LINE)),
    run: '<w:sz w:val="2"/><w:szCs w:val="2"/>',
  },
  {
    id: 'PageNumber',
    name: '公文页码',
    paragraph: spacing(exact(SIZE.fourth * 20)),
    run: `${font(FONT.songti)}${WIDE}${size(SIZE.fourth)}`,
  },
  {
    id: 'DraftNotice',
    name: '草稿标记',
    paragraph: align('center'),
    run: `${font(FONT.heiti)}${size(SIZE.fourth)}`,
  },
];

/** Latin names are Word's own styles. */
const isOwn = (name: string): string => (/^[a-z]/i.test(name) ? '' : ' w:customStyle="1"');

const paragraphStyle = ({ id, name, based, paragraph, run }: ParagraphStyle): string =>
  `<w:style w:type="paragraph"${isOwn(name)} w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${based ?? 'Normal'}"/><w:qFormat/><w:pPr>${paragraph ?? ''}</w:pPr><w:rPr>${run ?? ''}</w:rPr></w:style>`;

const characterStyle = (id: string, name: string, run: string): string =>
  `<w:style w:type="character" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:qFormat/><w:rPr>${run}</w:rPr></w:style>`;

/**
 * The section declares the grid of 22 × 28, which Word shows in its page dialog; the text does not lean
 * on it, but has the same measures of its own. For LibreOffice gives a character that is wider than
 * its cell, as 16 pt is in a cell of 15.79, two cells. So a line is exactly one line of the grid high,
 * whatever font stands in, and a character is narrowed to fit 28 times; justified, it fills the line.
 */
const TEXT = `${font(FONT.fangsong)}<w:snapToGrid w:val="0"/><w:spacing w:val="${CHARACTER_SPACING}"/>${size(SIZE.third)}<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`;

/**
 * No widow control, or pages would lose lines of the grid; 避头尾 on; no punctuation outside the
 * 版心; no space put between Chinese and digits, which would break the 28 characters.
 */
const SETTING = `<w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>${spacing(`w:before="0" w:after="0" ${exact(GRID.linePitch)}`)}<w:jc w:val="both"/>`;

/** word/styles.xml */
export const STYLES = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>${TEXT}</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${SETTING}</w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>${SETTING}</w:pPr><w:rPr>${TEXT}</w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>${PARAGRAPHS.map(paragraphStyle).join('')}${characterStyle('HeiTi', '公文黑体', font(FONT.heiti))}${characterStyle('KaiTi', '公文楷体', font(FONT.kaiti))}</w:styles>`;
