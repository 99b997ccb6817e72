import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tx } from '../../../db/client.ts';
import { attachment, file } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { FILE_LIMIT } from '../../files/contract.ts';
import { displayName } from '../../files/fileName.ts';
import { FILES } from '../../files/refusals.ts';
import { serveFile } from '../../files/serve.ts';
import type { PutFile } from '../../files/store.ts';
import type { attachmentRow } from './contract.ts';
import { type Allowed, allowInSession, chairOf, type Place, requireState } from './find.ts';
import { attachmentsOf } from './page.ts';
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
    const allowed = allowFiles(tx, ctx, place);
    const id = attachmentNamed(tx, allowed, name, put.hash) ?? attach(tx, ctx, allowed, name, put);
    const row = attachmentsOf(tx, allowed.session.id).find((one) => one.id === id);
    if (!row) throw new Refused(CORE.notFound);
    return row;
  });
}

/** The same file under the same name, sent twice. */
const attachmentNamed = (tx: Tx, { session }: Allowed, name: string, hash: string) =>
  tx
    .select({ id: attachment.id })
    .from(attachment)
    .where(
      and(
        eq(attachment.sessionId, session.id),
        eq(attachment.hash, hash),
        eq(attachment.name, name),
      ),
    )
    .get()?.id;

function attach(
  tx: Tx,
  ctx: Context,
  { salon, session, standings }: Allowed,
  name: string,
  { hash, kind, size }: PutFile,
): string {
  const [id, at] = [newId(), ctx.clock()];
  const unit = standings.has('host') ? salon.hostUnit : (chairOf(tx, session)?.community ?? '');
  tx.insert(file).values({ hash, kind, size, addedAt: at }).onConflictDoNothing().run();
  tx.insert(attachment).values({ id, hash, name, sessionId: session.id, unit, at }).run();
  touchPlan(tx, ctx, session, 'attachments');
  return id;
}

/** @throws {Refused} notFound */
export async function sendAttachment(
  ctx: Context,
  sessionId: string,
  id: string,
  request: Request,
): Promise<Response> {
  const found = ctx.db.orm
    .select({ hash: file.hash, kind: file.kind, name: attachment.name })
    .from(attachment)
    .innerJoin(file, eq(file.hash, attachment.hash))
    .where(and(eq(attachment.id, id), eq(attachment.sessionId, sessionId)))
    .get();
  const stored = found && (await ctx.files.open(found.hash));
  if (!stored) throw new Refused(CORE.notFound);
  return serveFile(request, stored, found);
}

/** A file of a session, to be saved. @throws {Refused} notFound */
export function readAttachment(
  ctx: Context,
  place: FilePlace,
  request: Request,
): Promise<Response> {
  const { session } = allowInSession(ctx.db.orm, ctx, 'session.read', place);
  return sendAttachment(ctx, session.id, place.attachment, request);
}

/** Takes a file from a session; one that is gone already is gone. @throws {Refused} sessionState */
export async function removeAttachment(ctx: Context, place: FilePlace): Promise<void> {
  await write(ctx, { name: 'session.detach', input: place }, (tx) => {
    const { session } = allowFiles(tx, ctx, place);
    const removed = tx
      .delete(attachment)
      .where(and(eq(attachment.id, place.attachment), eq(attachment.sessionId, session.id)))
      .run();
    if (removed.changes > 0) touchPlan(tx, ctx, session, 'attachments');
  });
}
