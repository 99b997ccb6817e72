import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import {
  DEMO_NOW,
  DEMO_PLACE,
  DEMO_SESSIONS,
  DEMO_TOPICS,
  DEMO_VOTES,
  type DemoSession,
  type DemoStep,
  type DemoTopic,
} from '../../db/demo/months.ts';
import {
  actionItem,
  actionNote,
  agendaItem,
  attendance,
  correction,
  guest,
  minutes,
  reading,
  round,
  roundTopic,
  session,
  support,
  swap,
  topic,
  topicStep,
  turn,
  vote,
} from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { addDays, dayOf, momentOf, monthOf } from '../core/day.ts';
import { newId } from '../core/id.ts';
import { notify } from '../notices/notify.ts';
import { everyone } from '../salon/audience.ts';
import { settingsOf } from '../salon/charter.ts';
import { nextMonth } from '../salon/rotation/rules.ts';
import { plannedTimes, type RoundTimes, rank, usualStart } from '../salon/topics/rules.ts';

import { loadCommittee } from './loadCommittee.ts';

/** The demo's people and seats by what they sign in with. */
export interface DemoPlace {
  readonly salonId: string;
  readonly seats: ReadonlyMap<string, { readonly id: string; readonly community: string }>;
  readonly members: ReadonlyMap<
    string,
    { readonly personId: string; readonly unit: string; readonly name: string }
  >;
}

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;
const CALENDAR = settingsOf({});

interface DemoRound extends RoundTimes {
  readonly id: string;
  readonly sessionId: string;
  readonly month: string;
  readonly startsAt: number;
}

function monthsFrom(month: string, offset: number): string {
  let found = `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
  for (let count = 0; count < 12 + offset; count += 1) found = nextMonth(found);
  return found;
}

/**
 * Fills the demo salon with three past sessions, one that is going on, a vote that is open and a
 * round that collects topics, all as if they had come about by the calendar.
 */
export function loadMonths(tx: Tx, ctx: Context, place: DemoPlace): void {
  const rounds = [1, 2, 3, 4, 5, 6].map((number) => insertMonth(tx, ctx, place, number));
  insertTurns(tx, ctx, place, rounds);
  const topics = insertTopics(tx, ctx, place, rounds);
  for (const one of DEMO_SESSIONS) insertPast(tx, ctx, place, one, rounds, topics);
  insertNow(tx, ctx, place, rounds, topics);
  insertVotes(tx, place, rounds, topics);
  tell(tx, ctx, place, rounds);
  const at = Math.min(roundIn(rounds, 3).startsAt + 3 * DAY_MS, ctx.clock());
  loadCommittee(tx, { ...ctx, clock: () => at }, place);
}

const required = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`The demo has no ${what}`);
  return found;
};
const seatIn = ({ seats }: DemoPlace, login: string) => required(seats.get(login), login);
const roundIn = (rounds: readonly DemoRound[], number: number): DemoRound =>
  required(rounds[number - 1], `round ${number}`);

/** When the sessions are: the fourth has just begun, the fifth is being voted on. */
function timesOf(now: number, number: number, month: string): RoundTimes & { startsAt: number } {
  const usual = usualStart(month, CALENDAR);
  if (number <= 3) return { startsAt: usual, ...plannedTimes(usual, CALENDAR) };
  if (number === 4) {
    const startsAt = Math.floor((now - 0.4 * HOUR_MS) / (HOUR_MS / 2)) * (HOUR_MS / 2);
    return { startsAt, ...plannedTimes(startsAt, CALENDAR) };
  }
  const morning = momentOf(dayOf(now), '08:00');
  const voting = number === 5 ? morning - DAY_MS : morning + 12 * DAY_MS;
  return {
    startsAt: usual,
    opensAt: voting - 14 * DAY_MS,
    votingAt: voting,
    closesAt: momentOf(addDays(dayOf(voting), 4), '20:00'),
  };
}

const ROUND_STATE = ['decided', 'decided', 'decided', 'decided', 'voting', 'proposing'] as const;

function insertMonth(tx: Tx, ctx: Context, { salonId }: DemoPlace, number: number): DemoRound {
  const now = ctx.clock();
  const month = monthsFrom(monthOf(now), number - 4);
  const { startsAt, ...times } = timesOf(now, number, month);
  const sessionId = newId();
  const past = DEMO_SESSIONS.find((one) => one.number === number);
  tx.insert(session)
    .values({
      id: sessionId,
      salonId,
      month,
      number,
      startsAt,
      place: DEMO_PLACE,
      note: past?.note ?? '演示日期。',
      state: number <= 4 ? 'open' : 'planned',
      openedAt: number <= 4 ? startsAt - HOUR_MS / 4 : null,
      updatedAt: now,
    })
    .run();
  const state = required(ROUND_STATE[number - 1], `round ${number}`);
  const id = newId();
  const row = { id, salonId, sessionId, month, ...times, state };
  const decidedAt = state === 'decided' ? times.closesAt + DAY_MS : null;
  tx.insert(round)
    .values({ ...row, ...(decidedAt && { decidedAt, seats: 19, voters: 16 + (number % 3) }) })
    .run();
  return { ...row, startsAt };
}

/** 渭运社区 gave its month to 示例社区四 and took the fourth for it. */
function insertTurns(tx: Tx, ctx: Context, place: DemoPlace, rounds: readonly DemoRound[]): void {
  const { salonId } = place;
  const chairs = [...DEMO_SESSIONS.map(({ chair }) => chair), DEMO_NOW.chair];
  const coming = ['shequ5', 'shequ6', 'shequ7'];
  let month = roundIn(rounds, 1).month;
  for (const login of [...chairs, ...coming]) {
    tx.insert(turn)
      .values({ salonId, month, seatId: seatIn(place, login).id })
      .run();
    month = nextMonth(month);
  }
  const at = roundIn(rounds, 1).startsAt;
  tx.insert(swap)
    .values({
      id: newId(),
      salonId,
      fromSeatId: seatIn(place, 'weiyun').id,
      fromMonth: roundIn(rounds, 2).month,
      toSeatId: seatIn(place, 'shequ4').id,
      toMonth: roundIn(rounds, 4).month,
      message: '那个月社区换届，想和您换一下。（演示）',
      state: 'agreed',
      offeredAt: at,
      settledAt: Math.min(at + DAY_MS, ctx.clock()),
    })
    .run();
}

/** When a step of a topic's way was taken. */
function stepAt(
  { state, round: number }: DemoStep,
  rounds: readonly DemoRound[],
  now: number,
): number {
  const { opensAt, votingAt, closesAt, startsAt } = roundIn(rounds, number);
  const at = {
    proposed: opensAt + 2 * DAY_MS,
    withdrawn: opensAt + 5 * DAY_MS,
    declined: opensAt + 6 * DAY_MS,
    'on-ballot': votingAt,
    'rolled-over': closesAt + DAY_MS,
    lapsed: closesAt + DAY_MS,
    confirmed: closesAt + DAY_MS,
    scheduled: closesAt + DAY_MS,
    discussed: startsAt + 2 * HOUR_MS,
    closed: startsAt + 3 * DAY_MS,
  }[state];
  return Math.min(at, now);
}

type TopicIds = ReadonlyMap<string, string>;

function insertTopics(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
): TopicIds {
  const ids = new Map(DEMO_TOPICS.map(({ key }) => [key, newId()]));
  for (const one of DEMO_TOPICS) insertTopic(tx, ctx, place, rounds, one, ids);
  rankRounds(tx, rounds);
  return ids;
}

function insertTopic(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  one: DemoTopic,
  ids: TopicIds,
): void {
  const { steps, votes = {}, supporters = [] } = one;
  const id = required(ids.get(one.key), one.key);
  const first = steps[0];
  const last = steps.at(-1);
  const now = ctx.clock();
  const at = first ? stepAt(first, rounds, now) : now - DAY_MS;
  const onSession = steps.find(({ state }) => state === 'scheduled');
  tx.insert(topic)
    .values({
      id,
      salonId: place.salonId,
      seatId: seatIn(place, one.by).id,
      title: one.title,
      situation: one.situation,
      tried: one.tried ?? '',
      invite: one.invite ?? '',
      cases: one.cases ?? [],
      state: last?.state ?? 'draft',
      roundId: last ? roundIn(rounds, last.round).id : null,
      newInRoundId: first ? roundIn(rounds, first.round).id : null,
      sessionId: onSession ? roundIn(rounds, onSession.round).sessionId : null,
      againOfId: one.againOf ? required(ids.get(one.againOf), one.againOf) : null,
      supports: supporters.length,
      createdAt: at,
      updatedAt: last ? stepAt(last, rounds, now) : at,
    })
    .run();
  steps.forEach(({ state, by, reason = '', ...rest }, index) => {
    const when = stepAt({ state, by, ...rest }, rounds, now);
    tx.insert(topicStep)
      .values({ topicId: id, position: index + 1, state, by, reason, at: when })
      .run();
  });
  for (const login of supporters) {
    tx.insert(support)
      .values({ topicId: id, seatId: seatIn(place, login).id })
      .run();
  }
  for (const { round: number } of steps.filter(({ state }) => state === 'on-ballot')) {
    const end = steps.find(
      ({ state, round: ended }) =>
        ended === number && ['confirmed', 'rolled-over', 'lapsed'].includes(state),
    );
    const outcome = end?.state as 'confirmed' | 'rolled-over' | 'lapsed' | undefined;
    tx.insert(roundTopic)
      .values({
        roundId: roundIn(rounds, number).id,
        topicId: id,
        votes: votes[number] ?? null,
        outcome: outcome ?? null,
        reason: end?.reason ?? '',
      })
      .run();
  }
}

function rankRounds(tx: Tx, rounds: readonly DemoRound[]): void {
  for (const { id } of rounds) {
    const rows = tx.select().from(roundTopic).where(eq(roundTopic.roundId, id)).all();
    const counted = rows.flatMap((row) =>
      row.votes === null ? [] : [{ ...row, votes: row.votes }],
    );
    for (const row of rank(counted)) {
      tx.insert(roundTopic)
        .values(row)
        .onConflictDoUpdate({
          target: [roundTopic.roundId, roundTopic.topicId],
          set: { rank: row.rank },
        })
        .run();
    }
  }
}

function insertGuests(
  tx: Tx,
  place: DemoPlace,
  sessionId: string,
  logins: readonly string[],
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const login of logins) {
    const { personId, unit, name } = required(place.members.get(login), login);
    const id = newId();
    tx.insert(guest).values({ id, sessionId, unit, name, personId, answer: 'accepted' }).run();
    ids.set(login, id);
  }
  return ids;
}

function insertPast(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  one: DemoSession,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): void {
  const { sessionId, startsAt } = roundIn(rounds, one.number);
  const guests = insertGuests(tx, place, sessionId, one.guests);
  const about = required(
    DEMO_TOPICS.find(({ key }) => key === one.topic),
    one.topic,
  );
  const agenda = [
    { title: '签到，通报上期待办', minutes: 10, topicId: null },
    { title: about.title, minutes: 70, topicId: topics.get(one.topic) ?? null },
    { title: '小结，布置待办', minutes: 10, topicId: null },
  ];
  agenda.forEach((item, index) => {
    tx.insert(agendaItem)
      .values({ id: newId(), sessionId, position: index + 1, ...item })
      .run();
  });
  for (const entry of about.cases ?? []) {
    tx.insert(reading).values({ sessionId, kind: 'case', entry }).run();
  }
  for (const [login, { id }] of place.seats) {
    if (one.absent.includes(login)) continue;
    signIn(tx, sessionId, { seatId: id }, startsAt - HOUR_MS / 6);
  }
  for (const id of guests.values()) signIn(tx, sessionId, { guestId: id }, startsAt);
  tx.update(session)
    .set({ state: 'closed', closedAt: startsAt + 2 * HOUR_MS })
    .where(eq(session.id, sessionId))
    .run();
  insertMinutes(tx, ctx, place, one, sessionId, startsAt, guests);
}

function signIn(
  tx: Tx,
  sessionId: string,
  party: { readonly seatId?: string; readonly guestId?: string },
  at: number,
  byHand?: string,
): void {
  const partyId = party.seatId ?? party.guestId ?? '';
  tx.insert(attendance)
    .values({
      sessionId,
      partyId,
      ...party,
      at,
      byHand: byHand !== undefined,
      reason: byHand ?? '',
    })
    .run();
}

function insertMinutes(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  one: DemoSession,
  sessionId: string,
  startsAt: number,
  guests: ReadonlyMap<string, string>,
): void {
  const publishedAt = Math.min(startsAt + 3 * DAY_MS, ctx.clock());
  tx.insert(minutes)
    .values({
      sessionId,
      summary: one.summary,
      conclusions: one.conclusions,
      recorder: '演示·记录人',
      absences: Object.fromEntries(
        one.absent.map((login) => [seatIn(place, login).id, '因公请假']),
      ),
      version: 1,
      updatedAt: publishedAt,
      submittedAt: publishedAt - DAY_MS,
      publishedAt,
    })
    .run();
  if (one.correction) {
    const at = Math.min(publishedAt + 4 * DAY_MS, ctx.clock());
    tx.insert(correction).values({ id: newId(), sessionId, text: one.correction, at }).run();
  }
  one.actions.forEach((item, index) => {
    insertAction(tx, ctx, place, { sessionId, publishedAt, position: index + 1 }, item, guests);
  });
}

interface Placed {
  readonly sessionId: string;
  readonly publishedAt: number;
  readonly position: number;
}

function insertAction(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  { sessionId, publishedAt, position }: Placed,
  { what, owner, due, state, notes = [] }: DemoSession['actions'][number],
  guests: ReadonlyMap<string, string>,
): void {
  const id = newId();
  const seat = place.seats.get(owner);
  const unit = seat?.community ?? required(place.members.get(owner), owner).unit;
  const end = notes.find((note) => note.state === 'done');
  const today = dayOf(ctx.clock());
  const at = (day: number): number => Math.max(publishedAt, momentOf(addDays(today, day), '10:00'));
  tx.insert(actionItem)
    .values({
      id,
      salonId: place.salonId,
      sessionId,
      position,
      what,
      seatId: seat?.id ?? null,
      guestId: guests.get(owner) ?? null,
      unit,
      dueOn: addDays(today, due),
      state,
      result: end?.text ?? '',
      doneAt: end ? at(end.day) : null,
      published: true,
    })
    .run();
  notes.forEach((note, index) => {
    const row = { actionId: id, position: index + 1, unit, state: note.state, text: note.text };
    tx.insert(actionNote)
      .values({ ...row, at: at(note.day) })
      .run();
  });
}

function insertNow(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): void {
  const { sessionId, startsAt } = roundIn(rounds, 4);
  const guests = insertGuests(tx, place, sessionId, DEMO_NOW.guests);
  const items = DEMO_NOW.agenda.map((item) => ({
    id: newId(),
    title: item.title,
    minutes: item.minutes,
    topicId: 'topic' in item ? (topics.get(item.topic) ?? null) : null,
  }));
  items.forEach((item, index) => {
    tx.insert(agendaItem)
      .values({ ...item, sessionId, position: index + 1 })
      .run();
  });
  for (const one of DEMO_NOW.readings)
    tx.insert(reading)
      .values({ sessionId, ...one })
      .run();
  const opened = startsAt - HOUR_MS / 6;
  for (const login of DEMO_NOW.present) {
    signIn(tx, sessionId, { seatId: seatIn(place, login).id }, opened);
  }
  const { login, reason } = DEMO_NOW.byHand;
  signIn(tx, sessionId, { seatId: seatIn(place, login).id }, opened, reason);
  for (const id of guests.values()) signIn(tx, sessionId, { guestId: id }, opened);
  tx.update(session)
    .set({ currentItemId: items[0]?.id ?? null, currentSince: ctx.clock() })
    .where(eq(session.id, sessionId))
    .run();
}

function insertVotes(
  tx: Tx,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): void {
  const roundId = roundIn(rounds, 5).id;
  for (const [login, keys] of Object.entries(DEMO_VOTES)) {
    for (const key of keys) {
      const row = { roundId, seatId: seatIn(place, login).id };
      tx.insert(vote)
        .values({ ...row, topicId: required(topics.get(key), key) })
        .run();
    }
  }
}

/** What everyone was told lately. */
function tell(tx: Tx, ctx: Context, { salonId }: DemoPlace, rounds: readonly DemoRound[]): void {
  const [third, fourth, fifth, sixth] = [3, 4, 5, 6].map((number) => roundIn(rounds, number));
  if (!third || !fourth || !fifth || !sixth) return;
  const to = everyone(tx, salonId);
  const at = (ms: number): Context => ({ ...ctx, clock: () => Math.min(ms, ctx.clock()) });
  const published = third.startsAt + 3 * DAY_MS;
  const inThird = { number: 3 };
  notify(tx, at(published), { salonId, kind: 'minutes.published', data: inThird, to });
  const collecting = { month: sixth.month, until: dayOf(sixth.votingAt) };
  notify(tx, at(sixth.opensAt), { salonId, kind: 'round.opened', data: collecting, to });
  const voting = { month: fifth.month, until: dayOf(fifth.closesAt) };
  notify(tx, at(fifth.votingAt), { salonId, kind: 'round.voting', data: voting, to });
  const opened = { number: 4 };
  notify(tx, at(fourth.startsAt), { salonId, kind: 'session.opened', data: opened, to });
}
