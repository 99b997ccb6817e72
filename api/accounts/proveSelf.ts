import { eq } from 'drizzle-orm';
import { person } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { addressKey, type Limits } from '../core/http/limits.ts';
import { CORE, Refused } from '../core/refused.ts';
import { verifyPassword } from './password.ts';
import { ACCOUNTS } from './refusals.ts';

export type Person = typeof person.$inferSelect;

/**
 * The signed-in person, after they gave their password once more: a phone left on a table must not
 * be enough for what cannot be undone.
 * @throws {Refused} signIn, wrongPassword, tooMany
 */
export async function proveSelf(ctx: Context, limits: Limits, password: string): Promise<Person> {
  const personId = signedIn(ctx);
  const address = addressKey(ctx.address);
  await limits.check('addressFailure', address);
  await limits.check('secondFactorFailure', personId);
  const found = ctx.db.orm.select().from(person).where(eq(person.id, personId)).get();
  if (!found) throw new Refused(CORE.signIn);
  if (!(await verifyPassword(password, found.passwordHash))) {
    await limits.consume('addressFailure', address);
    await limits.consume('secondFactorFailure', personId);
    throw new Refused(ACCOUNTS.wrongPassword);
  }
  return found;
}
