import { and, eq, isNull, or } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { membership, person, seat, tenure } from '../../db/schema/index.ts';
import { ACCOUNTS } from '../accounts/refusals.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { Refused } from '../core/refused.ts';
import { SALON } from './refusals.ts';

export interface NewPerson {
  readonly name: string;
  readonly phone?: string | undefined;
  readonly userName?: string | undefined;
}

export type Person = typeof person.$inferSelect;

/** Someone with this phone or user name, if there is one. */
export function findByLogin(tx: Tx, { phone, userName }: NewPerson): Person | undefined {
  const phones = phone === undefined ? undefined : eq(person.phone, phone);
  const names = userName === undefined ? undefined : eq(person.userName, userName);
  const either = or(phones, names);
  return either && tx.select().from(person).where(either).get();
}

/**
 * An account without a password; an invitation lets its owner set one.
 * @throws {Refused} noLogin; loginTaken by the constraint
 */
export function addPerson(tx: Tx, ctx: Context, given: NewPerson, isDemo = false): string {
  if (!given.phone && !given.userName) throw new Refused(SALON.noLogin);
  const id = newId();
  const row = {
    id,
    name: given.name,
    phone: given.phone ?? null,
    userName: given.userName ?? null,
  };
  tx.insert(person)
    .values({ ...row, isDemo, createdAt: ctx.clock() })
    .run();
  return id;
}

/**
 * The account with this phone or user name if it bears the same name, else a new one. An account of
 * another name is not shown to be there by its name: the host is asked to check what was typed.
 * @throws {Refused} loginTaken, noLogin
 */
export function findOrAddPerson(tx: Tx, ctx: Context, given: NewPerson): Person {
  const known = findByLogin(tx, given);
  if (known) {
    if (known.name !== given.name || known.deactivatedAt !== null) {
      throw new Refused(ACCOUNTS.loginTaken);
    }
    return known;
  }
  const id = addPerson(tx, ctx, given);
  const added = tx.select().from(person).where(eq(person.id, id)).get();
  if (!added) throw new Error('A person just added is not there');
  return added;
}

/** Whether someone has or had a role or seat in the salon. */
export function belongsTo(tx: Tx, salonId: string, personId: string): boolean {
  const role = tx
    .select({ id: membership.id })
    .from(membership)
    .where(and(eq(membership.salonId, salonId), eq(membership.personId, personId)))
    .get();
  if (role) return true;
  const sat = tx
    .select({ id: tenure.id })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(and(eq(seat.salonId, salonId), eq(tenure.personId, personId)))
    .get();
  return sat !== undefined;
}

/** @throws {Refused} alreadyMember */
export function addMembership(
  tx: Tx,
  ctx: Context,
  given: {
    salonId: string;
    personId: string;
    role: 'host' | 'trainer' | 'learner' | 'guest';
    unit?: string | undefined;
  },
): void {
  const { salonId, personId, role, unit = '' } = given;
  const added = tx
    .insert(membership)
    .values({ id: newId(), salonId, personId, role, unit, since: ctx.clock() })
    .onConflictDoNothing()
    .run();
  if (added.changes === 0) throw new Refused(SALON.alreadyMember);
}

/** The seat someone holds now, anywhere. */
export const seatHeldBy = (tx: Tx, personId: string) =>
  tx
    .select({ seatId: tenure.seatId, salonId: seat.salonId, community: seat.community })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .where(and(eq(tenure.personId, personId), isNull(tenure.until)))
    .get();
