import type { z } from 'zod';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { FILE_LIMIT } from '../../files/contract.ts';
import { displayName } from '../../files/fileName.ts';
import { FILES } from '../../files/refusals.ts';
import { attach, sendAttachment } from '../attachments.ts';
import type { attachmentRow } from '../sessions/contract.ts';
import { type AtAction, allowAction } from './readAction.ts';
import { writerOf } from './workOnAction.ts';

/**
 * Keeps a file as evidence of the work on an action item.
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
    const { unit } = writerOf(tx, found);
    const { row, isNew } = attach(tx, ctx, { actionId: id }, put, { name, unit });
    if (isNew) record(tx, ctx, { action: 'action.evidence', salonId, subject: id });
    return row;
  });
}

/** A file of an action item, for its readers. @throws {Refused} as allowAction, notFound */
export function readEvidence(
  ctx: Context,
  { attachment, ...at }: AtAction & { readonly attachment: string },
  request: Request,
): Promise<Response> {
  const { item } = allowAction(ctx.db.orm, ctx, 'action.read', at);
  return sendAttachment(ctx, { actionId: item.id }, attachment, request);
}
