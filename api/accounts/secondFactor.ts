import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { Secret as OtpSecret, TOTP } from 'otpauth';
import type { Reader, Tx } from '../../db/client.ts';
import { recoveryCode, secondFactor } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { canonicalCode, newCode } from '../core/id.ts';

/** RFC 6238 with what every authenticator app assumes: SHA-1, six digits, 30 seconds. */
const STEP_S = 30;
const RECOVERY_CODES = 10;

const totp = (base32: string, label = ''): TOTP =>
  new TOTP({ issuer: '圆桌', label, secret: OtpSecret.fromBase32(base32), period: STEP_S });

export interface NewSecret {
  readonly base32: string;
  readonly uri: string;
}

/** @param label what the authenticator app shows */
export function newSecret(label: string): NewSecret {
  const base32 = new OtpSecret({ size: 20 }).base32;
  return { base32, uri: totp(base32, label).toString() };
}

/** Whether the person has it switched on. */
export function isOn(reader: Reader, personId: string): boolean {
  const row = reader
    .select({ personId: secondFactor.personId })
    .from(secondFactor)
    .where(and(eq(secondFactor.personId, personId), isNotNull(secondFactor.confirmedAt)))
    .get();
  return row !== undefined;
}

/** False once the installation's key was lost and replaced: no code can be checked any more. */
export function isReadable(reader: Reader, ctx: Context, personId: string): boolean {
  const row = reader.select().from(secondFactor).where(eq(secondFactor.personId, personId)).get();
  if (!row) return true;
  try {
    ctx.secret.unseal('totp', row.sealedSecret);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes a six-digit code, of the current step or one beside it, once.
 * @returns whether it was right and not used before
 */
export function takeCode(tx: Tx, ctx: Context, personId: string, typed: string): boolean {
  const token = typed.normalize('NFKC').replace(/\s/g, '');
  const row = tx.select().from(secondFactor).where(eq(secondFactor.personId, personId)).get();
  if (!row || !/^\d{6}$/.test(token)) return false;
  const now = ctx.clock();
  const secret = ctx.secret.unseal('totp', row.sealedSecret);
  const delta = totp(secret).validate({ token, timestamp: now, window: 1 });
  if (delta === null) return false;
  const step = Math.floor(now / 1000 / STEP_S) + delta;
  const taken = tx
    .update(secondFactor)
    .set({ lastStep: step })
    .where(and(eq(secondFactor.personId, personId), lt(secondFactor.lastStep, step)))
    .run();
  return taken.changes === 1;
}

const recoveryDigest = (ctx: Context, personId: string, typed: string): string =>
  ctx.secret.digest('recovery', `${personId} ${canonicalCode(typed)}`);

/** Takes a recovery code, once. */
export function takeRecoveryCode(tx: Tx, ctx: Context, personId: string, typed: string): boolean {
  const taken = tx
    .update(recoveryCode)
    .set({ usedAt: ctx.clock() })
    .where(
      and(
        eq(recoveryCode.personId, personId),
        eq(recoveryCode.digest, recoveryDigest(ctx, personId, typed)),
        isNull(recoveryCode.usedAt),
      ),
    )
    .run();
  return taken.changes === 1;
}

/** Replaces all recovery codes. @returns the new ones, to be shown once */
export function newRecoveryCodes(tx: Tx, ctx: Context, personId: string): string[] {
  tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId)).run();
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(3));
  const rows = codes.map((code) => ({ personId, digest: recoveryDigest(ctx, personId, code) }));
  tx.insert(recoveryCode).values(rows).run();
  return codes;
}

export function recoveryCodesLeft(reader: Reader, personId: string): number {
  return reader
    .select({ digest: recoveryCode.digest })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.personId, personId), isNull(recoveryCode.usedAt)))
    .all().length;
}

/** Forgets secret and codes. */
export function removeSecondFactor(tx: Tx, personId: string): void {
  tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId)).run();
  tx.delete(secondFactor).where(eq(secondFactor.personId, personId)).run();
}
