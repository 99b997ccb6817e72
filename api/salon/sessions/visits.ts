import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { guest, salon, session } from '../../../db/schema/index.ts';
import { allow, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { addressKey, type Limits } from '../../core/http/limits.ts';
import { canonicalCode } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';
import type { Session } from './find.ts';

/** What the link that a guest without an account was given opens: one session, and no more. */
export interface Visit {
  readonly guest: typeof guest.$inferSelect;
  readonly session: Session;
  readonly salon: Salon;
}

export const guestDigest = ({ secret }: Pick<Context, 'secret'>, code: string): string =>
  secret.digest('guest', canonicalCode(code));

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
