import { and, desc, eq, isNull, lt, or } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { deviceSession, entryPass, person } from '../../db/schema/index.ts';
import { allow } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { cutPage, readCursor } from '../core/page.ts';
import { CORE, Refused } from '../core/refused.ts';
import { maskPhone } from '../core/text.ts';
import { write } from '../core/write.ts';
import type { IssuedPass } from './contract.ts';
import { dropSecondFactor } from './manageSecondFactor.ts';
import { issuePass } from './passes.ts';

/** All accounts, newest first; for the admin. */
export function listAccounts(ctx: Context, query: { limit: number; cursor?: string | undefined }) {
  const reader = ctx.db.orm;
  allow(reader, ctx, 'account.list');
  const from = readCursor(query.cursor);
  const older = from
    ? or(
        lt(person.createdAt, from.after),
        and(eq(person.createdAt, from.after), lt(person.id, from.id)),
      )
    : undefined;
  const found = reader
    .select()
    .from(person)
    .where(and(isNull(person.erasedAt), older))
    .orderBy(desc(person.createdAt), desc(person.id))
    .limit(query.limit + 1)
    .all();
  const { rows, next } = cutPage(found, query.limit, (row) => ({
    after: row.createdAt,
    id: row.id,
  }));
  const accounts = rows.map((row) => ({
    id: row.id,
    name: row.name,
    phone: maskPhone(row.phone),
    userName: row.userName,
    isAdmin: row.isAdmin,
    active: row.deactivatedAt === null,
    entered: row.passwordHash !== null,
  }));
  return { accounts, next };
}

/** @throws {Refused} notFound, for an account that is not there or erased */
function requireAccount(tx: Tx, personId: string): void {
  const found = tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.erasedAt)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
}

/** Closes an account, or opens it again. Closing ends its sessions and passes. */
export async function setAccountActive(
  ctx: Context,
  personId: string,
  active: boolean,
): Promise<void> {
  await write(ctx, { name: 'account.setActive', input: [personId, active] }, (tx) => {
    allow(tx, ctx, 'account.manage');
    requireAccount(tx, personId);
    if (!active && personId === ctx.actor?.personId) throw new Refused(CORE.forbidden);
    const deactivatedAt = active ? null : ctx.clock();
    tx.update(person).set({ deactivatedAt }).where(eq(person.id, personId)).run();
    if (!active) {
      tx.delete(deviceSession).where(eq(deviceSession.personId, personId)).run();
      tx.delete(entryPass).where(eq(entryPass.personId, personId)).run();
    }
    record(tx, ctx, { action: active ? 'account.open' : 'account.close', subject: personId });
  });
}

/** A one-time code for someone who forgot the password. */
export function issueAccountReset(ctx: Context, personId: string): Promise<IssuedPass> {
  return write(ctx, { name: 'account.reset', input: personId }, (tx) => {
    allow(tx, ctx, 'account.manage');
    requireAccount(tx, personId);
    record(tx, ctx, { action: 'pass.issue', subject: personId, detail: { kind: 'reset' } });
    return issuePass(tx, ctx, { personId, kind: 'reset' });
  });
}

/** Switches the second factor off for someone whose phone and recovery codes are lost. */
export async function dropAccountSecondFactor(ctx: Context, personId: string): Promise<void> {
  await write(ctx, { name: 'account.dropSecondFactor', input: personId }, (tx) => {
    allow(tx, ctx, 'account.manage');
    requireAccount(tx, personId);
    dropSecondFactor(tx, ctx, personId);
  });
}
