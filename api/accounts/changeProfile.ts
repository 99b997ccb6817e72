import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { noticeTiming, person } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import type { Limits } from '../core/http/limits.ts';
import { Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import type { profileInput } from './contract.ts';
import { proveSelf } from './proveSelf.ts';
import { ACCOUNTS } from './refusals.ts';

/**
 * Changes what is given and leaves the rest. What one signs in with needs the password.
 * @throws {Refused} wrongPassword, needsLogin; loginTaken by the constraint
 */
export async function changeProfile(
  ctx: Context,
  limits: Limits,
  { password, ...change }: z.infer<typeof profileInput>,
): Promise<void> {
  const personId = signedIn(ctx);
  const fields = (['name', 'phone', 'userName', 'email'] as const).filter(
    (field) => change[field] !== undefined,
  );
  if (fields.some((field) => field !== 'name')) await proveSelf(ctx, limits, password ?? '');
  if (fields.length === 0) return;
  const set = Object.fromEntries(fields.map((field) => [field, change[field]]));
  await write(ctx, { name: 'profile.change', input: change }, (tx) => {
    tx.update(person).set(set).where(eq(person.id, personId)).run();
    const now = tx.select().from(person).where(eq(person.id, personId)).get();
    if (!now?.phone && !now?.userName) throw new Refused(ACCOUNTS.needsLogin);
    // A new address has refused nothing yet.
    if (change.email !== undefined)
      tx.update(noticeTiming)
        .set({ refusedAt: null })
        .where(eq(noticeTiming.personId, personId))
        .run();
    const detail = { fields: fields.join(' ') };
    record(tx, ctx, { action: 'profile.change', subject: personId, detail });
  });
}
