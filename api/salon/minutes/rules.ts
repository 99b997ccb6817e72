import { dayOf, timeOf } from '../../core/day.ts';
import type { FieldError } from '../../core/refused.ts';

/** Minutes and action items (salon-rules §3). Pure; times in ms since 1970, days 'YYYY-MM-DD'. */

/** A session as its minutes tell of it. */
export interface Meeting {
  readonly salon: { readonly name: string; readonly hostUnit: string };
  readonly number: number;
  readonly startsAt: number;
  readonly place: string;
  readonly chair: Party | undefined;
  /** Who was due, in the order of the seats. */
  readonly seats: readonly (Party & { readonly present: boolean })[];
  /** Guests who came. */
  readonly guests: readonly { readonly unit: string; readonly name: string }[];
  readonly topics: readonly { readonly id: string; readonly title: string }[];
}

export interface Party {
  readonly seatId: string;
  readonly community: string;
  /** The secretary's name on the day of the session; '' where nobody held the seat. */
  readonly holder: string;
}

interface Text {
  readonly summary: string;
  readonly conclusions: readonly { readonly heading: string; readonly text: string }[];
}

/** 2026年11月28日15:00, as an official text writes it. */
export function momentInWords(at: number): string {
  const [year, month, day] = dayOf(at).split('-').map(Number);
  return `${year}年${month}月${day}日${timeOf(at)}`;
}

/** Quotation marks within quotation marks are single ones (GB/T 15834). */
export const quoted = (titles: readonly string[]): string =>
  titles.map((title) => `“${title.replaceAll('“', '‘').replaceAll('”', '’')}”`).join('');

export const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function attendanceInWords({ seats, guests }: Meeting): string {
  const present = seats.filter((seat) => seat.present).length;
  const came = present === seats.length ? '全部到会' : `实到${present}个`;
  const units = unique(guests.map(({ unit }) => unit));
  return `应到社区${seats.length}个，${came}${units.length > 0 ? `；${units.join('、')}列席` : ''}。`;
}

/**
 * Minutes to go on from: when, where, under whom, with whom, and a place for the conclusion on each
 * topic. Names nobody.
 */
export function draftOf(meeting: Meeting): Text {
  const { salon, number, startsAt, place, chair, topics } = meeting;
  const titles = topics.map(({ title }) => title);
  const sentences = [
    `${momentInWords(startsAt)}，${salon.name}第${number}期会议${place ? `在${place}` : ''}召开，`,
    `由${chair ? `轮值主席${chair.community}` : salon.hostUnit}主持。`,
    attendanceInWords(meeting),
    titles.length > 0 ? `会议围绕${quoted(titles)}进行讨论，形成以下意见。` : '会议形成以下意见。',
  ];
  const headings = titles.length > 0 ? titles : [''];
  return {
    summary: sentences.join(''),
    conclusions: headings.map((heading) => ({ heading, text: '' })),
  };
}

/** What has still to be written before the minutes can be published. */
export function gapsIn({ summary, conclusions }: Text): FieldError[] {
  const gaps: FieldError[] = [];
  if (summary === '') gaps.push({ path: '/summary', message: '请填写会议情况' });
  if (conclusions.length === 0) {
    gaps.push({ path: '/conclusions', message: '请至少写一条结论' });
  }
  conclusions.forEach(({ text }, index) => {
    if (text === '') gaps.push({ path: `/conclusions/${index}/text`, message: '请填写结论' });
  });
  return gaps;
}

export type ActionState = 'todo' | 'doing' | 'done';

/** What a step of the work on an action item is called where people are told of it. */
export const STEPS = {
  started: '开始办理',
  continued: '有新进展',
  finished: '已办结',
  reopened: '重新办理',
} as const;
export type Step = keyof typeof STEPS;

/**
 * The step from one state to the next. What can be done at once need not be said to have begun; a
 * finished item is opened again by the host alone.
 */
export function stepOf(
  from: ActionState,
  to: ActionState,
  isHost: boolean,
): Step | 'alreadyDone' | 'noWayBack' {
  if (to === 'todo') return 'noWayBack';
  if (from === 'done') return to === 'doing' && isHost ? 'reopened' : 'alreadyDone';
  if (to === 'done') return 'finished';
  return from === 'todo' ? 'started' : 'continued';
}

/** Not done after its day; the day itself still counts. */
export const isOverdue = (
  { state, dueOn }: { readonly state: ActionState; readonly dueOn: string | null },
  today: string,
): boolean => state !== 'done' && dueOn !== null && dueOn < today;
