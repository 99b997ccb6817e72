import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { actionItem, guest, salon, session } from '../../../db/schema/index.ts';
import { allow, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { addressKey, type Limits } from '../../core/http/limits.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { sendAttachment } from '../attachments.ts';
import { SALON } from '../refusals.ts';
import { countSeats, isPresent } from './attendance.ts';
import { countingWrongCodes, signInByCode } from './checkIn.ts';
import type { visitAnswer, visitCheckIn, visitFile, visitPage } from './contract.ts';
import { requireNumbered, type Session } from './find.ts';
import { type Guest, guestDigest, recordAnswer } from './guests.ts';
import { guestInWords, pageOf, type SessionPage } from './page.ts';

/** What the link that a guest without an account was given opens: one session, and no more. */
export interface Visit {
  readonly guest: Guest;
  readonly session: Session;
  readonly salon: Salon;
}

/** Whoever else may be signed in on this device: here they are a guest. */
export const asNobody = (ctx: Context): Context => ({
  ...ctx,
  actor: undefined,
  replayKey: undefined,
});

/** @throws {Refused} guestLinkDead, whatever the reason */
export function findVisit(reader: Reader, ctx: Context, pass: string): Visit {
  allow(reader, ctx, 'guest.visit');
  const found = reader
    .select({ guest, session, salon })
    .from(guest)
    .innerJoin(session, eq(session.id, guest.sessionId))
    .innerJoin(salon, eq(salon.id, session.salonId))
    .where(and(eq(guest.digest, guestDigest(ctx, pass)), isNull(guest.removedAt)))
    .get();
  if (!found || (found.salon.isDemo && ctx.production)) throw new Refused(SALON.guestLinkDead);
  return found;
}

/** A wrong link counts against the address, as a wrong password does. */
export async function openVisit(ctx: Context, limits: Limits, pass: string): Promise<Visit> {
  const address = addressKey(ctx.address);
  await limits.check('addressFailure', address);
  try {
    return findVisit(ctx.db.orm, asNobody(ctx), pass);
  } catch (error) {
    await limits.consume('addressFailure', address);
    throw error;
  }
}

/** Without what is between the members: why someone was signed in, who else was asked by name. */
const forGuest = (page: SessionPage, own: string): SessionPage => ({
  ...page,
  guests: page.guests.map((one) => (one.id === own ? one : { ...one, name: '' })),
  attendance: {
    ...page.attendance,
    seats: page.attendance.seats.map((seat) => ({ ...seat, byHand: false, reason: '' })),
  },
});

const ownActions = (reader: Reader, guestId: string) =>
  reader
    .select({
      id: actionItem.id,
      what: actionItem.what,
      dueOn: actionItem.dueOn,
      state: actionItem.state,
      result: actionItem.result,
    })
    .from(actionItem)
    .where(and(eq(actionItem.guestId, guestId), eq(actionItem.published, true)))
    .orderBy(asc(actionItem.position))
    .all();

/** The session as its guest sees it. @throws {Refused} guestLinkDead, tooMany */
export async function readVisit(
  given: Context,
  limits: Limits,
  pass: string,
): Promise<z.infer<typeof visitPage>> {
  const visit = await openVisit(given, limits, pass);
  const ctx = asNobody(given);
  const reader = ctx.db.orm;
  const { id } = visit.guest;
  const { slug, name, hostUnit } = visit.salon;
  const page = pageOf(reader, ctx, visit.session, {
    standings: new Set(['visitor', 'invited']),
    partyId: id,
  });
  return {
    salon: { slug, name, hostUnit },
    guest: guestInWords(visit.guest, isPresent(reader, visit.session.id, id)),
    session: forGuest(page, id),
    actions: ownActions(reader, id),
  };
}

/** A file of the session, to be saved. @throws {Refused} guestLinkDead, notFound */
export async function readVisitFile(
  given: Context,
  limits: Limits,
  { pass, attachment }: z.infer<typeof visitFile>,
  request: Request,
): Promise<Response> {
  const { session: found } = await openVisit(given, limits, pass);
  return sendAttachment(given, { sessionId: found.id }, attachment, request);
}

/** The guest says whether they come. @throws {Refused} guestLinkDead, sessionState */
export async function answerVisit(
  given: Context,
  limits: Limits,
  { pass, answer }: z.infer<typeof visitAnswer>,
): Promise<void> {
  await openVisit(given, limits, pass);
  const ctx = asNobody(given);
  await write(ctx, { name: 'visit.answer', input: answer }, (tx) => {
    const visit = findVisit(tx, ctx, pass);
    recordAnswer(tx, ctx, requireNumbered(visit.session), visit.guest, answer);
  });
}

/**
 * The guest signs in by the code on the screen. Wrong ones count against the address, which a guest
 * cannot change as easily as a pass.
 * @throws {Refused} guestLinkDead, sessionState, attendanceClosed, wrongCode, tooMany
 */
export async function checkInVisit(
  given: Context,
  limits: Limits,
  { pass, code }: z.infer<typeof visitCheckIn>,
): Promise<{ present: number; due: number }> {
  await openVisit(given, limits, pass);
  const ctx = asNobody(given);
  return countingWrongCodes(limits, 'addressFailure', addressKey(ctx.address), () =>
    write(ctx, { name: 'visit.checkIn', input: code }, (tx) => {
      const { guest: found, ...where } = findVisit(tx, ctx, pass);
      signInByCode(tx, ctx, { ...where, party: { guestId: found.id }, code });
      return countSeats(tx, ctx, where.session);
    }),
  );
}
