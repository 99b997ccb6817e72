import {
  AlignmentType,
  DocumentGridType,
  Footer,
  Header,
  type ISectionOptions,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { FOOTER, FOURTH_CHARACTER, GRID, HEADER, MARGIN, PAGE } from './layout.ts';
import { plain } from './paragraphs.ts';
import { WORDS } from './wording.ts';

/** — 1 —: odd right, even left, one character in. */
const pageNumber = (side: 'left' | 'right'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        style: 'PageNumber',
        alignment: AlignmentType[side === 'left' ? 'LEFT' : 'RIGHT'],
        indent: { [side]: FOURTH_CHARACTER },
        children: [
          new TextRun({ text: '— ', font: { hint: 'eastAsia' } }),
          new TextRun({ children: [PageNumber.CURRENT] }),
          new TextRun({ text: ' —', font: { hint: 'eastAsia' } }),
        ],
      }),
    ],
  });

const draftNotice = (): Header => new Header({ children: [plain('DraftNotice', WORDS.draft)] });

/** The paper, the 版心, its grid, and what stands outside it. */
export const pages = (draft: boolean): Omit<ISectionOptions, 'children'> => ({
  properties: {
    page: {
      size: PAGE,
      margin: { ...MARGIN, header: HEADER, footer: FOOTER },
      pageNumbers: { start: 1 },
    },
    grid: { ...GRID, type: DocumentGridType.LINES_AND_CHARS },
  },
  ...(draft && { headers: { default: draftNotice(), even: draftNotice() } }),
  footers: { default: pageNumber('right'), even: pageNumber('left') },
});
