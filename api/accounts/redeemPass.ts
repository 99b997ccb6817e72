import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { deviceSession, entryPass, person, salon } from '../../db/schema/index.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { addressKey, type Limits } from '../core/http/limits.ts';
import { Refused } from '../core/refused.ts';
import { maskPhone } from '../core/text.ts';
import { write } from '../core/write.ts';
import type { redeemInput } from './contract.ts';
import { dropSecondFactor } from './manageSecondFactor.ts';
import { type OpenPass, openPass } from './passes.ts';
import { hashPassword } from './password.ts';
import { ACCOUNTS } from './refusals.ts';
import { isOn } from './secondFactor.ts';
import { requireStrong } from './strength.ts';

/** A wrong pass counts against the address, as a wrong password does. */
async function guarded(ctx: Context, limits: Limits, pass: string): Promise<OpenPass> {
  const address = addressKey(ctx.address);
  await limits.check('addressFailure', address);
  try {
    return openPass(ctx.db.orm, ctx, pass);
  } catch (error) {
    await limits.consume('addressFailure', address);
    throw error;
  }
}

/** Whom a pass is for and what it does, before it is used. @throws {Refused} passInvalid */
export async function inspectPass(ctx: Context, limits: Limits, typed: string) {
  const { pass, person: found } = await guarded(ctx, limits, typed);
  const place =
    pass.salonId === null
      ? undefined
      : ctx.db.orm.select({ name: salon.name }).from(salon).where(eq(salon.id, pass.salonId)).get();
  return {
    kind: pass.kind,
    name: found.name,
    salon: place?.name ?? null,
    phone: maskPhone(found.phone),
    userName: found.userName,
    expiresAt: new Date(pass.expiresAt).toISOString(),
  };
}

/**
 * Sets a password by an invitation, a reset code or the first admin's link. Ends every session of
 * the person: whoever had the old password is out.
 * @returns whose it was, and whether signing in still asks for the second factor
 * @throws {Refused} passInvalid, weakPassword, needsLogin; loginTaken by the constraint
 */
export async function redeemPass(
  given: Context,
  limits: Limits,
  input: z.infer<typeof redeemInput>,
): Promise<{ personId: string; secondFactorNext: boolean }> {
  const ctx: Context = { ...given, actor: undefined, replayKey: undefined };
  const { person: found } = await guarded(ctx, limits, input.pass);
  const userName = input.userName ?? found.userName;
  if (found.phone === null && userName === null) throw new Refused(ACCOUNTS.needsLogin);
  requireStrong(input.password, [found.name, found.phone, userName]);
  const passwordHash = await hashPassword(input.password);
  return write(ctx, { name: 'pass.redeem', input: null }, (tx) => {
    // Looked up again: while the password was hashed, another device may have used it.
    const { pass } = openPass(tx, ctx, input.pass);
    tx.update(entryPass).set({ usedAt: ctx.clock() }).where(eq(entryPass.id, pass.id)).run();
    tx.update(person).set({ passwordHash, userName }).where(eq(person.id, found.id)).run();
    tx.delete(deviceSession).where(eq(deviceSession.personId, found.id)).run();
    // The admin's link comes from whoever runs the machine: their way in when the phone or the
    // installation's key is lost, and there is nobody above to ask.
    if (pass.kind === 'setup' && isOn(tx, found.id)) dropSecondFactor(tx, ctx, found.id);
    const detail = { kind: pass.kind };
    record(tx, ctx, { action: 'pass.redeem', subject: found.id, detail });
    return { personId: found.id, secondFactorNext: isOn(tx, found.id) };
  });
}
