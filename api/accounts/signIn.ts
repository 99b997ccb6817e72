import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { person, signInFailure } from '../../db/schema/index.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { addressKey, type Limits } from '../core/http/limits.ts';
import { type Refusal, Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { verifyPassword } from './password.ts';
import { ACCOUNTS } from './refusals.ts';
import { canonicalLogin, FAILURE_MEMORY_MS, lockMs } from './rules.ts';
import { isOn, isReadable, takeCode, takeRecoveryCode } from './secondFactor.ts';

export interface SignInInput {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
}

export interface SignedIn {
  readonly personId: string;
  readonly secondFactor: boolean;
}

/**
 * Checks who someone is. Answers and takes the same time for names that exist and names that do
 * not. Each try counts as a failure before the password is looked at, so that many at once are not
 * one; success takes it back.
 * @throws {Refused} wrongLogin, locked, secondFactorAsked, secondFactorLost, wrongCode, tooMany
 */
export async function signIn(
  given: Context,
  limits: Limits,
  input: SignInInput,
): Promise<SignedIn> {
  // Whoever was signed in on this device before has no part in it.
  const ctx: Context = { ...given, actor: undefined, replayKey: undefined };
  const address = addressKey(ctx.address);
  await limits.check('addressFailure', address);
  const fail = async (refusal: Refusal): Promise<never> => {
    await limits.consume('addressFailure', address);
    throw new Refused(refusal);
  };
  const login = canonicalLogin(input.login);
  const digest = ctx.secret.digest('login', login);
  await countTry(ctx, digest);
  const found = ctx.db.orm
    .select()
    .from(person)
    .where(and(or(eq(person.phone, login), eq(person.userName, login)), isNull(person.erasedAt)))
    .get();
  const right = await verifyPassword(input.password, found?.passwordHash);
  if (!right || !found || found.deactivatedAt !== null || (found.isDemo && ctx.production)) {
    return fail(ACCOUNTS.wrongLogin);
  }
  const { code } = input;
  const guarded = isOn(ctx.db.orm, found.id);
  if (guarded && !isReadable(ctx.db.orm, ctx, found.id)) {
    await forgive(ctx, digest);
    throw new Refused(ACCOUNTS.secondFactorLost);
  }
  if (guarded && !code) {
    await forgive(ctx, digest);
    throw new Refused(ACCOUNTS.secondFactorAsked);
  }
  const inside = await write(ctx, { name: 'session.enter', input: null }, (tx) => {
    const ok = !guarded || takeEither(tx, ctx, found.id, code ?? '');
    if (!ok) return false;
    tx.delete(signInFailure).where(eq(signInFailure.loginDigest, digest)).run();
    const detail = { secondFactor: guarded };
    record(tx, ctx, { action: 'session.enter', subject: found.id, detail });
    return true;
  });
  if (!inside) return fail(ACCOUNTS.wrongCode);
  return { personId: found.id, secondFactor: guarded };
}

const takeEither = (tx: Tx, ctx: Context, personId: string, code: string): boolean =>
  takeCode(tx, ctx, personId, code) || takeRecoveryCode(tx, ctx, personId, code);

/** @throws {Refused} locked, with the seconds left */
async function countTry(ctx: Context, loginDigest: string): Promise<void> {
  const now = ctx.clock();
  const waitMs = await write(ctx, { name: 'session.try', input: null }, (tx) => {
    tx.delete(signInFailure)
      .where(
        and(lt(signInFailure.lastAt, now - FAILURE_MEMORY_MS), lt(signInFailure.lockedUntil, now)),
      )
      .run();
    const before = tx
      .select()
      .from(signInFailure)
      .where(eq(signInFailure.loginDigest, loginDigest))
      .get();
    // A clock that was set back must not lock for longer than the longest lock.
    const left = Math.min((before?.lockedUntil ?? 0) - now, lockMs(Number.MAX_SAFE_INTEGER));
    if (before && left > 0) return left;
    const failures = (before?.failures ?? 0) + 1;
    const row = { failures, lastAt: now, lockedUntil: now + lockMs(failures) };
    tx.insert(signInFailure)
      .values({ loginDigest, ...row })
      .onConflictDoUpdate({ target: signInFailure.loginDigest, set: row })
      .run();
    return 0;
  });
  if (waitMs > 0) throw new Refused(ACCOUNTS.locked, { retryAfter: waitMs / 1000 });
}

/** The password was right and only the code is asked for: this try was no failure. */
async function forgive(ctx: Context, loginDigest: string): Promise<void> {
  await write(ctx, { name: 'session.forgive', input: null }, (tx) => {
    const row = tx
      .select()
      .from(signInFailure)
      .where(eq(signInFailure.loginDigest, loginDigest))
      .get();
    if (!row) return;
    const failures = row.failures - 1;
    if (failures === 0) {
      tx.delete(signInFailure).where(eq(signInFailure.loginDigest, loginDigest)).run();
    } else {
      tx.update(signInFailure)
        .set({ failures, lockedUntil: 0 })
        .where(eq(signInFailure.loginDigest, loginDigest))
        .run();
    }
  });
}
