import type { z } from 'zod';
import type { Reader, Tx } from '../../../db/client.ts';
import { ballot } from '../../../db/schema/index.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { beginElection } from '../committee/apply.ts';
import { interestedSeats, openBallot, type SeatName } from '../committee/find.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { type Numbered, type Place, requireSession } from '../sessions/find.ts';
import type { called, callInput } from './contract.ts';
import { allowToPreside, seatsAt } from './find.ts';
import { type Plan, planBallot } from './plan.ts';
import { HINDRANCES } from './words.ts';

export interface Callable {
  readonly plan: Plan;
  /** Empty, or what hinders it. */
  readonly hindrance: string;
  /** Who can check the count; null where nobody has to. */
  readonly scrutineers: SeatName[] | null;
}

/** What can be called at a session now, and what hinders it. */
export function callableAt(
  reader: Reader,
  ctx: Context,
  salon: Salon,
  session: Numbered,
): Callable | undefined {
  const plan = planBallot(reader, ctx, salon, session);
  if (!plan) return undefined;
  const interested = interestedSeats(reader, salon.id);
  const scrutineers = settingsOf(decidedSettings(salon)).scrutineer
    ? seatsAt(reader, session.id).filter(({ seatId }) => !interested.has(seatId))
    : null;
  return { plan, hindrance: hindranceOf(reader, session, plan, scrutineers), scrutineers };
}

function hindranceOf(
  reader: Reader,
  session: Numbered,
  { hindrance }: Plan,
  scrutineers: readonly SeatName[] | null,
): string {
  if (session.state !== 'open') return HINDRANCES.sessionNotOpen;
  if (openBallot(reader, session.salonId)) return HINDRANCES.ballotOpen;
  if (hindrance) return hindrance;
  return scrutineers?.length === 0 ? HINDRANCES.nobodyToScrutinise : '';
}

/**
 * Calls the item: the box makes the keys first, so that whoever reads of a ballot finds it there.
 * A ballot of the box that no row came to name is void.
 * @throws {Refused} as `allow`, notFound, ballotNotDue, scrutineerNeeded, scrutineerUnfit
 */
export async function callBallot(
  ctx: Context,
  place: Place,
  input: z.infer<typeof callInput>,
): Promise<z.infer<typeof called>> {
  const { plan } = requireCallable(ctx.db.orm, ctx, place, input);
  const id = newId();
  const secondId = plan.second ? newId() : null;
  const made: string[] = [];
  let answer: z.infer<typeof called> | undefined;
  try {
    made.push(id);
    const fingerprint = await ctx.ballots.open(id, plan.first);
    if (plan.second && secondId) {
      made.push(secondId);
      await ctx.ballots.open(secondId, plan.second);
    }
    answer = await write(ctx, { name: 'ballot.call', input: [place, input] }, (tx) => {
      const now = requireCallable(tx, ctx, place, input);
      // While the keys were made, somebody may have been nominated, or have resigned.
      if (JSON.stringify(now.plan) !== JSON.stringify(plan)) throw new Refused(CORE.conflict);
      const scrutineerSeatId = input.scrutineerSeatId ?? null;
      insertBallot(tx, ctx, now, { id, secondId, fingerprint, scrutineerSeatId });
      return { ballot: id, fingerprint };
    });
  } finally {
    // Refused, or the answer to an earlier request of the same key.
    if (answer?.ballot !== id) await discard(ctx, made);
  }
  return answer;
}

async function discard({ ballots }: Context, ids: readonly string[]): Promise<void> {
  for (const id of ids) if (ballots.facts(id)) await ballots.void(id, 'notCalled');
}

interface ToCall extends Callable {
  readonly session: Numbered;
}

/** @throws {Refused} as `callBallot` */
function requireCallable(
  reader: Reader,
  ctx: Context,
  { salon: slug, number }: Place,
  { kind, scrutineerSeatId }: z.infer<typeof callInput>,
): ToCall {
  const salon = findSalon(reader, slug);
  allow(reader, ctx, 'ballot.list', salon);
  const session = requireSession(reader, salon.id, number);
  allowToPreside(reader, ctx, salon, session);
  const found = callableAt(reader, ctx, salon, session);
  if (found?.plan.kind !== kind) throw new Refused(SALON.ballotNotDue);
  if (found.hindrance) throw new Refused(SALON.ballotNotDue, { detail: found.hindrance });
  requireScrutineer(found, scrutineerSeatId);
  return { ...found, session };
}

/** @throws {Refused} scrutineerNeeded, scrutineerUnfit */
function requireScrutineer({ scrutineers }: Callable, seatId: string | undefined): void {
  if (scrutineers && seatId === undefined) throw new Refused(SALON.scrutineerNeeded);
  if (seatId === undefined) return;
  if (!scrutineers?.some((one) => one.seatId === seatId)) throw new Refused(SALON.scrutineerUnfit);
}

function insertBallot(
  tx: Tx,
  ctx: Context,
  { plan, session }: ToCall,
  made: Pick<typeof ballot.$inferSelect, 'id' | 'secondId' | 'fingerprint' | 'scrutineerSeatId'>,
): void {
  const { id: sessionId, salonId, number } = session;
  if (plan.of.electionId) beginElection(tx, ctx, plan.of.electionId, sessionId);
  tx.insert(ballot)
    .values({ ...made, ...plan.of, salonId, sessionId, state: 'taking', calledAt: ctx.clock() })
    .run();
  const { id: subject, fingerprint } = made;
  record(tx, ctx, { action: 'ballot.call', salonId, subject, detail: { fingerprint } });
  const present = seatsAt(tx, sessionId).map(({ seatId }) => seatId);
  const data = { ballot: subject, number, title: plan.title };
  notify(tx, ctx, { salonId, kind: 'ballot.called', data, to: holdersOf(tx, present) });
}
