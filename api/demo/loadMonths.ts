import type { Tx } from '../../db/client.ts';
import { DEMO_SESSIONS } from '../../db/demo/months.ts';
import type { Context } from '../core/context.ts';
import { dayOf } from '../core/day.ts';
import { notify } from '../notices/notify.ts';
import { everyone } from '../salon/audience.ts';
import { loadCommittee } from './loadCommittee.ts';
import { insertNow } from './loadNow.ts';
import { insertPast } from './loadPast.ts';
import { type DemoRound, insertMonth, insertTurns, insertVotes, roundIn } from './loadRounds.ts';
import { insertTopics } from './loadTopics.ts';
import type { DemoPlace } from './place.ts';

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
  // Notices are read in the order in which they are written.
  const published = roundIn(rounds, 3).startsAt + 3 * DAY_MS;
  const then = { ...ctx, clock: () => Math.min(published, ctx.clock()) };
  tellOfMinutes(tx, then, place);
  loadCommittee(tx, then, place);
  tellLately(tx, ctx, place, rounds);
}

function tellOfMinutes(tx: Tx, ctx: Context, { salonId }: DemoPlace): void {
  const to = everyone(tx, salonId);
  notify(tx, ctx, { salonId, kind: 'minutes.published', data: { number: 3 }, to });
}

/** What everyone was told lately. */
function tellLately(
  tx: Tx,
  ctx: Context,
  { salonId }: DemoPlace,
  rounds: readonly DemoRound[],
): void {
  const [fourth, fifth, sixth] = [4, 5, 6].map((number) => roundIn(rounds, number));
  if (!fourth || !fifth || !sixth) return;
  const to = everyone(tx, salonId);
  const at = (ms: number): Context => ({ ...ctx, clock: () => Math.min(ms, ctx.clock()) });
  const collecting = { month: sixth.month, until: dayOf(sixth.votingAt) };
  notify(tx, at(sixth.opensAt), { salonId, kind: 'round.opened', data: collecting, to });
  const voting = { month: fifth.month, until: dayOf(fifth.closesAt) };
  notify(tx, at(fifth.votingAt), { salonId, kind: 'round.voting', data: voting, to });
  const opened = { number: 4 };
  notify(tx, at(fourth.startsAt), { salonId, kind: 'session.opened', data: opened, to });
}
