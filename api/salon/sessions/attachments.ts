import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { FILE_LIMIT } from '../../files/contract.ts';
import { displayName } from '../../files/fileName.ts';
import { FILES } from '../../files/refusals.ts';
import { attach, detach, sendAttachment } from '../attachments.ts';
import type { attachmentRow } from './contract.ts';
import { type Allowed, allowInSession, chairOf, type Place, requireState } from './find.ts';
import { touchPlan } from './prepare.ts';

type Row = z.infer<typeof attachmentRow>;
type FilePlace = Place & { readonly attachment: string };

/** A session that takes files from the actor now. @throws {Refused} sessionState */
function allowFiles(reader: Reader, ctx: Context, place: Place): Allowed {
  const allowed = allowInSession(reader, ctx, 'session.prepare', place);
  requireState(allowed.session, 'planned', 'open');
  return allowed;
}

/**
 * Puts a file to a session. Its content is kept first and named in the database after: what is kept
 * and not named is removed by the sweep.
 * @throws {Refused} sessionState, or one of FILES
 */
export async function attachFile(
  ctx: Context,
  place: Place,
  given: string,
  source: ReadableStream<Uint8Array> | null,
): Promise<Row> {
  allowFiles(ctx.db.orm, ctx, place);
  if (!source) throw new Refused(FILES.fileEmpty);
  const put = await ctx.files.put(source, { maxSize: FILE_LIMIT });
  const name = displayName(given, put.kind);
  return write(ctx, { name: 'session.attach', input: [place, name, put.hash] }, (tx) => {
    const { salon, session, standings } = allowFiles(tx, ctx, place);
    const unit = standings.has('host') ? salon.hostUnit : (chairOf(tx, session)?.community ?? '');
    const { row, isNew } = attach(tx, ctx, { sessionId: session.id }, put, { name, unit });
    if (isNew) touchPlan(tx, ctx, session, 'attachments');
    return row;
  });
}

/** A file of a session, to be saved. @throws {Refused} notFound */
export function readAttachment(
  ctx: Context,
  place: FilePlace,
  request: Request,
): Promise<Response> {
  const { session } = allowInSession(ctx.db.orm, ctx, 'session.read', place);
  return sendAttachment(ctx, { sessionId: session.id }, place.attachment, request);
}

/** Takes a file from a session; one that is gone already is gone. @throws {Refused} sessionState */
export async function removeAttachment(ctx: Context, place: FilePlace): Promise<void> {
  await write(ctx, { name: 'session.detach', input: place }, (tx) => {
    const { session } = allowFiles(tx, ctx, place);
    const removed = detach(tx, { sessionId: session.id }, place.attachment);
    if (removed) touchPlan(tx, ctx, session, 'attachments');
  });
}
