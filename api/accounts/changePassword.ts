import { and, eq, ne } from 'drizzle-orm';
import { deviceSession, entryPass, person } from '../../db/schema/index.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import type { Limits } from '../core/http/limits.ts';
import { write } from '../core/write.ts';
import { hashPassword } from './password.ts';
import { proveSelf } from './proveSelf.ts';
import { requireStrong } from './strength.ts';

/** Ends every other session of the person, and any reset that is under way. */
export async function changePassword(
  ctx: Context,
  limits: Limits,
  input: { readonly current: string; readonly next: string },
): Promise<void> {
  const self = await proveSelf(ctx, limits, input.current);
  requireStrong(input.next, [self.name, self.phone, self.userName, self.email]);
  const passwordHash = await hashPassword(input.next);
  // Tells one password from another without keeping what could be guessed at.
  const next = ctx.secret.digest('replay', input.next);
  await write(ctx, { name: 'password.change', input: next }, (tx) => {
    tx.update(person).set({ passwordHash }).where(eq(person.id, self.id)).run();
    const others = ne(deviceSession.id, ctx.actor?.sessionId ?? '');
    tx.delete(deviceSession)
      .where(and(eq(deviceSession.personId, self.id), others))
      .run();
    tx.delete(entryPass).where(eq(entryPass.personId, self.id)).run();
    record(tx, ctx, { action: 'password.change', subject: self.id });
  });
}
