import type { Tx } from '../../db/client.ts';
import { DEMO_SESSIONS } from '../../db/demo/months.ts';
import type { Context } from '../core/context.ts';
import { dayOf } from '../core/day.ts';
import { notify } from '../notices/notify.ts';
import { everyone } from '../salon/audience.ts';
import { loadCommittee } from './loadCommittee.ts';
import { loadForum } from './loadForum.ts';
import { insertNow } from './loadNow.ts';
import { insertPast } from './loadPast.ts';
import { type DemoRound, insertMonth, insertTurns, insertVotes, roundIn } from './loadRounds.ts';
import { insertTopics } from './loadTopics.ts';
import type { DemoPlace, Told } from './place.ts';

const DAY_MS = 24 * 3600_000;

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
  const told = [
    ...loadForum(tx, ctx, place, rounds, topics),
    ...minutesTold(place, rounds),
    ...toldLately(tx, place, rounds),
  ];
  const now = ctx.clock();
  const inOrder = told.map(({ at, tell }) => ({ at: Math.min(at, now), tell }));
  for (const { at, tell } of inOrder.sort((a, b) => a.at - b.at)) {
    tell(tx, { ...ctx, clock: () => at });
  }
}

/** The third minutes, with which the election is called. */
function minutesTold(place: DemoPlace, rounds: readonly DemoRound[]): Told[] {
  const tell = (tx: Tx, ctx: Context): void => {
    const { salonId } = place;
    const to = everyone(tx, salonId);
    notify(tx, ctx, { salonId, kind: 'minutes.published', data: { number: 3 }, to });
    loadCommittee(tx, ctx, place);
  };
  return [{ at: roundIn(rounds, 3).startsAt + 3 * DAY_MS, tell }];
}

/** What everyone was told lately. */
function toldLately(tx: Tx, { salonId }: DemoPlace, rounds: readonly DemoRound[]): Told[] {
  const [fourth, fifth, sixth] = [4, 5, 6].map((number) => roundIn(rounds, number));
  if (!fourth || !fifth || !sixth) return [];
  const to = everyone(tx, salonId);
  const collecting = { month: sixth.month, until: dayOf(sixth.votingAt) };
  const voting = { month: fifth.month, until: dayOf(fifth.closesAt) };
  const opened = { number: 4 };
  return [
    {
      at: sixth.opensAt,
      tell: (tx, ctx) => notify(tx, ctx, { salonId, kind: 'round.opened', data: collecting, to }),
    },
    {
      at: fifth.votingAt,
      tell: (tx, ctx) => notify(tx, ctx, { salonId, kind: 'round.voting', data: voting, to }),
    },
    {
      at: fourth.startsAt,
      tell: (tx, ctx) => notify(tx, ctx, { salonId, kind: 'session.opened', data: opened, to }),
    },
  ];
}
