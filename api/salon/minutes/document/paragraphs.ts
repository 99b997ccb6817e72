import { type IParagraphOptions, Paragraph, Tab, TextRun } from 'docx';
import { characters } from './layout.ts';
import { oneLine } from './wording.ts';

/** Quotation marks and dashes are Chinese here: without the hint Word takes them for Latin. */
const font = { hint: 'eastAsia' };

export const text = (content: string): TextRun => new TextRun({ text: content, font });

const heiti = (content: string): TextRun => new TextRun({ text: content, font, style: 'HeiTi' });
const kaiti = (content: string): TextRun => new TextRun({ text: content, font, style: 'KaiTi' });

export const plain = (style: string, content: string, options: IParagraphOptions = {}): Paragraph =>
  new Paragraph({ ...options, style, children: [text(content)] });

export const blank = (): Paragraph => new Paragraph({});

const SECOND_LEVEL = /^[（(]([一二三四五六七八九十]+)[）)]\s*([^。]*。?)(.*)$/u;

/** A paragraph of the body. One that begins with （一） is a heading in 楷体 up to its first full stop. */
export function body(content: string): Paragraph {
  const [, numeral, heading, rest] = SECOND_LEVEL.exec(content) ?? [];
  if (numeral === undefined || heading === undefined) return plain('Body', content);
  const runs = [kaiti(`（${numeral}）${heading}`), ...(rest ? [text(rest)] : [])];
  return new Paragraph({ style: 'Heading2', keepNext: !rest, children: runs });
}

export interface Listed {
  /** In 黑体, with its colon; empty where the lines of the one before go on. */
  readonly label: string;
  readonly content: string;
}

/**
 * 「出席：」 and what it introduces: two characters in, wrapped lines aligned after the colon. The last
 * stays with what follows, lest the 版记 be alone on its page.
 */
export const listed = (all: readonly Listed[]): Paragraph[] =>
  all.map(({ label, content }, index) => {
    const width = label.length || (all[0]?.label.length ?? 0);
    const left = characters(2 + width);
    return new Paragraph({
      style: 'Listed',
      keepNext: index === all.length - 1,
      indent: label === '' ? { left } : { left, hanging: left - characters(2) },
      children: [...(label === '' ? [] : [heiti(label)]), text(oneLine(content))],
    });
  });

/** Half a character for the digit, half for the point, and as much again before the name. */
const NUMBER_WIDTH = 1.5;

/** 附件：1. 名称; wrapped lines aligned with the name. A single attachment has no number. */
export function attachments(label: string, names: readonly string[]): Paragraph[] {
  const [only] = names;
  if (only !== undefined && names.length === 1)
    return [attachment(label, label.length, [text(only)])];
  const number = (index: number): TextRun =>
    new TextRun({ children: [`${index + 1}.`, new Tab()], font });
  return names.map((name, index) =>
    attachment(index === 0 ? label : '', label.length + NUMBER_WIDTH, [number(index), text(name)]),
  );
}

function attachment(label: string, width: number, runs: readonly TextRun[]): Paragraph {
  const left = characters(2 + width);
  const hanging = label === '' ? characters(NUMBER_WIDTH) : left - characters(2);
  const lead = label === '' ? [] : [text(label)];
  return new Paragraph({
    style: 'Listed',
    indent: { left, hanging },
    children: [...lead, ...runs],
  });
}
