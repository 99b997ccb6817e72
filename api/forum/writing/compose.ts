import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { picture, thread } from '../../../db/schema/index.ts';
import { type Salon, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { FORUM } from '../refusals.ts';
import { MENTION_LIMIT, PICTURE_LIMIT } from '../rules.ts';
import { isShown } from './isShown.ts';
import { type Rendered, renderPost, type Size } from './markdown.ts';
import { peopleOf } from './people.ts';

const THREAD = /^\/forum\/threads\/([0-9a-z]{20})\/(?:#\d{1,7})?$/;

/** What a public thread is called; the title of any other is its readers' alone. */
function threadTitle(reader: Reader, path: string): string | undefined {
  const [, id] = THREAD.exec(path) ?? [];
  if (!id) return undefined;
  const shown = and(eq(thread.id, id), eq(thread.isPublic, true), isNull(thread.hiddenAt));
  return reader.select({ title: thread.title }).from(thread).where(shown).get()?.title;
}

/** A picture that the writer may show: their own of this salon, or one that the thread shows already. */
function pictureSize(
  reader: Reader,
  ctx: Context,
  salonId: string,
  threadId: string | undefined,
  id: string,
): Size | undefined {
  const found = reader
    .select()
    .from(picture)
    .where(and(eq(picture.id, id), eq(picture.salonId, salonId)))
    .get();
  if (!found) return undefined;
  const mine = found.ownerId === signedIn(ctx);
  const here = threadId !== undefined && found.threadId === threadId;
  const usable = found.threadId === null ? mine : here && (mine || isShown(reader, threadId, id));
  return usable ? { width: found.width, height: found.height } : undefined;
}

export interface Written extends Rendered {
  /** Pictures that it shows and may not. */
  readonly unknown: readonly string[];
}

/**
 * Renders what the actor writes in a salon.
 * @param threadId absent while there is none
 * @throws {Refused} tooIntricate
 */
export function compose(
  reader: Reader,
  ctx: Context,
  salon: Salon,
  source: string,
  threadId?: string,
): Written {
  const unknown: string[] = [];
  let people: ReturnType<typeof peopleOf> | undefined;
  const rendered = renderPost(source, {
    library: ctx.library,
    people: () => {
      people ??= peopleOf(reader, salon);
      return people;
    },
    origin: ctx.origin,
    titleOf: (path) => threadTitle(reader, path),
    picture: (id) => {
      const size = pictureSize(reader, ctx, salon.id, threadId, id);
      if (!size) unknown.push(id);
      return size;
    },
  });
  return { ...rendered, unknown };
}

/** What draws nothing: white space, and what Unicode says is not to be seen. */
const SEEN = /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u;

/** @throws {Refused} nothingToShow, tooManyMentions, tooManyPictures, pictureUnknown */
export function requireFit({ text, called, pictures, unknown }: Written): void {
  if (pictures.length === 0 && !SEEN.test(text)) throw new Refused(FORUM.nothingToShow);
  if (called.length > MENTION_LIMIT) throw new Refused(FORUM.tooManyMentions);
  if (pictures.length > PICTURE_LIMIT) throw new Refused(FORUM.tooManyPictures);
  if (unknown.length > 0) throw new Refused(FORUM.pictureUnknown);
}

/** From now on these pictures are for whoever may read the thread. */
export function usePictures(tx: Tx, ids: readonly string[], threadId: string): void {
  if (ids.length === 0) return;
  const unused = and(inArray(picture.id, [...ids]), isNull(picture.threadId));
  tx.update(picture).set({ threadId }).where(unused).run();
}
