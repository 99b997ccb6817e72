import type { Tx } from '../../db/client.ts';
import { DEMO_NOW, DEMO_PLACE, DEMO_SESSIONS, DEMO_VOTES } from '../../db/demo/months.ts';
import { round, session, swap, turn, vote } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { addDays, dayOf, momentOf, monthOf } from '../core/day.ts';
import { newId } from '../core/id.ts';
import { settingsOf } from '../salon/charter.ts';
import { nextMonth } from '../salon/rotation/rules.ts';
import { plannedTimes, type RoundTimes, usualStart } from '../salon/topics/rules.ts';
import type { TopicIds } from './loadTopics.ts';
import { type DemoPlace, required, seatIn } from './place.ts';

/** The demo's months: each with its session, its round and whose turn it is. */

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;
const CALENDAR = settingsOf({});

export interface DemoRound extends RoundTimes {
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

export const roundIn = (rounds: readonly DemoRound[], number: number): DemoRound =>
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

export function insertMonth(
  tx: Tx,
  ctx: Context,
  { salonId }: DemoPlace,
  number: number,
): DemoRound {
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
    .values({
      ...row,
      ...(decidedAt && {
        decidedAt,
        decidedBy: 'host' as const,
        seats: 19,
        voters: 16 + (number % 3),
      }),
    })
    .run();
  return { ...row, startsAt };
}

/** 渭运社区 gave its month to 示例社区四 and took the fourth for it. */
export function insertTurns(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
): void {
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

export function insertVotes(
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
