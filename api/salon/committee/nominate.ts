import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { nominee, seat, tenure } from '../../../db/schema/index.ts';
import { allow, allowIn, findSalon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import { nominationsEnd } from './elections.ts';
import {
  type Election,
  membersOf,
  nomineeOf,
  openBallot,
  pendingElection,
  relationsToCommittee,
} from './find.ts';
import { leaveCommittee } from './office.ts';

/**
 * Names a seat for the election. Who names their own stands; another is asked. Named once is named.
 * @throws {Refused} notASeat, nominationsClosed, nomineeUnknown, sitsAlready, nomineeDeclined
 */
export async function nominate(ctx: Context, slug: string, seatId: string): Promise<void> {
  await write(ctx, { name: 'nominee.name', input: [slug, seatId] }, (tx) => {
    const salon = allowIn(tx, ctx, 'nominee.name', slug);
    const mine = seatOf(tx, ctx, salon.id);
    if (!mine) throw new Refused(SALON.notASeat);
    requireHeld(tx, salon.id, seatId);
    const called = requireNominating(tx, ctx, salon.id);
    requireEligible(tx, called, seatId);
    const itself = seatId === mine.id;
    const known = nomineeOf(tx, called.id, seatId);
    if (itself && known) return answerFor(tx, ctx, called, seatId, true);
    if (known?.state === 'declined') throw new Refused(SALON.nomineeDeclined);
    if (known) return;
    const state = itself ? ('accepted' as const) : ('asked' as const);
    tx.insert(nominee).values({ electionId: called.id, seatId, bySeatId: mine.id, state }).run();
    record(tx, ctx, { action: 'nominee.name', salonId: salon.id, subject: seatId });
    if (itself) return;
    const data = { community: mine.community };
    const to = holdersOf(tx, [seatId]);
    notify(tx, ctx, { salonId: salon.id, kind: 'nominee.asked', data, to });
  });
}

/** A seat of the salon that somebody holds. @throws {Refused} nomineeUnknown */
function requireHeld(tx: Tx, salonId: string, seatId: string): void {
  const held = tx
    .select({ id: seat.id })
    .from(seat)
    .innerJoin(tenure, and(eq(tenure.seatId, seat.id), isNull(tenure.until)))
    .where(and(eq(seat.id, seatId), eq(seat.salonId, salonId), isNull(seat.retiredOn)))
    .get();
  if (!held) throw new Refused(SALON.nomineeUnknown);
}

/** Whether names are taken now: the clock decides, even where the election has not been told. */
export function takesNames(tx: Parameters<typeof nominationsEnd>[0], ctx: Context, one: Election) {
  if (one.state === 'ready' || openBallot(tx, one.salonId)?.electionId === one.id) return false;
  const end = nominationsEnd(tx, one);
  return end === undefined || ctx.clock() < end;
}

/** @throws {Refused} nominationsClosed */
function requireNominating(tx: Tx, ctx: Context, salonId: string): Election {
  const called = pendingElection(tx, salonId);
  if (!called || !takesNames(tx, ctx, called)) throw new Refused(SALON.nominationsClosed);
  return called;
}

/** A by-election is for others than those in office. @throws {Refused} sitsAlready */
function requireEligible(tx: Tx, { kind, salonId }: Election, seatId: string): void {
  const sits = membersOf(tx, salonId).some((one) => one.seatId === seatId);
  if (kind === 'by' && sits) throw new Refused(SALON.sitsAlready);
}

/**
 * A nominee stands, or does not, and may think again until the nominations end.
 * @throws {Refused} as `allow`, nominationsClosed
 */
export async function answerNomination(ctx: Context, slug: string, accept: boolean): Promise<void> {
  await write(ctx, { name: 'nominee.answer', input: [slug, accept] }, (tx) => {
    const salon = findSalon(tx, slug);
    allow(tx, ctx, 'nominee.answer', salon, relationsToCommittee(tx, ctx, salon));
    const called = requireNominating(tx, ctx, salon.id);
    answerFor(tx, ctx, called, seatOf(tx, ctx, salon.id)?.id ?? '', accept);
  });
}

function answerFor(
  tx: Tx,
  ctx: Context,
  { id: electionId, salonId }: Election,
  seatId: string,
  accept: boolean,
): void {
  const state = accept ? 'accepted' : 'declined';
  if (nomineeOf(tx, electionId, seatId)?.state === state) return;
  tx.update(nominee)
    .set({ state })
    .where(and(eq(nominee.electionId, electionId), eq(nominee.seatId, seatId)))
    .run();
  const action = accept ? 'nominee.accept' : 'nominee.decline';
  record(tx, ctx, { action, salonId, subject: seatId });
}

/** A member gives the place back. @throws {Refused} as `allow` */
export async function resign(ctx: Context, slug: string): Promise<void> {
  await write(ctx, { name: 'committee.resign', input: slug }, (tx) => {
    const salon = findSalon(tx, slug);
    allow(tx, ctx, 'committee.resign', salon, relationsToCommittee(tx, ctx, salon));
    const mine = seatOf(tx, ctx, salon.id)?.id;
    const member = membersOf(tx, salon.id).find(({ seatId }) => seatId === mine);
    if (member) leaveCommittee(tx, ctx, salon.id, member, 'resignation');
  });
}
