import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { deviceSession, secondFactor } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import type { Limits } from '../core/http/limits.ts';
import { Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { proveSelf } from './proveSelf.ts';
import { needsSecondFactor } from './readMe.ts';
import { ACCOUNTS } from './refusals.ts';
import { isOn, newRecoveryCodes, newSecret, removeSecondFactor, takeCode } from './secondFactor.ts';

/** Makes a secret for an authenticator app; it counts only once a code of it was given. */
export async function beginSecondFactor(ctx: Context, limits: Limits, password: string) {
  const self = await proveSelf(ctx, limits, password);
  const { base32, uri } = await write(ctx, { name: 'secondFactor.begin', input: null }, (tx) => {
    if (isOn(tx, self.id)) throw new Refused(ACCOUNTS.secondFactorOn);
    removeSecondFactor(tx, self.id);
    const made = newSecret(self.name);
    const sealedSecret = ctx.secret.seal('totp', made.base32);
    tx.insert(secondFactor).values({ personId: self.id, sealedSecret }).run();
    return made;
  });
  return { secret: base32, uri };
}

/**
 * Switches it on with the first code; this device counts as having given it.
 * @returns the recovery codes, shown this once
 * @throws {Refused} wrongCode, secondFactorOff, secondFactorOn
 */
export async function confirmSecondFactor(
  ctx: Context,
  limits: Limits,
  code: string,
): Promise<string[]> {
  const personId = signedIn(ctx);
  await limits.check('secondFactorFailure', personId);
  const input = ctx.secret.digest('replay', code);
  const codes = await write(ctx, { name: 'secondFactor.confirm', input }, (tx) => {
    const open = tx
      .select({ confirmedAt: secondFactor.confirmedAt })
      .from(secondFactor)
      .where(eq(secondFactor.personId, personId))
      .get();
    if (!open) throw new Refused(ACCOUNTS.secondFactorOff);
    if (open.confirmedAt !== null) throw new Refused(ACCOUNTS.secondFactorOn);
    if (!takeCode(tx, ctx, personId, code)) return null;
    return switchOn(tx, ctx, personId);
  });
  if (codes) return codes;
  await limits.consume('secondFactorFailure', personId);
  throw new Refused(ACCOUNTS.wrongCode);
}

function switchOn(tx: Tx, ctx: Context, personId: string): string[] {
  tx.update(secondFactor)
    .set({ confirmedAt: ctx.clock() })
    .where(and(eq(secondFactor.personId, personId), isNull(secondFactor.confirmedAt)))
    .run();
  tx.update(deviceSession)
    .set({ secondFactor: true })
    .where(eq(deviceSession.id, ctx.actor?.sessionId ?? ''))
    .run();
  record(tx, ctx, { action: 'secondFactor.on', subject: personId });
  return newRecoveryCodes(tx, ctx, personId);
}

/** Makes new recovery codes; the old ones are void. @throws {Refused} secondFactorOff */
export async function renewRecoveryCodes(
  ctx: Context,
  limits: Limits,
  password: string,
): Promise<string[]> {
  const self = await proveSelf(ctx, limits, password);
  return write(ctx, { name: 'secondFactor.renew', input: null }, (tx) => {
    if (!isOn(tx, self.id)) throw new Refused(ACCOUNTS.secondFactorOff);
    record(tx, ctx, { action: 'secondFactor.renew', subject: self.id });
    return newRecoveryCodes(tx, ctx, self.id);
  });
}

/** @throws {Refused} secondFactorOff; secondFactorRequired for hosts and admins in production */
export async function endSecondFactor(
  ctx: Context,
  limits: Limits,
  password: string,
): Promise<void> {
  const self = await proveSelf(ctx, limits, password);
  await write(ctx, { name: 'secondFactor.off', input: null }, (tx) => {
    if (!isOn(tx, self.id)) throw new Refused(ACCOUNTS.secondFactorOff);
    if (needsSecondFactor(tx, ctx, self.id)) throw new Refused(ACCOUNTS.secondFactorRequired);
    removeSecondFactor(tx, self.id);
    tx.update(deviceSession)
      .set({ secondFactor: false })
      .where(eq(deviceSession.personId, self.id))
      .run();
    record(tx, ctx, { action: 'secondFactor.off', subject: self.id });
  });
}

/** By an admin or host, for someone whose phone is lost. Ends their sessions. */
export function dropSecondFactor(tx: Tx, ctx: Context, personId: string, salonId?: string): void {
  removeSecondFactor(tx, personId);
  tx.delete(deviceSession).where(eq(deviceSession.personId, personId)).run();
  record(tx, ctx, {
    action: 'secondFactor.drop',
    subject: personId,
    ...(salonId && { salonId }),
  });
}
