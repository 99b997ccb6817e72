import { dayOf } from '../../core/day.ts';
import type { MinutesDocument } from './document.ts';
import { type Meeting, momentInWords, type Party, quoted, unique } from './rules.ts';

/** All that the printed minutes rest on. */
export interface MinutesFacts {
  readonly meeting: Meeting;
  readonly text: {
    readonly summary: string;
    readonly conclusions: readonly { readonly heading: string; readonly text: string }[];
    readonly recorder: string;
    /** Seat id → why it did not come. */
    readonly absences: Readonly<Record<string, string>>;
  };
  readonly actions: readonly {
    readonly what: string;
    readonly unit: string;
    readonly dueOn: string | null;
  }[];
  readonly attachments: readonly string[];
  readonly corrections: readonly { readonly at: number; readonly text: string }[];
  /** Null of a draft. */
  readonly publishedAt: number | null;
  readonly now: number;
}

const WORDS = {
  anyTime: '不限',
  draft: '（草稿）',
} as const;

const named = ({ community, holder }: Party): string =>
  holder === '' ? community : `${community}　${holder}`;
const party = ({ community, holder }: Party) => ({ unit: community, name: holder });
const withoutExtension = (name: string): string => name.replace(/\.[a-z]{3,4}$/, '');

function titleOf({ topics, number }: Meeting): string {
  const titles = topics.map(({ title }) => title);
  return titles.length > 0 ? `关于${quoted(titles)}的沙龙纪要` : `第 ${number} 期沙龙纪要`;
}

function attendanceOf({ meeting: { seats, guests }, text: { absences } }: MinutesFacts) {
  const leave = seats.flatMap((seat) => {
    const reason = seat.present ? '' : (absences[seat.seatId] ?? '');
    return reason === '' ? [] : [{ ...party(seat), reason }];
  });
  const present = seats.filter((seat) => seat.present).map(party);
  return { due: seats.length, present, leave, guests };
}

/** The 会议纪要 as the document writer takes it. */
export function minutesDocument(facts: MinutesFacts): MinutesDocument {
  const { meeting, text, actions, publishedAt } = facts;
  const { salon, number, startsAt, place, chair, guests } = meeting;
  return {
    mark: `${salon.name}纪要`,
    issue: `〔${dayOf(startsAt).slice(0, 4)}〕第 ${number} 期`,
    title: titleOf(meeting),
    date: dayOf(publishedAt ?? facts.now),
    meeting: {
      time: momentInWords(startsAt),
      place,
      chair: chair ? named(chair) : salon.hostUnit,
      recorder: text.recorder,
    },
    attendance: attendanceOf(facts),
    summary: text.summary,
    sections: text.conclusions.map(({ heading, text: said }) => ({ heading, paragraphs: [said] })),
    actions: actions.map(({ what, unit, dueOn }) => ({ what, unit, due: dueOn ?? WORDS.anyTime })),
    attachments: facts.attachments.map(withoutExtension),
    issuer: salon.hostUnit,
    copies: unique(guests.map(({ unit }) => unit)),
    corrections: facts.corrections.map(({ at, text: said }) => ({ date: dayOf(at), text: said })),
    draft: publishedAt === null,
  };
}

/** What the file is called where it is saved. */
export const minutesFileName = ({ meeting: { salon, number }, publishedAt }: MinutesFacts) =>
  `${salon.name}第${number}期纪要${publishedAt === null ? WORDS.draft : ''}.docx`;
