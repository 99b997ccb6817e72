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
  const salons = JSON.stringify(salonsWhere(reader, ctx, 'thread.read'));
  const invited = reader
    .select({ id: guest.sessionId })
    .from(guest)
    .where(and(eq(guest.personId, ctx.actor.personId), isNull(guest.removedAt)));
  return sql`(${open} OR ${thread.salonId} IN (SELECT value FROM json_each(${salons}))
    OR (${thread.placeKind} = 'session' AND ${thread.placeKey} IN ${invited}))`;
}
