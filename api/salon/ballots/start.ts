import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { ballot, seat } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { meetsQuorum } from '../committee/rules.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { isDue } from '../sessions/rules.ts';
import {
  type Ballot,
  type BallotPlace,
  missingAt,
  presideOver,
  requireTaking,
  seatsOnRoll,
} from './find.ts';
import { inNotice } from './notices.ts';
import { reconcile } from './reconcile.ts';
import { mayCloseSignIn } from './rules.ts';
import { voidBallot } from './settle.ts';

const MINUTE = 60_000;

/** Milliseconds that are waited for seats that have not taken, once the closing is announced. */
export const waitMs = (salon: Salon): number =>
  settingsOf(decidedSettings(salon)).closingMinutes * MINUTE;

/** Says on the screen that sign-in and taking close. Twice is once. @throws {Refused} ballotState */
export async function announceClosing(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.announce', input: place }, (tx) => {
    const { salon, found } = presideOver(tx, ctx, place);
    requireTaking(found);
    const now = ctx.clock();
    if (found.announcedAt !== null && found.announcedAt <= now) return;
    tx.update(ballot).set({ announcedAt: now }).where(eq(ballot.id, found.id)).run();
    record(tx, ctx, { action: 'ballot.announce', salonId: salon.id, subject: found.id });
    const data = inNotice(tx, found);
    const to = holdersOf(tx, untaken(tx, ctx, found));
    notify(tx, ctx, { salonId: salon.id, kind: 'ballot.closing', data, to });
  });
}

/** Seats at the session that could still take a ballot: §6 lets nobody else be reminded. */
function untaken(reader: Reader, ctx: Context, found: Ballot): string[] {
  const { absent, waiting } = missingAt(reader, ctx, found);
  return [...absent, ...waiting].map(({ seatId }) => seatId);
}

/**
 * Closes sign-in and taking, which fixes 实到, and opens casting: first in the database, then in the
 * box, whose key is destroyed.
 * @throws {Refused} as `allow`, notFound, ballotState, announceFirst, signInOpen
 */
export async function startCasting(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.start', input: place }, (tx) => {
    const { salon, found } = presideOver(tx, ctx, place);
    requireTaking(found);
    requireClosable(tx, ctx, salon, found);
    const now = ctx.clock();
    const [due, attending] = rollCall(tx, found, dayOf(now));
    const roll = { closedAt: now, due, attending };
    const { quorumPercent } = settingsOf(decidedSettings(salon));
    const short = found.termId !== null && !meetsQuorum(attending, due, quorumPercent);
    if (short) return voidBallot(tx, ctx, found, 'quorum', roll);
    tx.update(ballot)
      .set({ ...roll, state: 'casting' })
      .where(eq(ballot.id, found.id))
      .run();
    beginCasting(tx, ctx, found, attending);
  });
  await reconcile(ctx);
}

/** @throws {Refused} announceFirst, signInOpen */
function requireClosable(tx: Tx, ctx: Context, salon: Salon, found: Ballot): void {
  const { announcedAt } = found;
  const [now, wait] = [ctx.clock(), waitMs(salon)];
  const waiting = missingAt(tx, ctx, found).waiting.length;
  const verdict = mayCloseSignIn({ now, announcedAt, waiting, waitMs: wait });
  if (verdict === 'announceFirst') throw new Refused(SALON.announceFirst);
  if (verdict === 'yes') return;
  const retryAfter = Math.ceil(((announcedAt ?? now) + wait - now) / 1000);
  throw new Refused(SALON.signInOpen, { retryAfter });
}

/** 应到 and 实到: the seats of the table that day, and those signed in for the ballot. */
function rollCall(tx: Tx, { id, salonId }: Ballot, day: string): [number, number] {
  const signedIn = seatsOnRoll(tx, id);
  const due = tx
    .select()
    .from(seat)
    .where(eq(seat.salonId, salonId))
    .all()
    .filter((one) => isDue({ ...one, present: signedIn.has(one.id) }, day));
  return [due.length, signedIn.size];
}

function beginCasting(tx: Tx, ctx: Context, found: Ballot, attending: number): void {
  const { id: subject, salonId } = found;
  const takers = ctx.ballots.takers(subject);
  const detail = { attending, issued: takers.length };
  record(tx, ctx, { action: 'ballot.start', salonId, subject, detail });
  const data = inNotice(tx, found);
  notify(tx, ctx, { salonId, kind: 'ballot.casting', data, to: holdersOf(tx, takers) });
}
