import { and, asc, eq, gt, isNull, max, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { prepared, type Tx } from '../../db/client.ts';
import { person, seat, tenure, vote } from '../../db/schema/index.ts';
import { allowIn } from '../access/standings.ts';
import type { IssuedPass } from '../accounts/contract.ts';
import { issuePass } from '../accounts/passes.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { dayOf } from '../core/day.ts';
import { newId } from '../core/id.ts';
import { cutPage, readCursor } from '../core/page.ts';
import { CORE, Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { leaveForum } from '../forum/leave.ts';
import { requireNotVoting } from './ballots/frozen.ts';
import { seatChanged } from './committee/apply.ts';
import type { handOverInput, seatInput } from './contract.ts';
import { belongsTo, findOrAddPerson, seatHeldBy } from './people.ts';
import { SALON } from './refusals.ts';
import { settleRotation } from './rotation/settle.ts';

type Seat = typeof seat.$inferSelect;

const row = ({ id, community, position, joinedOn, retiredOn }: Seat) => ({
  id,
  community,
  position,
  joinedOn,
  retiredOn,
});

const seatsAfter = prepared((reader) =>
  reader
    .select()
    .from(seat)
    .where(
      and(
        eq(seat.salonId, sql.placeholder('salonId')),
        gt(seat.position, sql.placeholder('after')),
      ),
    )
    .orderBy(asc(seat.position))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The table of seats in order; public, without the names of their holders. */
export function listSeats(
  ctx: Context,
  slug: string,
  query: { limit: number; cursor?: string | undefined },
) {
  const found = allowIn(ctx.db.orm, ctx, 'salon.read', slug);
  const from = readCursor(query.cursor);
  const asked = { salonId: found.id, after: from?.after ?? 0, limit: query.limit + 1 };
  const rows = seatsAfter(ctx.db.orm).all(asked);
  const page = cutPage(rows, query.limit, ({ position, id }) => ({ after: position, id }));
  return { seats: page.rows.map(row), next: page.next };
}

/** @throws {Refused} notFound */
function requireSeat(tx: Pick<Tx, 'select'>, salonId: string, seatId: string): Seat {
  const found = tx
    .select()
    .from(seat)
    .where(and(eq(seat.id, seatId), eq(seat.salonId, salonId)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** A seat and who held it when; for members. */
export function readSeat(ctx: Context, slug: string, seatId: string) {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'member.list', slug);
  const found = requireSeat(reader, salonId, seatId);
  const tenures = reader
    .select({ personId: person.id, name: person.name, since: tenure.since, until: tenure.until })
    .from(tenure)
    .innerJoin(person, eq(person.id, tenure.personId))
    .where(eq(tenure.seatId, seatId))
    .orderBy(asc(tenure.since))
    .all()
    .map(({ since, until, ...who }) => ({
      ...who,
      since: new Date(since).toISOString(),
      until: until === null ? null : new Date(until).toISOString(),
    }));
  return { ...row(found), tenures };
}

/** Puts a seat at the end of the table. @throws {Refused} communityTaken */
export function insertSeat(
  tx: Tx,
  ctx: Context,
  salonId: string,
  { community, joinedOn }: z.infer<typeof seatInput>,
): Seat {
  const taken = tx
    .select({ id: seat.id })
    .from(seat)
    .where(and(eq(seat.salonId, salonId), eq(seat.community, community), isNull(seat.retiredOn)))
    .get();
  if (taken) throw new Refused(SALON.communityTaken);
  const last = tx
    .select({ position: max(seat.position) })
    .from(seat)
    .where(eq(seat.salonId, salonId))
    .get();
  const values: Seat = {
    id: newId(),
    salonId,
    community,
    position: (last?.position ?? 0) + 1,
    joinedOn: joinedOn ?? dayOf(ctx.clock()),
    retiredOn: null,
  };
  tx.insert(seat).values(values).run();
  record(tx, ctx, { action: 'seat.add', salonId, subject: values.id });
  return values;
}

export function addSeat(ctx: Context, slug: string, input: z.infer<typeof seatInput>) {
  return write(ctx, { name: 'seat.add', input: [slug, input] }, (tx) => {
    const salon = allowIn(tx, ctx, 'seat.manage', slug);
    const added = insertSeat(tx, ctx, salon.id, input);
    settleRotation(tx, ctx, salon);
    return row(added);
  });
}

/** Takes a seat from the table; its history stays. Ends its holder's tenure. */
export function retireSeat(ctx: Context, slug: string, seatId: string) {
  return write(ctx, { name: 'seat.retire', input: [slug, seatId] }, (tx) => {
    const salon = allowIn(tx, ctx, 'seat.manage', slug);
    const { id: salonId } = salon;
    const found = requireSeat(tx, salonId, seatId);
    if (found.retiredOn !== null) throw new Refused(SALON.seatRetired);
    requireNotVoting(tx, salonId, seatId);
    const today = dayOf(ctx.clock());
    const retiredOn = today < found.joinedOn ? found.joinedOn : today;
    endTenure(tx, ctx, found);
    seatChanged(tx, ctx, salon, seatId, 'retirement');
    tx.delete(vote).where(eq(vote.seatId, seatId)).run();
    tx.update(seat).set({ retiredOn }).where(eq(seat.id, seatId)).run();
    record(tx, ctx, { action: 'seat.retire', salonId, subject: seatId });
    settleRotation(tx, ctx, salon);
    return row({ ...found, retiredOn });
  });
}

/** @returns the id of whoever held the seat until now */
function endTenure(
  tx: Tx,
  ctx: Context,
  { id, salonId }: Pick<Seat, 'id' | 'salonId'>,
): string | undefined {
  const open = tx
    .select()
    .from(tenure)
    .where(and(eq(tenure.seatId, id), isNull(tenure.until)))
    .get();
  if (!open) return undefined;
  // A clock that was set back must not make a tenure end before it began.
  const until = Math.max(ctx.clock(), open.since);
  tx.update(tenure).set({ until }).where(eq(tenure.id, open.id)).run();
  leaveForum(tx, salonId, open.personId);
  return open.personId;
}

/** The seat that someone holds, if any, stays without a holder. */
export function leaveSeat(tx: Tx, ctx: Context, personId: string): void {
  const held = seatHeldBy(tx, personId);
  if (!held) return;
  requireNotVoting(tx, held.salonId, held.seatId);
  endTenure(tx, ctx, { id: held.seatId, salonId: held.salonId });
  seatChanged(tx, ctx, { id: held.salonId }, held.seatId, 'handOver');
}

/** Seats someone who holds no other seat. The one before, if any, leaves it. */
export function seatPerson(tx: Tx, ctx: Context, place: Seat, personId: string): void {
  if (place.retiredOn !== null) throw new Refused(SALON.seatRetired);
  const held = seatHeldBy(tx, personId);
  if (held?.seatId === place.id) throw new Refused(SALON.holdsAlready);
  if (held) throw new Refused(SALON.alreadySeated);
  requireNotVoting(tx, place.salonId, place.id);
  const from = endTenure(tx, ctx, place);
  if (from) seatChanged(tx, ctx, { id: place.salonId }, place.id, 'handOver');
  // How the one before voted is nobody's business; the seat votes anew.
  tx.delete(vote).where(eq(vote.seatId, place.id)).run();
  const last = tx
    .select({ until: max(tenure.until) })
    .from(tenure)
    .where(eq(tenure.seatId, place.id))
    .get();
  // A clock that was set back must not put the next holder before the last.
  const since = Math.max(ctx.clock(), last?.until ?? 0);
  tx.insert(tenure).values({ id: newId(), seatId: place.id, personId, since }).run();
  const subject = place.id;
  const detail = { ...(from && { from }), person: personId };
  record(tx, ctx, { action: 'seat.handOver', salonId: place.salonId, subject, detail });
}

/**
 * 换届: gives a seat to its next holder, who may be new. The seat keeps its history and its vote.
 * @returns an invitation, for someone who has no password yet
 * @throws {Refused} seatRetired, alreadySeated, holdsAlready, chooseOne, noLogin, ballotOpen
 */
export function handOverSeat(
  ctx: Context,
  slug: string,
  seatId: string,
  input: z.infer<typeof handOverInput>,
): Promise<{ personId: string; invitation: IssuedPass | null }> {
  return write(ctx, { name: 'seat.handOver', input: [slug, seatId, input] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'seat.manage', slug);
    const place = requireSeat(tx, salonId, seatId);
    const personId = successor(tx, ctx, salonId, input);
    seatPerson(tx, ctx, place, personId);
    const who = tx.select().from(person).where(eq(person.id, personId)).get();
    const invitation =
      who?.passwordHash === null
        ? issuePass(tx, ctx, { personId, kind: 'invitation', salonId })
        : null;
    return { personId, invitation };
  });
}

function successor(
  tx: Tx,
  ctx: Context,
  salonId: string,
  { personId, person: fresh }: z.infer<typeof handOverInput>,
): string {
  if ((personId === undefined) === (fresh === undefined)) throw new Refused(SALON.chooseOne);
  if (fresh) return findOrAddPerson(tx, ctx, fresh).id;
  const known = tx
    .select({ id: person.id })
    .from(person)
    .where(
      and(eq(person.id, personId ?? ''), isNull(person.erasedAt), isNull(person.deactivatedAt)),
    )
    .get();
  // Someone of another salon is as unknown here as nobody at all.
  if (!known || !belongsTo(tx, salonId, known.id)) throw new Refused(CORE.notFound);
  return known.id;
}
