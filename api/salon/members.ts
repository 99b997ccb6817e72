import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tx } from '../../db/client.ts';
import { membership, person, seat, tenure } from '../../db/schema/index.ts';
import { allowIn, rolesIn } from '../access/standings.ts';
import type { IssuedPass } from '../accounts/contract.ts';
import { dropSecondFactor } from '../accounts/manageSecondFactor.ts';
import { issuePass } from '../accounts/passes.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { CORE, Refused } from '../core/refused.ts';
import { maskPhone } from '../core/text.ts';
import { write } from '../core/write.ts';
import { leaveForum } from '../forum/leave.ts';
import type { hostInput, MemberRow, memberInput } from './contract.ts';
import { addMembership, findOrAddPerson, type Person } from './people.ts';
import { SALON } from './refusals.ts';

type NewMember = z.infer<typeof memberInput> | (z.infer<typeof hostInput> & { role: 'host' });

/** Everyone of the salon: secretaries in the order of their seats, then the others by role. */
export function listMembers(ctx: Context, slug: string): MemberRow[] {
  const reader = ctx.db.orm;
  const { id: salonId } = allowIn(reader, ctx, 'member.list', slug);
  const seated = reader
    .select({ who: person, community: seat.community })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .innerJoin(person, eq(person.id, tenure.personId))
    .where(and(eq(seat.salonId, salonId), isNull(tenure.until)))
    .orderBy(asc(seat.position))
    .all()
    .map(({ who, community }) => ({ who, community, role: 'secretary' as const, unit: '' }));
  const others = reader
    .select({ who: person, role: membership.role, unit: membership.unit })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(and(eq(membership.salonId, salonId), isNull(membership.until)))
    .orderBy(asc(membership.role), asc(membership.since), asc(membership.id))
    .all()
    .map(({ who, role, unit }) => ({ who, community: null, role, unit }));
  return [...seated, ...others].map(({ who, ...rest }) => ({
    personId: who.id,
    name: who.name,
    phone: maskPhone(who.phone),
    entered: who.passwordHash !== null,
    ...rest,
  }));
}

/** @returns someone of the salon now. @throws {Refused} notFound */
function requireMember(reader: Reader, salonId: string, personId: string): Person {
  const found = reader.select().from(person).where(eq(person.id, personId)).get();
  if (!found || rolesIn(reader, personId, salonId).length === 0) throw new Refused(CORE.notFound);
  return found;
}

/**
 * Adds someone as host, trainer, learner or guest. Secretaries come with a seat: see handOverSeat.
 * The admin may appoint a salon's hosts, and nothing else here.
 * @returns an invitation, for someone who has no password yet
 * @throws {Refused} alreadyMember, loginTaken, noLogin
 */
export function addMember(
  ctx: Context,
  slug: string,
  input: NewMember,
): Promise<{ personId: string; invitation: IssuedPass | null }> {
  return write(ctx, { name: 'member.add', input: [slug, input] }, (tx) => {
    const action = input.role === 'host' ? 'host.appoint' : 'member.manage';
    const { id: salonId } = allowIn(tx, ctx, action, slug);
    const { id: personId, passwordHash } = findOrAddPerson(tx, ctx, input);
    addMembership(tx, ctx, { salonId, personId, role: input.role, unit: input.unit });
    const detail = { role: input.role };
    record(tx, ctx, { action: 'member.add', salonId, subject: personId, detail });
    const invitation =
      passwordHash === null ? issuePass(tx, ctx, { personId, kind: 'invitation', salonId }) : null;
    return { personId, invitation };
  });
}

/** Ends what someone is in the salon, except secretary. @throws {Refused} isSecretary, lastHost */
export async function removeMember(ctx: Context, slug: string, personId: string): Promise<void> {
  await write(ctx, { name: 'member.remove', input: [slug, personId] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'member.manage', slug);
    requireMember(tx, salonId, personId);
    const roles = rolesIn(tx, personId, salonId);
    if (roles.every((role) => role === 'secretary')) throw new Refused(SALON.isSecretary);
    if (roles.includes('host') && countHosts(tx, salonId) === 1) throw new Refused(SALON.lastHost);
    tx.update(membership)
      // A clock that was set back must not make a membership end before it began.
      .set({ until: sql`max(${ctx.clock()}, ${membership.since})` })
      .where(
        and(
          eq(membership.salonId, salonId),
          eq(membership.personId, personId),
          isNull(membership.until),
        ),
      )
      .run();
    leaveForum(tx, salonId, personId);
    record(tx, ctx, { action: 'member.remove', salonId, subject: personId });
  });
}

const countHosts = (tx: Tx, salonId: string): number =>
  tx
    .select({ id: membership.id })
    .from(membership)
    .where(
      and(eq(membership.salonId, salonId), eq(membership.role, 'host'), isNull(membership.until)),
    )
    .all().length;

/** A new invitation; the one before is void. @throws {Refused} enteredAlready */
export function inviteMember(ctx: Context, slug: string, personId: string): Promise<IssuedPass> {
  return write(ctx, { name: 'member.invite', input: [slug, personId] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'member.manage', slug);
    const who = requireMember(tx, salonId, personId);
    if (who.passwordHash !== null) throw new Refused(SALON.enteredAlready);
    const detail = { kind: 'invitation' };
    record(tx, ctx, { action: 'pass.issue', salonId, subject: personId, detail });
    return issuePass(tx, ctx, { personId, kind: 'invitation', salonId });
  });
}

/**
 * Someone the host may help: of this salon, and not a host or admin, whose powers a reset would
 * hand over. @throws {Refused} otherHost
 */
function requireHelped(tx: Tx, salonId: string, personId: string): Person {
  const who = requireMember(tx, salonId, personId);
  if (who.isAdmin || rolesIn(tx, personId, salonId).includes('host')) {
    throw new Refused(SALON.otherHost);
  }
  return who;
}

/** A one-time code for a member who forgot the password. @throws {Refused} notEntered, otherHost */
export function resetMember(ctx: Context, slug: string, personId: string): Promise<IssuedPass> {
  return write(ctx, { name: 'member.reset', input: [slug, personId] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'member.manage', slug);
    const who = requireHelped(tx, salonId, personId);
    if (who.passwordHash === null) throw new Refused(SALON.notEntered);
    const detail = { kind: 'reset' };
    record(tx, ctx, { action: 'pass.issue', salonId, subject: personId, detail });
    return issuePass(tx, ctx, { personId, kind: 'reset', salonId });
  });
}

/** Switches off the second factor of a member whose phone is lost. @throws {Refused} otherHost */
export async function dropMemberSecondFactor(
  ctx: Context,
  slug: string,
  personId: string,
): Promise<void> {
  await write(ctx, { name: 'member.dropSecondFactor', input: [slug, personId] }, (tx) => {
    const { id: salonId } = allowIn(tx, ctx, 'member.manage', slug);
    requireHelped(tx, salonId, personId);
    dropSecondFactor(tx, ctx, personId, salonId);
  });
}
