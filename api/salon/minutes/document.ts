import { BorderStyle, Document, type FileChild, Packer, Paragraph, TextRun } from 'docx';
import { actionTable } from './document/actions.ts';
import { attendanceList } from './document/attendance.ts';
import { colophon } from './document/colophon.ts';
import { AREA, RED_RULE, SIZE } from './document/layout.ts';
import type { MinutesDocument } from './document/minutes.ts';
import { pages } from './document/pages.ts';
import { attachments, blank, body, type Listed, listed, plain } from './document/paragraphs.ts';
import { partsOf } from './document/parts.ts';
import { stamp } from './document/stamp.ts';
import { STYLES } from './document/styles.ts';
import { chineseDate, chineseNumeral, oneLine, paragraphsOf, WORDS } from './document/wording.ts';

export type { Action, Attendance, MinutesDocument, Party } from './document/minutes.ts';

/** The mark is on one line, half a character free at each side: a long one is smaller, down to the title's size. */
function mark({ mark: content, draft }: MinutesDocument): Paragraph {
  const name = oneLine(content);
  const widest = Math.floor(AREA.width / 20 / (name.length + 1));
  const size = Math.max(SIZE.second, Math.min(SIZE.mark, widest));
  const color = draft ? '000000' : RED_RULE.color;
  const run = new TextRun({ text: name, size: size * 2, color, font: { hint: 'eastAsia' } });
  return new Paragraph({ style: 'Mark', children: [run] });
}

const issueNumber = ({ issue, draft }: MinutesDocument): Paragraph =>
  plain('IssueNumber', `${oneLine(issue)}${draft ? `（${WORDS.draft}）` : ''}`, {
    border: {
      bottom: {
        style: BorderStyle.SINGLE,
        size: RED_RULE.size,
        space: RED_RULE.space,
        color: draft ? '000000' : RED_RULE.color,
      },
    },
  });

function meeting({ meeting: { time, place, chair, recorder } }: MinutesDocument): Listed[] {
  const facts = [
    { label: WORDS.time, content: time },
    { label: WORDS.place, content: place },
    { label: WORDS.chair, content: chair },
    { label: WORDS.recorder, content: recorder },
  ];
  return facts.filter((fact) => oneLine(fact.content) !== '');
}

/** Headings as typed may bear a number of their own. */
const TYPED_NUMBER = /^[一二三四五六七八九十]+、\s*/u;

interface Section {
  readonly heading: string;
  readonly children: readonly FileChild[];
}

/** Sections that say something, and the action items as the last. */
function sectionsOf({ sections, actions }: MinutesDocument): Section[] {
  const written = sections.map(({ heading, paragraphs }) => ({
    heading: oneLine(heading).replace(TYPED_NUMBER, ''),
    children: paragraphs.flatMap(paragraphsOf).map(body),
  }));
  const table = actions.length === 0 ? [] : [actionTable(actions)];
  return [...written, { heading: WORDS.actions, children: table }].filter(
    ({ children }) => children.length > 0,
  );
}

/** A section without a heading goes on without a number. */
function numbered(sections: readonly Section[]): FileChild[] {
  let number = 0;
  return sections.flatMap(({ heading, children }) => {
    if (heading === '') return children;
    number += 1;
    return [plain('Heading1', `${chineseNumeral(number)}、${heading}`), ...children];
  });
}

/** A blank line and the part, or nothing. */
const apart = (children: readonly Paragraph[]): Paragraph[] =>
  children.length === 0 ? [] : [blank(), ...children];

const corrections = ({ corrections: made }: MinutesDocument): Listed[] =>
  made.map(({ date, text }, index) => ({
    label: index === 0 ? WORDS.corrections : '',
    content: `${chineseDate(date)}　${text}`,
  }));

function content(minutes: MinutesDocument): FileChild[] {
  const facts = listed(meeting(minutes));
  const attached = minutes.attachments.map(oneLine).filter((name) => name !== '');
  const date = plain('SignDate', chineseDate(minutes.date));
  return [
    mark(minutes),
    issueNumber(minutes),
    plain('Title', oneLine(minutes.title)),
    ...apart(facts),
    blank(),
    ...paragraphsOf(minutes.summary).map(body),
    ...numbered(sectionsOf(minutes)),
    ...apart(attachments(WORDS.attachments, attached)),
    ...apart(listed(attendanceList(minutes.attendance))),
    ...(minutes.draft ? [] : apart([date])),
    ...apart(listed(corrections(minutes))),
    colophon(minutes),
  ];
}

/**
 * The 会议纪要 as a Word file, by GB/T 9704—2012. The same minutes give the same bytes.
 * @returns the .docx file
 */
export async function writeMinutes(minutes: MinutesDocument): Promise<Uint8Array> {
  const file = new Document({
    sections: [{ ...pages(minutes.draft), children: content(minutes) }],
  });
  const properties = {
    title: oneLine(minutes.title),
    creator: oneLine(minutes.issuer),
    date: minutes.date,
  };
  return stamp(await Packer.toBuffer(file, undefined, partsOf(properties, STYLES)));
}
