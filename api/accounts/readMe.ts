import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../db/client.ts';
import { membership, person, salon, seat, tenure } from '../../db/schema/index.ts';
import { GUARDED, rolesIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import type { Me } from './contract.ts';
import { isOn, recoveryCodesLeft } from './secondFactor.ts';

/** The salons someone belongs to now, with their roles and seat. */
function salonsOf(reader: Reader, personId: string): Me['salons'] {
  const held = reader
    .select({ salonId: seat.salonId, id: seat.id, community: seat.community })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(and(eq(tenure.personId, personId), isNull(tenure.until)))
    .all();
  const roles = reader
    .select({ salonId: membership.salonId })
    .from(membership)
    .where(and(eq(membership.personId, personId), isNull(membership.until)))
    .all();
  const ids = [...new Set([...held, ...roles].map(({ salonId }) => salonId))];
  return ids.flatMap((id) => {
    const place = reader.select().from(salon).where(eq(salon.id, id)).get();
    if (!place) return [];
    const mine = held.find(({ salonId }) => salonId === id);
    return [
      {
        slug: place.slug,
        name: place.name,
        roles: rolesIn(reader, personId, id),
        seat: mine ? { id: mine.id, community: mine.community } : null,
      },
    ];
  });
}

/** Whether some of this person's powers wait for a second factor (production only). */
export function needsSecondFactor(reader: Reader, ctx: Context, personId: string): boolean {
  if (!ctx.production) return false;
  const admin = reader
    .select({ isAdmin: person.isAdmin })
    .from(person)
    .where(eq(person.id, personId))
    .get()?.isAdmin;
  const roles = salonsOf(reader, personId).flatMap((place) => place.roles);
  return Boolean(admin) || roles.some((role) => GUARDED.includes(role));
}

/** The signed-in person, for their own eyes; null for a visitor. */
export function readMe(ctx: Context): Me | null {
  const { actor, db } = ctx;
  if (!actor) return null;
  const reader = db.orm;
  const found = reader.select().from(person).where(eq(person.id, actor.personId)).get();
  if (!found) return null;
  return {
    id: found.id,
    name: found.name,
    phone: found.phone,
    userName: found.userName,
    email: found.email,
    isAdmin: found.isAdmin,
    isDemo: found.isDemo,
    salons: salonsOf(reader, found.id),
    secondFactor: {
      on: isOn(reader, found.id),
      required: needsSecondFactor(reader, ctx, found.id),
      usedNow: actor.secondFactor,
      recoveryCodesLeft: recoveryCodesLeft(reader, found.id),
    },
  };
}
