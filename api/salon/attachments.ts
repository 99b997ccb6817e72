import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/client.ts';
import { attachment, file } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { CORE, Refused } from '../core/refused.ts';
import { serveFile } from '../files/serve.ts';
import type { PutFile } from '../files/store.ts';

/** What files are put to: a session, or an action item as its evidence. */
export type Holder = { readonly sessionId: string } | { readonly actionId: string };

const heldBy = (holder: Holder): SQL =>
  'sessionId' in holder
    ? eq(attachment.sessionId, holder.sessionId)
    : eq(attachment.actionId, holder.actionId);

/** The files of a session or an action item, the oldest first. */
export const attachmentsOf = (reader: Reader, holder: Holder) =>
  reader
    .select({
      id: attachment.id,
      name: attachment.name,
      kind: file.kind,
      size: file.size,
      unit: attachment.unit,
      at: attachment.at,
    })
    .from(attachment)
    .innerJoin(file, eq(file.hash, attachment.hash))
    .where(heldBy(holder))
    .orderBy(asc(attachment.at), asc(attachment.id))
    .all()
    .map((row) => ({ ...row, at: new Date(row.at).toISOString() }));

/**
 * Names a file that the store has kept. The same one under the same name is there once.
 * @returns it, and whether it is new
 */
export function attach(
  tx: Tx,
  ctx: Context,
  holder: Holder,
  { hash, kind, size }: PutFile,
  { name, unit }: { readonly name: string; readonly unit: string },
) {
  const before = tx
    .select()
    .from(attachment)
    .where(and(heldBy(holder), eq(attachment.hash, hash), eq(attachment.name, name)))
    .get();
  const at = ctx.clock();
  const insert = () => {
    tx.insert(file).values({ hash, kind, size, addedAt: at }).onConflictDoNothing().run();
    const values = { id: newId(), hash, name, ...holder, unit, at };
    return tx.insert(attachment).values(values).returning().get();
  };
  const kept = before ?? insert();
  const row = { id: kept.id, name, kind, size, unit: kept.unit };
  return { row: { ...row, at: new Date(kept.at).toISOString() }, isNew: !before };
}

/** Takes a file away. @returns whether it was there */
export const detach = (tx: Tx, holder: Holder, id: string): boolean =>
  tx
    .delete(attachment)
    .where(and(eq(attachment.id, id), heldBy(holder)))
    .run().changes > 0;

/** Hands a file over, to be saved. @throws {Refused} notFound */
export async function sendAttachment(
  ctx: Context,
  holder: Holder,
  id: string,
  request: Request,
): Promise<Response> {
  const found = ctx.db.orm
    .select({ hash: file.hash, kind: file.kind, name: attachment.name })
    .from(attachment)
    .innerJoin(file, eq(file.hash, attachment.hash))
    .where(and(eq(attachment.id, id), heldBy(holder)))
    .get();
  const stored = found && (await ctx.files.open(found.hash));
  if (!stored) throw new Refused(CORE.notFound);
  return serveFile(request, stored, found);
}
