import { and, eq, gt, isNull, lt, lte, notExists } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { round, seat, session, tenure, vote } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { addDays, dayOf, momentOf, timeOf } from '../core/day.ts';
import { notify } from '../notices/notify.ts';
import { everyone, guestsOf, hosts } from './audience.ts';
import { ballotDue } from './committee/apply.ts';
import { titleOfDue } from './committee/words.ts';
import { remind as remindOfWork } from './minutes/remind.ts';
import type { Numbered } from './sessions/find.ts';

const DAY_MS = 24 * 3600_000;

/** What people are reminded of as time goes by, each thing once. */
export function remind(tx: Tx, ctx: Context): void {
  remindVoters(tx, ctx);
  remindOfTomorrow(tx, ctx);
  remindOfWork(tx, ctx);
}

/** On a vote's last day, whoever has not voted; nobody else. */
function remindVoters(tx: Tx, ctx: Context): void {
  const now = ctx.clock();
  const closing = tx
    .select()
    .from(round)
    .where(
      and(eq(round.state, 'voting'), gt(round.closesAt, now), lte(round.closesAt, now + DAY_MS)),
    )
    .all();
  for (const { id, salonId, month } of closing) {
    const once = `round.lastDay ${id}`;
    notify(tx, ctx, {
      salonId,
      kind: 'round.lastDay',
      data: { month },
      to: idle(tx, id, salonId),
      once,
    });
  }
}

/** Holders of the seats that have not voted. */
const idle = (tx: Tx, roundId: string, salonId: string): string[] =>
  tx
    .select({ personId: tenure.personId })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(
      and(
        eq(seat.salonId, salonId),
        isNull(seat.retiredOn),
        isNull(tenure.until),
        notExists(
          tx
            .select({ seatId: vote.seatId })
            .from(vote)
            .where(and(eq(vote.roundId, roundId), eq(vote.seatId, seat.id))),
        ),
      ),
    )
    .all()
    .map(({ personId }) => personId);

/** On the day before a session, everyone and its guests. */
function remindOfTomorrow(tx: Tx, ctx: Context): void {
  const now = ctx.clock();
  const until = momentOf(addDays(dayOf(now), 2), '00:00');
  const coming = tx
    .select()
    .from(session)
    .where(
      and(eq(session.state, 'planned'), gt(session.startsAt, now), lt(session.startsAt, until)),
    )
    .all();
  for (const found of coming) {
    const { id, salonId, number, startsAt, place } = found;
    const day = dayOf(startsAt);
    if (number === null || day === dayOf(now)) continue;
    const data = { number, day, time: timeOf(startsAt), place };
    const to = [...everyone(tx, salonId), ...guestsOf(tx, id)];
    const once = `session.tomorrow ${id} ${day}`;
    notify(tx, ctx, { salonId, kind: 'session.tomorrow', data, to, once });
    remindOfBallot(tx, ctx, { ...found, number });
  }
}

/** The hosts, that an election or an evaluation is to be held there. */
function remindOfBallot(tx: Tx, ctx: Context, found: Numbered): void {
  const { id, salonId, number } = found;
  const due = ballotDue(tx, ctx, { id: salonId }, found);
  if (!due) return;
  const data = { number, title: titleOfDue(due) };
  const once = `ballot.tomorrow ${id} ${due.kind}`;
  notify(tx, ctx, { salonId, kind: 'ballot.tomorrow', data, to: hosts(tx, salonId), once });
}
