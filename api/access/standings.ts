import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../db/client.ts';
import { membership, person, salon, seat, tenure } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { CORE, Refused, refusals } from '../core/refused.ts';
import {
  type Action,
  decide,
  type MemberRole,
  may,
  type Relation,
  type Standing,
} from './rules.ts';

export type Salon = typeof salon.$inferSelect;

export const ACCESS = refusals({
  secondFactorNeeded: [
    403,
    '需要两步验证',
    '主办单位和系统管理员须先在“我的账号”里开启两步验证，并用它登录一次。',
  ],
});

/** Roles that may do harm with a stolen password alone; the reviewer is a host. */
export const GUARDED: readonly Standing[] = ['admin', 'host', 'reviewer'];

// Each compiled once for each connection, since almost every request asks them.
const membershipsIn = prepared((reader) =>
  reader
    .select({ role: membership.role })
    .from(membership)
    .where(
      and(
        eq(membership.salonId, sql.placeholder('salonId')),
        eq(membership.personId, sql.placeholder('personId')),
        isNull(membership.until),
      ),
    )
    .prepare(),
);
const tenureIn = prepared((reader) =>
  reader
    .select({ id: tenure.id })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(
      and(
        eq(tenure.personId, sql.placeholder('personId')),
        isNull(tenure.until),
        eq(seat.salonId, sql.placeholder('salonId')),
      ),
    )
    .prepare(),
);
const accountOf = prepared((reader) =>
  reader
    .select({ isAdmin: person.isAdmin })
    .from(person)
    .where(eq(person.id, sql.placeholder('personId')))
    .prepare(),
);
const salonBySlug = prepared((reader) =>
  reader
    .select()
    .from(salon)
    .where(eq(salon.slug, sql.placeholder('slug')))
    .prepare(),
);

/** The roles someone holds in a salon now; a secretary by holding a seat. */
export function rolesIn(reader: Reader, personId: string, salonId: string): MemberRole[] {
  const roles: MemberRole[] = membershipsIn(reader)
    .all({ salonId, personId })
    .map(({ role }) => role);
  return tenureIn(reader).get({ salonId, personId }) ? [...roles, 'secretary'] : roles;
}

/**
 * All that the actor is here. Read within the verb's transaction, so that a role that has just
 * ended counts no more.
 */
function standingsOf(reader: Reader, { actor }: Context, place?: Salon): Set<Standing> {
  const standings = new Set<Standing>(['visitor']);
  if (!actor) return standings;
  standings.add('person');
  const account = accountOf(reader).get({ personId: actor.personId });
  if (account?.isAdmin) standings.add('admin');
  if (place) for (const role of rolesIn(reader, actor.personId, place.id)) standings.add(role);
  return standings;
}

/**
 * Asks the permission table, for the installation or inside a salon.
 * @param relations what the actor is to the very thing that is asked for
 * @returns what the actor is here
 * @throws {Refused} signIn, forbidden, notFound or secondFactorNeeded
 */
export function allow(
  reader: Reader,
  ctx: Context,
  action: Action,
  place?: Salon,
  relations: readonly Relation[] = [],
): ReadonlySet<Standing> {
  const all = new Set([...standingsOf(reader, ctx, place), ...relations]);
  const guarded = ctx.production && !ctx.actor?.secondFactor;
  const usable = guarded ? new Set([...all].filter((one) => !GUARDED.includes(one))) : all;
  const decision = decide(usable, action, place ? 'salon' : 'installation');
  if (decision === 'allowed') return usable;
  if (may(all, action)) throw new Refused(ACCESS.secondFactorNeeded);
  if (decision === 'signIn') throw new Refused(CORE.signIn);
  throw new Refused(decision === 'hidden' ? CORE.notFound : CORE.forbidden);
}

/** @throws {Refused} notFound */
export function findSalon(reader: Reader, slug: string): Salon {
  const found = salonBySlug(reader).get({ slug });
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** The salon, if the actor may do this there. @throws {Refused} as `allow` */
export function allowIn(reader: Reader, ctx: Context, action: Action, slug: string): Salon {
  const found = findSalon(reader, slug);
  allow(reader, ctx, action, found);
  return found;
}

/** The signed-in person's id. @throws {Refused} signIn */
export function signedIn(ctx: Context): string {
  if (!ctx.actor) throw new Refused(CORE.signIn);
  return ctx.actor.personId;
}
