import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { file, picture } from '../../../db/schema/index.ts';
import { allowIn, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { matchesEtag } from '../../core/representation.ts';
import { write } from '../../core/write.ts';
import { KINDS } from '../../files/contract.ts';
import { FILES } from '../../files/refusals.ts';
import type { pictureRef } from '../contract.ts';
import { allowToRead } from '../find.ts';
import { FORUM } from '../refusals.ts';
import { isShown } from './isShown.ts';
import { PICTURE_SIZE, reencode } from './reencode.ts';

/** @throws {Refused} pictureTooLarge, fileEmpty, fileBroken */
async function received(source: ReadableStream<Uint8Array> | null): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of source ?? []) {
      size += part.length;
      if (size > PICTURE_SIZE) throw new Refused(FORUM.pictureTooLarge);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(FILES.fileBroken);
  }
  if (size === 0) throw new Refused(FILES.fileEmpty);
  return Buffer.concat(parts);
}

async function* whole(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Keeps a picture for a post to come; until it is in one only its owner sees it.
 * @throws {Refused} pictureTooLarge, pictureWrongKind, pictureUnreadable
 */
export async function addPicture(
  ctx: Context,
  slug: string,
  source: ReadableStream<Uint8Array> | null,
): Promise<z.infer<typeof pictureRef>> {
  allowIn(ctx.db.orm, ctx, 'post.compose', slug);
  const { bytes, width, height } = await reencode(await received(source));
  const { hash, size, kind } = await ctx.files.put(whole(bytes), { maxSize: bytes.length });
  return write(ctx, { name: 'picture.add', input: [slug, hash] }, (tx) => {
    const salon = allowIn(tx, ctx, 'post.compose', slug);
    const at = ctx.clock();
    tx.insert(file).values({ hash, kind, size, addedAt: at }).onConflictDoNothing().run();
    const row = { id: newId(), salonId: salon.id, ownerId: signedIn(ctx), hash, width, height, at };
    tx.insert(picture).values(row).run();
    return { id: row.id, width, height };
  });
}

function requirePicture(reader: Reader, ctx: Context, id: string) {
  const found = reader
    .select({ picture, kind: file.kind })
    .from(picture)
    .innerJoin(file, eq(file.hash, picture.hash))
    .where(eq(picture.id, id))
    .get();
  if (!found) throw new Refused(CORE.notFound);
  const { threadId, ownerId } = found.picture;
  if (threadId !== null) {
    const { standings } = allowToRead(reader, ctx, threadId);
    if (standings.has('host') || isShown(reader, threadId, id)) return found;
  } else if (ownerId === signedIn(ctx)) return found;
  throw new Refused(CORE.notFound);
}

/** A picture, for whoever may read where it stands. @throws {Refused} notFound, or as `allowToRead` */
export async function readPicture(ctx: Context, id: string, asked: Headers): Promise<Response> {
  const { picture: row, kind } = requirePicture(ctx.db.orm, ctx, id);
  const etag = `"${row.hash}"`;
  const headers = new Headers({
    etag,
    // What it shows never changes; whether one may see it does, so nobody else keeps it.
    'cache-control': 'private, max-age=86400, immutable',
    'content-type': KINDS[kind],
    'content-disposition': `inline; filename="picture.${kind}"`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  if (matchesEtag(asked.get('if-none-match') ?? undefined, etag)) {
    return new Response(null, { status: 304, headers });
  }
  const stored = await ctx.files.open(row.hash);
  if (!stored) throw new Refused(CORE.notFound);
  headers.set('content-length', String(stored.size));
  return new Response(await stored.body(), { headers });
}
