import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tx } from '../../../db/client.ts';
import { seat } from '../../../db/schema/index.ts';
import { type Salon, signedIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import type { Limits, Policy } from '../../core/http/limits.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { sameText } from '../../core/secret.ts';
import { write } from '../../core/write.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { countSeats, isPresent, type Party, signIn } from './attendance.ts';
import type { checkInCode, handInput } from './contract.ts';
import { allowInSession, chairOf, guestOf, type Place, type Session, seatOf } from './find.ts';
import { requireInvited } from './guests.ts';
import { iso } from './row.ts';
import { acceptedWindows, maySignByHand, sixDigits, windowAt, windowEnds } from './rules.ts';

const secondsOf = (salon: Salon): number => settingsOf(decidedSettings(salon)).checkInSeconds;

const codeAt = ({ secret }: Context, session: Session, window: number): string =>
  sixDigits(secret.digest('checkIn', `${session.id} ${window}`));

/** @throws {Refused} attendanceClosed after its end, sessionState before its beginning */
function requireOpen({ state }: Session): void {
  if (state === 'closed') throw new Refused(SALON.attendanceClosed);
  if (state !== 'open') {
    throw new Refused(SALON.sessionState, { detail: '签到还没有开始，请等轮值主席开始会议。' });
  }
}

/** The code that the screen shows now. @throws {Refused} sessionState, attendanceClosed */
export function readCode(ctx: Context, place: Place): z.infer<typeof checkInCode> {
  const { salon, session } = allowInSession(ctx.db.orm, ctx, 'session.run', place);
  requireOpen(session);
  const seconds = secondsOf(salon);
  const window = windowAt(ctx.clock(), seconds);
  const changesAt = iso(windowEnds(window, seconds));
  return { code: codeAt(ctx, session, window), changesAt, seconds };
}

/** @throws {Refused} wrongCode */
function requireCode(ctx: Context, salon: Salon, session: Session, typed: string): void {
  const windows = acceptedWindows(ctx.clock(), secondsOf(salon));
  const right = windows.some((window) => sameText(codeAt(ctx, session, window), typed));
  if (!right) throw new Refused(SALON.wrongCode);
}

/** Counts wrong codes, and only those. @throws {Refused} tooMany, besides what `work` throws */
export async function countingWrongCodes<T>(
  limits: Limits,
  policy: Policy,
  key: string,
  work: () => Promise<T>,
): Promise<T> {
  await limits.check(policy, key);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.refusal === SALON.wrongCode) {
      await limits.consume(policy, key);
    }
    throw error;
  }
}

/** The seat or the guest that somebody signed in is. @throws {Refused} notASeat */
function partyOf(reader: Reader, ctx: Context, session: Session): Party {
  const held = seatOf(reader, ctx, session.salonId);
  if (held) return { seatId: held.id };
  const invited = guestOf(reader, ctx, session.id);
  if (!invited) throw new Refused(SALON.notASeat);
  return { guestId: invited.id };
}

/**
 * 签到 by the code on the screen: for the seat that one holds, else as a guest. Twice is once.
 * @throws {Refused} sessionState, attendanceClosed, wrongCode, tooMany
 */
export async function checkIn(
  ctx: Context,
  limits: Limits,
  place: Place,
  code: string,
): Promise<{ present: number; due: number }> {
  return countingWrongCodes(limits, 'checkInFailure', signedIn(ctx), () =>
    write(ctx, { name: 'session.checkIn', input: [place, code] }, (tx) => {
      const { salon, session } = allowInSession(tx, ctx, 'session.checkIn', place);
      signInByCode(tx, ctx, { salon, session, party: partyOf(tx, ctx, session), code });
      return countSeats(tx, ctx, session);
    }),
  );
}

interface CodeGiven {
  readonly salon: Salon;
  readonly session: Session;
  readonly party: Party;
  readonly code: string;
}

/** Whoever is signed in already needs no code. @throws {Refused} as `checkIn` */
export function signInByCode(
  tx: Tx,
  ctx: Context,
  { salon, session, party, code }: CodeGiven,
): void {
  requireOpen(session);
  const subject = 'seatId' in party ? party.seatId : party.guestId;
  if (isPresent(tx, session.id, subject)) return;
  requireCode(ctx, salon, session, code);
  signIn(tx, ctx, session, party);
  const detail = { number: session.number };
  record(tx, ctx, { action: 'session.checkIn', salonId: session.salonId, subject, detail });
}

/**
 * 代签, with a reason, for someone whose phone does not do it.
 * @throws {Refused} sessionState, attendanceClosed, handByChair, notFound
 */
export function signInByHand(
  ctx: Context,
  place: Place,
  { seat: seatId, guest: guestId, reason }: z.infer<typeof handInput>,
): Promise<{ present: number; due: number }> {
  const input = [place, seatId ?? null, guestId ?? null, reason];
  return write(ctx, { name: 'session.handSignIn', input }, (tx) => {
    const { session, standings } = allowInSession(tx, ctx, 'session.run', place);
    requireOpen(session);
    const chair = chairOf(tx, session);
    const chairPresent = chair !== undefined && isPresent(tx, session.id, chair.seatId);
    const [isChair, isHost] = [standings.has('chair'), standings.has('host')];
    if (!maySignByHand({ isChair, isHost, chairPresent })) throw new Refused(SALON.handByChair);
    const party =
      seatId === undefined
        ? { guestId: requireInvited(tx, session, guestId ?? '').id }
        : requireActiveSeat(tx, session, seatId);
    if (signIn(tx, ctx, session, party, reason)) {
      const { salonId, number } = session;
      const subject = seatId ?? guestId ?? '';
      record(tx, ctx, { action: 'session.handSignIn', salonId, subject, detail: { number } });
    }
    return countSeats(tx, ctx, session);
  });
}

/** @throws {Refused} notFound */
function requireActiveSeat(tx: Tx, { salonId }: Session, id: string): Party {
  const found = tx
    .select({ id: seat.id })
    .from(seat)
    .where(and(eq(seat.id, id), eq(seat.salonId, salonId), isNull(seat.retiredOn)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  return { seatId: id };
}
