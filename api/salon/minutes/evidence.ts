import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { attachment, file } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { FILE_LIMIT } from '../../files/contract.ts';
import { displayName } from '../../files/fileName.ts';
import { FILES } from '../../files/refusals.ts';
import type { PutFile, StoredFile } from '../../files/store.ts';
import type { attachmentRow } from '../sessions/contract.ts';
import { type AtAction, allowAction } from './readAction.ts';
import { writerOf } from './workOnAction.ts';

type Row = typeof attachment.$inferSelect;

/**
 * Keeps a file as evidence of the work on an action item. The same file once more is the one that
 * is there.
 * @param given what the file is called where it came from
 * @throws {Refused} as allowAction, or one of FILES; nothing is written then
 */
export async function addEvidence(
  ctx: Context,
  at: AtAction,
  given: string,
  source: ReadableStream<Uint8Array> | null,
): Promise<z.infer<typeof attachmentRow>> {
  // Asked before a file is taken in, and again with the row.
  allowAction(ctx.db.orm, ctx, 'action.work', at);
  if (!source) throw new Refused(FILES.fileEmpty);
  const put = await ctx.files.put(source, { maxSize: FILE_LIMIT });
  const name = displayName(given, put.kind);
  return write(ctx, { name: 'action.evidence', input: [at, name, put.hash] }, (tx) => {
    const found = allowAction(tx, ctx, 'action.work', at);
    const { id, salonId } = found.item;
    const kept = keptBefore(tx, id, put.hash, name);
    const row = kept ?? keep(tx, ctx, put, { id, name, unit: writerOf(tx, found).unit });
    if (!kept) record(tx, ctx, { action: 'action.evidence', salonId, subject: id });
    const { kind, size } = put;
    return { id: row.id, name, kind, size, unit: row.unit, at: new Date(row.at).toISOString() };
  });
}

const keptBefore = (tx: Tx, actionId: string, hash: string, name: string): Row | undefined =>
  tx
    .select()
    .from(attachment)
    .where(
      and(eq(attachment.actionId, actionId), eq(attachment.hash, hash), eq(attachment.name, name)),
    )
    .get();

function keep(
  tx: Tx,
  ctx: Context,
  { hash, kind, size }: PutFile,
  { id: actionId, name, unit }: { id: string; name: string; unit: string },
): Row {
  const at = ctx.clock();
  tx.insert(file).values({ hash, kind, size, addedAt: at }).onConflictDoNothing().run();
  const values = { id: newId(), hash, name, actionId, unit, at };
  return tx.insert(attachment).values(values).returning().get();
}

/** A file of an action item, for its readers. @throws {Refused} as allowAction, notFound */
export async function openEvidence(
  ctx: Context,
  at: AtAction & { readonly attachment: string },
): Promise<{
  stored: StoredFile;
  about: Pick<typeof file.$inferSelect, 'kind'> & { name: string };
}> {
  const reader = ctx.db.orm;
  const { item } = allowAction(reader, ctx, 'action.read', at);
  const found = reader
    .select({ name: attachment.name, hash: attachment.hash, kind: file.kind })
    .from(attachment)
    .innerJoin(file, eq(file.hash, attachment.hash))
    .where(and(eq(attachment.id, at.attachment), eq(attachment.actionId, item.id)))
    .get();
  const stored = found && (await ctx.files.open(found.hash));
  if (!stored) throw new Refused(CORE.notFound);
  return { stored, about: { name: found.name, kind: found.kind } };
}
