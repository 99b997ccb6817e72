import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../../db/client.ts';
import { guest, membership, seat, tenure, thread } from '../../../db/schema/index.ts';
import { type Action, type MemberRole, may } from '../../access/rules.ts';
import { GUARDED } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';

const me = sql.placeholder('me');
const membershipsOf = prepared((reader) =>
  reader
    .select({ salonId: membership.salonId, role: membership.role })
    .from(membership)
    .where(and(eq(membership.personId, me), isNull(membership.until)))
    .prepare(),
);
const seatsOf = prepared((reader) =>
  reader
    .select({ salonId: seat.salonId })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(and(eq(tenure.personId, me), isNull(tenure.until)))
    .prepare(),
);

/** The salons in which the actor may do this by a role, as `allow` would say of each. */
export function salonsWhere(reader: Reader, ctx: Context, action: Action): string[] {
  const { actor, production } = ctx;
  if (!actor) return [];
  const asked = { me: actor.personId };
  const roles: { salonId: string; role: MemberRole }[] = [
    ...membershipsOf(reader).all(asked),
    ...seatsOf(reader)
      .all(asked)
      .map(({ salonId }) => ({ salonId, role: 'secretary' as const })),
  ];
  const guarded = production && !actor.secondFactor;
  const usable = roles.filter(({ role }) => !(guarded && GUARDED.includes(role)));
  const entitled = usable.filter(({ role }) => may(new Set([role]), action));
  return [...new Set(entitled.map(({ salonId }) => salonId))];
}

/**
 * Which rows of `thread` the actor may read, for the query itself: what `allowToRead` says of each,
 * but that those taken away are in no list.
 */
export function readable(reader: Reader, ctx: Context): SQL {
  const open = sql`${thread.isPublic} = 1`;
  if (!ctx.actor) return open;
  return sql`(${open} OR ${belonging(reader, ctx, ctx.actor.personId, 'thread.read')})`;
}

/** Of which rows of `thread` the actor is told who wrote and who is called: as `reachOf` has it. */
export const named = (reader: Reader, ctx: Context): SQL =>
  ctx.actor ? belonging(reader, ctx, ctx.actor.personId, 'forum.keepUp') : sql`0`;

/** In a salon where the actor may do this by a role, or beside a session that they come to. */
function belonging(reader: Reader, ctx: Context, personId: string, action: Action): SQL {
  const salons = JSON.stringify(salonsWhere(reader, ctx, action));
  const invited = reader
    .select({ id: guest.sessionId })
    .from(guest)
    .where(and(eq(guest.personId, personId), isNull(guest.removedAt)));
  return sql`(${thread.salonId} IN (SELECT value FROM json_each(${salons}))
    OR (${thread.placeKind} = 'session' AND ${thread.placeKey} IN ${invited}))`;
}
