import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { actionItem, guest, membership } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { canonicalCode, newCode, newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { holdersOf, hosts } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { isPresent } from './attendance.ts';
import type { answerInput, guestAdded, guestInput } from './contract.ts';
import {
  allowInSession,
  chairOf,
  guestOf,
  inNotice,
  invitedAs,
  type Numbered,
  type Place,
  requireState,
} from './find.ts';
import { guestInWords } from './page.ts';

export type Guest = typeof guest.$inferSelect;
type GuestPlace = Place & { readonly guest: string };

export const guestDigest = ({ secret }: Context, code: string): string =>
  secret.digest('guest', canonicalCode(code));

/** 117 bits, as an invitation has. After '#': a fragment is never sent to any server. */
function newLink(ctx: Context): { link: string; digest: string } {
  const code = newCode(6);
  return { link: `${ctx.origin}/salon/visit/#${code}`, digest: guestDigest(ctx, code) };
}

/**
 * Invites a guest to one session: by a link of their own, or under the account that a guest of the
 * salon has. @throws {Refused} sessionState, notFound
 */
export function inviteGuest(
  ctx: Context,
  place: Place,
  input: z.infer<typeof guestInput>,
): Promise<z.infer<typeof guestAdded>> {
  return write(ctx, { name: 'guest.invite', input: [place, input] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'guest.invite', place);
    requireState(found, 'planned', 'open');
    const { unit, name, personId = null } = input;
    if (personId !== null) {
      requireMemberGuest(tx, found, personId);
      const already = invitedAs(tx, found.id, personId);
      if (already) {
        const present = isPresent(tx, found.id, already.id);
        return { guest: guestInWords(already, present), link: null };
      }
    }
    const { link, digest } = personId === null ? newLink(ctx) : { link: null, digest: null };
    const values = { id: newId(), sessionId: found.id, unit, name, personId, digest };
    const added = tx.insert(guest).values(values).returning().get();
    const { salonId } = found;
    record(tx, ctx, { action: 'guest.invite', salonId, subject: added.id });
    const to = personId === null ? [] : [personId];
    notify(tx, ctx, { salonId, kind: 'guest.invited', data: inNotice(found), to });
    return { guest: guestInWords(added, false), link };
  });
}

/** @throws {Refused} notFound, for anybody else than a guest of this salon */
function requireMemberGuest(tx: Tx, { salonId }: Numbered, personId: string): void {
  const found = tx
    .select({ id: membership.id })
    .from(membership)
    .where(
      and(
        eq(membership.salonId, salonId),
        eq(membership.personId, personId),
        eq(membership.role, 'guest'),
        isNull(membership.until),
      ),
    )
    .get();
  if (!found) throw new Refused(CORE.notFound);
}

/** @throws {Refused} notFound */
function requireGuest(tx: Tx, { id: sessionId }: Pick<Numbered, 'id'>, id: string): Guest {
  const found = tx
    .select()
    .from(guest)
    .where(and(eq(guest.id, id), eq(guest.sessionId, sessionId)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

/** Whose invitation still holds. @throws {Refused} notFound */
export function requireInvited(tx: Tx, session: Pick<Numbered, 'id'>, id: string): Guest {
  const found = requireGuest(tx, session, id);
  if (found.removedAt !== null) throw new Refused(CORE.notFound);
  return found;
}

/**
 * Takes an invitation back; its link is dead. Once removed is removed.
 * @throws {Refused} notFound, guestHasRecord
 */
export async function removeGuest(ctx: Context, place: GuestPlace): Promise<void> {
  await write(ctx, { name: 'guest.remove', input: place }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'guest.invite', place);
    const { id, removedAt } = requireGuest(tx, found, place.guest);
    if (removedAt !== null) return;
    const owns = tx
      .select({ id: actionItem.id })
      .from(actionItem)
      .where(eq(actionItem.guestId, id))
      .get();
    if (owns || isPresent(tx, found.id, id)) throw new Refused(SALON.guestHasRecord);
    tx.update(guest).set({ removedAt: ctx.clock(), digest: null }).where(eq(guest.id, id)).run();
    record(tx, ctx, { action: 'guest.remove', salonId: found.salonId, subject: id });
  });
}

/** A new link for a guest without an account; the one before is dead. @throws {Refused} notFound */
export function renewLink(ctx: Context, place: GuestPlace): Promise<{ link: string }> {
  return write(ctx, { name: 'guest.link', input: place }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'guest.invite', place);
    const { id, personId } = requireInvited(tx, found, place.guest);
    if (personId !== null) throw new Refused(SALON.guestHasAccount);
    const { link, digest } = newLink(ctx);
    tx.update(guest).set({ digest }).where(eq(guest.id, id)).run();
    record(tx, ctx, { action: 'guest.link', salonId: found.salonId, subject: id });
    return { link };
  });
}

type Answer = z.infer<typeof answerInput>['answer'];

/** A guest with an account says whether they come. @throws {Refused} sessionState */
export async function answerInvitation(ctx: Context, place: Place, answer: Answer): Promise<void> {
  await write(ctx, { name: 'guest.answer', input: [place, answer] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'guest.answer', place);
    const invited = guestOf(tx, ctx, found.id);
    if (!invited) throw new Refused(CORE.notFound);
    recordAnswer(tx, ctx, found, invited, answer);
  });
}

/** Hosts and chair are told, once for each change of mind. @throws {Refused} sessionState */
export function recordAnswer(
  tx: Tx,
  ctx: Context,
  found: Numbered,
  { id, unit, answer: before }: Guest,
  answer: Answer,
): void {
  requireState(found, 'planned', 'open');
  if (before === answer) return;
  tx.update(guest).set({ answer }).where(eq(guest.id, id)).run();
  const { salonId } = found;
  const accepted = answer === 'accepted';
  record(tx, ctx, { action: 'guest.answer', salonId, subject: id, detail: { accepted } });
  const chair = chairOf(tx, found);
  const to = [...hosts(tx, salonId), ...holdersOf(tx, chair ? [chair.seatId] : [])];
  const data = { ...inNotice(found), unit, accepted };
  notify(tx, ctx, { salonId, kind: 'guest.answered', data, to });
}
