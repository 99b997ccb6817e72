import { addDays, dayOf, momentOf } from '../../core/day.ts';
import { nextMonth } from '../rotation/rules.ts';

/** How topics are proposed, voted on and chosen (salon-rules §2). Pure; times in ms since 1970. */

export const TOPIC_STATES = [
  'draft',
  'proposed',
  'withdrawn',
  'declined',
  'on-ballot',
  'rolled-over',
  'lapsed',
  'confirmed',
  'scheduled',
  'discussed',
  'closed',
] as const;
export type TopicState = (typeof TOPIC_STATES)[number];

/** What one looks for in a long list. */
export const TOPIC_STAGES = ['draft', 'open', 'chosen', 'past'] as const;
export type TopicStage = (typeof TOPIC_STAGES)[number];
export const STATES_OF: Readonly<Record<TopicStage, readonly TopicState[]>> = {
  draft: ['draft'],
  open: ['proposed', 'on-ballot', 'rolled-over'],
  chosen: ['confirmed', 'scheduled', 'discussed', 'closed'],
  past: ['lapsed', 'declined', 'withdrawn'],
};

export const ROUND_STATES = ['waiting', 'proposing', 'voting', 'review', 'decided'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

export const TOPIC_EVENTS = [
  'propose',
  'withdraw',
  'decline',
  /** The next round opens. */
  'roundOpens',
  'voteOpens',
  'confirm',
  /** The round's decision, for those not confirmed. */
  'passOver',
  'schedule',
  'sessionCancelled',
  'sessionCloses',
  'minutesPublished',
] as const;
export type TopicEvent = (typeof TOPIC_EVENTS)[number];

/** Every legal step; the second passing over is in `transition`. */
const STEPS: Readonly<Record<TopicEvent, Partial<Record<TopicState, TopicState>>>> = {
  propose: { draft: 'proposed' },
  withdraw: { draft: 'withdrawn', proposed: 'withdrawn', 'rolled-over': 'withdrawn' },
  decline: { proposed: 'declined' },
  roundOpens: { 'rolled-over': 'on-ballot' },
  voteOpens: { proposed: 'on-ballot' },
  confirm: { 'on-ballot': 'confirmed' },
  passOver: { 'on-ballot': 'rolled-over' },
  schedule: { confirmed: 'scheduled' },
  sessionCancelled: { scheduled: 'confirmed' },
  sessionCloses: { scheduled: 'discussed' },
  minutesPublished: { discussed: 'closed' },
};

/**
 * What becomes of a topic.
 * @param passedOver how often it was on a ballot and not confirmed before
 * @returns undefined for a step that §2 does not have
 */
export function transition(
  state: TopicState,
  event: TopicEvent,
  passedOver = 0,
): TopicState | undefined {
  const next = STEPS[event][state];
  return next === 'rolled-over' && passedOver > 0 ? 'lapsed' : next;
}

/** Topics that anybody of the salon can still support. */
export const isSupportable = (state: TopicState): boolean =>
  state === 'proposed' || state === 'on-ballot' || state === 'rolled-over';

export interface RoundTimes {
  readonly opensAt: number;
  readonly votingAt: number;
  readonly closesAt: number;
}

export interface Calendar {
  readonly proposalDays: number;
  readonly votingDays: number;
  readonly roundEndsBefore: number;
  readonly sessionDay: number;
  readonly sessionHour: number;
}

const MORNING = '08:00';
const EVENING = '20:00';
const DAY_MS = 24 * 3600_000;

/** When a session of this month is held, unless the host sets another day. */
export function usualStart(month: string, { sessionDay, sessionHour }: Calendar): number {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return momentOf(`${month}-${two(sessionDay)}`, `${two(sessionHour)}:00`);
}

/** The round's days, whole ones, ending so many days before the session. */
export function plannedTimes(startsAt: number, calendar: Calendar): RoundTimes {
  const lastDay = addDays(dayOf(startsAt), -calendar.roundEndsBefore);
  const votingDay = addDays(lastDay, 1 - calendar.votingDays);
  return {
    opensAt: momentOf(addDays(votingDay, -calendar.proposalDays), MORNING),
    votingAt: momentOf(votingDay, MORNING),
    closesAt: momentOf(lastDay, EVENING),
  };
}

/**
 * The times of a round that is made now. Where the session is nearer than the whole round needs,
 * the proposals give way first; with less than a day for them, what is left is shared out in the
 * same proportion, at worst until the evening before the session.
 * @returns undefined when not even two days are left
 */
export function timesFrom(
  now: number,
  startsAt: number,
  calendar: Calendar,
): RoundTimes | undefined {
  const planned = plannedTimes(startsAt, calendar);
  if (planned.opensAt >= now) return planned;
  const latest = momentOf(addDays(dayOf(startsAt), -1), EVENING);
  if (latest - now < 2 * DAY_MS) return undefined;
  if (planned.votingAt - now >= DAY_MS) return { ...planned, opensAt: now };
  const closesAt = planned.closesAt - now >= 2 * DAY_MS ? planned.closesAt : latest;
  const { proposalDays, votingDays } = calendar;
  const share = votingDays / (proposalDays + votingDays);
  const votingMs = Math.max(DAY_MS, Math.floor((closesAt - now) * share));
  return { opensAt: now, votingAt: closesAt - votingMs, closesAt };
}

/** What is due in a round; asked again until nothing is. */
export function dueIn(
  { state, opensAt, votingAt, closesAt }: RoundTimes & { readonly state: RoundState },
  now: number,
): 'open' | 'startVote' | 'close' | undefined {
  if (state === 'waiting' && now >= opensAt) return 'open';
  if (state === 'proposing' && now >= votingAt) return 'startVote';
  if (state === 'voting' && now >= closesAt) return 'close';
  return undefined;
}

/** The first evening that is not before this moment. */
function eveningFrom(moment: number): number {
  const evening = momentOf(dayOf(moment), EVENING);
  return evening >= moment ? evening : momentOf(addDays(dayOf(moment), 1), EVENING);
}

/**
 * When a vote closes that could open only now, after a stop of the server: in an evening, as every
 * vote does, and so that nobody loses it: it lasts a day at the least.
 */
export function closesAfterLateStart(
  { closesAt }: RoundTimes,
  now: number,
  startsAt: number,
  { votingDays }: Calendar,
): number {
  const whole = eveningFrom(now + votingDays * DAY_MS);
  const beforeSession = momentOf(addDays(dayOf(startsAt), -1), EVENING);
  return Math.max(closesAt, Math.min(whole, beforeSession), eveningFrom(now + DAY_MS));
}

export interface DueMonth {
  readonly month: string;
  readonly startsAt: number;
  readonly skipped: readonly string[];
}

/**
 * The month whose session and round are to be made now. Months that a long stop of the server has
 * left no time for are skipped.
 * @param last month of the last session up to now
 * @param taken months after it that have their session already
 */
export function monthDue(
  last: string,
  now: number,
  calendar: Calendar,
  taken: ReadonlySet<string> = new Set(),
): DueMonth | undefined {
  const skipped: string[] = [];
  for (let month = nextMonth(last); ; month = nextMonth(month)) {
    const startsAt = usualStart(month, calendar);
    if (now < plannedTimes(startsAt, calendar).opensAt) return undefined;
    if (taken.has(month)) continue;
    if (timesFrom(now, startsAt, calendar)) return { month, startsAt, skipped };
    skipped.push(month);
  }
}

/** Ranks by votes; those with as many share a rank, and the next one stands as many lower. */
export function rank<T extends { readonly votes: number }>(
  topics: readonly T[],
): (T & { readonly rank: number })[] {
  return topics
    .map((one) => ({ ...one, rank: 1 + topics.filter(({ votes }) => votes > one.votes).length }))
    .sort((a, b) => a.rank - b.rank);
}

export type Decision = 'fine' | 'notOnBallot' | 'reasonNeeded';

/**
 * Whether the reviewer may decide so. One that is not ranked first, and none at all, need a public
 * reason.
 * @param ranked the ballot's topics and ranks
 */
export function judge(
  ranked: readonly { readonly id: string; readonly rank: number }[],
  confirm: readonly string[],
  note: string,
): Decision {
  const ranks = new Map(ranked.map(({ id, rank: place }) => [id, place]));
  if (confirm.some((id) => !ranks.has(id))) return 'notOnBallot';
  const allFirst = confirm.length > 0 && confirm.every((id) => ranks.get(id) === 1);
  return allFirst || note !== '' ? 'fine' : 'reasonNeeded';
}

/** Who reviews (§2): the host while the pilot lasts, and until a committee of two or more sits. */
export function reviewer(
  publishedSessions: number,
  pilotSessions: number,
  members: number,
): { readonly by: 'host' | 'committee'; readonly note: string } {
  if (publishedSessions < pilotSessions)
    return { by: 'host', note: '试行阶段，由主办单位综合研判' };
  if (members >= 2) return { by: 'committee', note: '' };
  if (members === 1) return { by: 'host', note: '选题委员不足 2 名，由主办单位综合研判' };
  return { by: 'host', note: '选题委员会选出之前，由主办单位综合研判' };
}
