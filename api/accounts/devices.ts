import { and, desc, eq, gt, ne } from 'drizzle-orm';
import { deviceSession } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { Refused } from '../core/refused.ts';
import { write } from '../core/write.ts';
import { ACCOUNTS } from './refusals.ts';

/** Where I am signed in, last used first. */
export function listDevices(ctx: Context) {
  const personId = signedIn(ctx);
  const rows = ctx.db.orm
    .select()
    .from(deviceSession)
    .where(and(eq(deviceSession.personId, personId), gt(deviceSession.expiresAt, ctx.clock())))
    .orderBy(desc(deviceSession.seenAt))
    .all();
  return rows.map(({ id, device, createdAt, seenAt }) => ({
    id,
    device,
    current: id === ctx.actor?.sessionId,
    createdAt: new Date(createdAt).toISOString(),
    seenAt: new Date(seenAt).toISOString(),
  }));
}

/** Signs one of my devices out. @throws {Refused} unknownDevice */
export async function endDevice(ctx: Context, sessionId: string): Promise<void> {
  const personId = signedIn(ctx);
  await write(ctx, { name: 'session.end', input: sessionId }, (tx) => {
    const { changes } = tx
      .delete(deviceSession)
      .where(and(eq(deviceSession.id, sessionId), eq(deviceSession.personId, personId)))
      .run();
    if (changes === 0) throw new Refused(ACCOUNTS.unknownDevice);
    record(tx, ctx, { action: 'session.end', subject: personId });
  });
}

/** Signs all my other devices out. @returns how many */
export async function endOtherDevices(ctx: Context): Promise<number> {
  const personId = signedIn(ctx);
  return write(ctx, { name: 'session.endOthers', input: null }, (tx) => {
    const others = ne(deviceSession.id, ctx.actor?.sessionId ?? '');
    const { changes } = tx
      .delete(deviceSession)
      .where(and(eq(deviceSession.personId, personId), others))
      .run();
    record(tx, ctx, { action: 'session.endOthers', subject: personId, detail: { ended: changes } });
    return changes;
  });
}
