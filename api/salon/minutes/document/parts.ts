import { FONT } from './styles.ts';

/**
 * Parts of the file that the library cannot write: settings without punctuation compression and with
 * mirrored margins, fonts that are named but not embedded, and properties without the present time.
 */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** `adjustLineHeightInTable` holds lines in a table to the grid; mode 15 is Word 2013 and later. */
const SETTINGS = `${DECLARATION}<w:settings ${W}><w:mirrorMargins/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>`;

interface Face {
  readonly name: string;
  /** What to take when it is missing. Word takes the value for one name and reads 31 characters. */
  readonly instead: string;
  /** By which Word looks for the most alike when that is missing too. */
  readonly panose: string;
  readonly family: 'roman' | 'modern' | 'script' | 'auto';
  readonly pitch: 'fixed' | 'variable';
}

const FACES: readonly Face[] = [
  {
    name: FONT.fangsong,
    instead: '仿宋',
    panose: '02010609030101010101',
    family: 'modern',
    pitch: 'fixed',
  },
  {
    name: FONT.xiaobiaosong,
    instead: '小标宋',
    panose: '03000509000000000000',
    family: 'script',
    pitch: 'fixed',
  },
  {
    name: FONT.heiti,
    instead: 'SimHei',
    panose: '02010609060101010101',
    family: 'modern',
    pitch: 'fixed',
  },
  {
    name: FONT.kaiti,
    instead: '楷体',
    panose: '02010609030101010101',
    family: 'modern',
    pitch: 'fixed',
  },
  {
    name: FONT.songti,
    instead: 'SimSun',
    panose: '02010600030101010101',
    family: 'auto',
    pitch: 'variable',
  },
];

/** Character set 86 (hex) is GB 2312; the signature claims CJK ideographs and code page 936. */
const face = ({ name, instead, panose, family, pitch }: Face): string =>
  `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:panose1 w:val="${panose}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="${pitch}"/><w:sig w:usb0="00000001" w:usb1="080E0000" w:usb2="00000010" w:usb3="00000000" w:csb0="00040000" w:csb1="00000000"/></w:font>`;

const FONTS = `${DECLARATION}<w:fonts ${W}>${FACES.map(face).join('')}</w:fonts>`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export interface Properties {
  readonly title: string;
  readonly creator: string;
  /** 'YYYY-MM-DD' */
  readonly date: string;
}

const properties = ({ title, creator, date }: Properties): string => {
  const moment = (of: string): string =>
    `<dcterms:${of} xsi:type="dcterms:W3CDTF">${escaped(date)}T00:00:00Z</dcterms:${of}>`;
  return `${DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(creator)}</dc:creator><cp:lastModifiedBy>${escaped(creator)}</cp:lastModifiedBy><cp:revision>1</cp:revision>${moment('created')}${moment('modified')}<dc:language>zh-CN</dc:language></cp:coreProperties>`;
};

/** What takes the place of the library's own parts. */
export const partsOf = (of: Properties, styles: string): { path: string; data: string }[] => [
  { path: 'word/styles.xml', data: styles },
  { path: 'word/settings.xml', data: SETTINGS },
  { path: 'word/fontTable.xml', data: FONTS },
  { path: 'docProps/core.xml', data: properties(of) },
];
