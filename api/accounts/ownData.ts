import { and, eq, isNull, ne, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { membership, person } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import type { Limits } from '../core/http/limits.ts';
import { Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { personalData } from './personalData.ts';
import { proveSelf } from './proveSelf.ts';
import { ACCOUNTS } from './refusals.ts';

export type Leave = (tx: Tx, ctx: Context, personId: string) => void;

/** All that is held about me, by table, in Chinese; of one moment. */
export function exportMyData(ctx: Context): Record<string, unknown> {
  const personId = signedIn(ctx);
  return ctx.db.orm.transaction((tx) => ({
    导出时间: new Date(ctx.clock()).toISOString(),
    ...Object.fromEntries(personalData.map(({ title, read }) => [title, read(tx, personId)])),
  }));
}

/**
 * Deletes my account: who I am is gone, what I did stays under 已注销用户. A seat I hold is vacant
 * until the host hands it over.
 * @throws {Refused} wrongPassword, lastAdmin, lastHost
 */
export async function deleteMyAccount(
  ctx: Context,
  limits: Limits,
  leave: Leave,
  password: string,
): Promise<void> {
  const self = await proveSelf(ctx, limits, password);
  await write({ ...ctx, replayKey: undefined }, { name: 'account.erase', input: null }, (tx) => {
    if (self.isAdmin) {
      const another = tx
        .select({ id: person.id })
        .from(person)
        .where(and(eq(person.isAdmin, true), ne(person.id, self.id), isNull(person.deactivatedAt)))
        .get();
      if (!another) throw new Refused(ACCOUNTS.lastAdmin);
    }
    if (isLastHost(tx, self.id)) throw new Refused(ACCOUNTS.lastHost);
    leave(tx, ctx, self.id);
    for (const { erase } of personalData) erase(tx, self.id, ctx.clock());
    record(tx, ctx, { action: 'account.erase', subject: self.id });
  });
}

/** Whether some salon would be left without a host. */
function isLastHost(tx: Tx, personId: string): boolean {
  const hosting = (who: SQL | undefined) =>
    tx
      .select({ salonId: membership.salonId })
      .from(membership)
      .where(and(eq(membership.role, 'host'), isNull(membership.until), who))
      .all()
      .map(({ salonId }) => salonId);
  const others = new Set(hosting(ne(membership.personId, personId)));
  return hosting(eq(membership.personId, personId)).some((salonId) => !others.has(salonId));
}
