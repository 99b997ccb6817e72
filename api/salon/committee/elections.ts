import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { election, session } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { addDays, dayOf, momentOf } from '../../core/day.ts';
import { newId } from '../../core/id.ts';
import { notify } from '../../notices/notify.ts';
import { everyone } from '../audience.ts';
import type { Session } from '../sessions/find.ts';
import {
  acceptedNominees,
  type Election,
  membersOf,
  openBallot,
  pendingElection,
  termOf,
} from './find.ts';
import {
  COMMITTEE_SIZE,
  type ElectionEvent,
  type ElectionKind,
  nominationsOutcome,
  transition,
} from './rules.ts';

/** Names are taken until the evening before the session. */
const eveOf = (startsAt: number): number => momentOf(addDays(dayOf(startsAt), -1), '20:00');

/** Whether an election can be held there: there was time to name somebody. */
export const isWithinReach = (
  { calledAt }: Pick<Election, 'calledAt'>,
  { startsAt }: Pick<Session, 'startsAt'>,
): boolean => eveOf(startsAt) > calledAt;

/** The session at which an election will be held, as far as it is known. */
export const sessionFor = (reader: Reader, one: Election): Session | undefined =>
  reader
    .select()
    .from(session)
    .where(and(eq(session.salonId, one.salonId), inArray(session.state, ['planned', 'open'])))
    .orderBy(asc(session.startsAt))
    .all()
    .find((found) => one.state === 'ready' || isWithinReach(one, found));

/** Until when names are taken; undefined while no session is planned, or until the item is called. */
export function nominationsEnd(reader: Reader, one: Election): number | undefined {
  const found = one.state === 'nominating' ? sessionFor(reader, one) : undefined;
  return found && eveOf(found.startsAt);
}

const DEEDS = {
  extend: 'election.extend',
  ready: 'election.ready',
  lapse: 'election.lapse',
  decide: 'election.decide',
  drop: 'election.drop',
} as const satisfies Record<ElectionEvent, string>;

/** Takes an election one step further. @throws for a step that §4 does not have */
export function moveElection(
  tx: Tx,
  ctx: Context,
  { id, salonId, state: from, kind }: Election,
  event: ElectionEvent,
  set: Partial<Election> = {},
): void {
  const state = transition(from, event, kind);
  if (!state) throw new Error(`Election ${id} is ${from}: no ${event}`);
  const ends = state === 'decided' || state === 'lapsed' || state === 'dropped';
  tx.update(election)
    .set({ ...set, state, ...(ends && { settledAt: ctx.clock() }) })
    .where(eq(election.id, id))
    .run();
  const action = DEEDS[event];
  record(tx, ctx, { action, salonId, subject: id });
}

/** Calls an election, without telling of it: whoever calls it says why. */
export function callElection(
  tx: Tx,
  ctx: Context,
  salonId: string,
  kind: ElectionKind,
  places: number = COMMITTEE_SIZE,
): void {
  const id = newId();
  const calledAt = ctx.clock();
  tx.insert(election).values({ id, salonId, kind, places, state: 'nominating', calledAt }).run();
  const detail = { election: kind, places };
  record(tx, ctx, { action: 'election.call', salonId, subject: id, detail });
}

/** §2: the pilot stage is over. The first election is called once in a salon's life. */
export function callFirstElection(tx: Tx, ctx: Context, salonId: string, number: number): void {
  const called = tx
    .select({ id: election.id })
    .from(election)
    .where(eq(election.salonId, salonId))
    .limit(1)
    .get();
  if (called) return;
  callElection(tx, ctx, salonId, 'first');
  const data = { election: 'first' as const, number };
  notify(tx, ctx, { salonId, kind: 'election.called', data, to: everyone(tx, salonId) });
}

/**
 * A by-election for the places that are free, unless an evaluation is open or the whole committee is
 * to be elected; one that still takes names takes them for all free places.
 */
export function fillPlaces(
  tx: Tx,
  ctx: Context,
  salonId: string,
  evaluating: boolean = Boolean(openBallot(tx, salonId)?.termId),
): void {
  const places = COMMITTEE_SIZE - membersOf(tx, salonId).length;
  const pending = pendingElection(tx, salonId);
  if (places === 0 || evaluating || !termOf(tx, salonId)) return;
  if (!pending) {
    callElection(tx, ctx, salonId, 'by', places);
    const data = { election: 'by' as const, places };
    notify(tx, ctx, { salonId, kind: 'election.called', data, to: everyone(tx, salonId) });
  } else if (pending.kind === 'by' && pending.state !== 'ready') {
    tx.update(election).set({ places }).where(eq(election.id, pending.id)).run();
  }
}

/** A full election in place of an evaluation; the by-election that was called gives way. */
export function callFullElection(tx: Tx, ctx: Context, salonId: string): void {
  dropByElection(tx, ctx, salonId);
  callElection(tx, ctx, salonId, 'full');
  const data = { election: 'full' as const };
  notify(tx, ctx, { salonId, kind: 'election.called', data, to: everyone(tx, salonId) });
}

export function dropByElection(tx: Tx, ctx: Context, salonId: string): void {
  const pending = pendingElection(tx, salonId);
  if (pending?.kind === 'by') moveElection(tx, ctx, pending, 'drop');
}

/** The end of the nominations: the candidates stand, or names are taken on. Once the time has come. */
export function closeNominations(tx: Tx, ctx: Context, salonId: string): void {
  const pending = pendingElection(tx, salonId);
  if (pending?.state !== 'nominating') return;
  const end = nominationsEnd(tx, pending);
  if (end === undefined || ctx.clock() < end) return;
  const accepted = acceptedNominees(tx, pending.id);
  const { places } = pending;
  const to = everyone(tx, salonId);
  if (nominationsOutcome({ accepted: accepted.length, places, extended: false }) === 'ready') {
    moveElection(tx, ctx, pending, 'ready');
    const data = { communities: accepted.map(({ community }) => community) };
    notify(tx, ctx, { salonId, kind: 'nominations.closed', data, to });
    return;
  }
  moveElection(tx, ctx, pending, 'extend');
  const data = { accepted: accepted.length, places };
  notify(tx, ctx, { salonId, kind: 'nominations.extended', data, to });
}

/** A session ends: an election that took names until then is held at the next one, or lapses. */
export function endExtension(tx: Tx, ctx: Context, found: Session): void {
  const pending = pendingElection(tx, found.salonId);
  if (pending?.state !== 'extended' || !isWithinReach(pending, found)) return;
  const accepted = acceptedNominees(tx, pending.id).length;
  const { places } = pending;
  if (nominationsOutcome({ accepted, places, extended: true }) === 'ready') {
    moveElection(tx, ctx, pending, 'ready');
  } else {
    lapse(tx, ctx, pending);
  }
}

/** Too few stand: it is called again, for as many places as are free then. */
export function lapse(tx: Tx, ctx: Context, pending: Election): void {
  const { salonId } = pending;
  moveElection(tx, ctx, pending, 'lapse');
  callAgain(tx, ctx, pending);
  notify(tx, ctx, { salonId, kind: 'election.lapsed', data: {}, to: everyone(tx, salonId) });
}

export function callAgain(tx: Tx, ctx: Context, { salonId, kind }: Election): void {
  if (kind === 'by') fillPlaces(tx, ctx, salonId);
  else callElection(tx, ctx, salonId, 'again');
}
