import { and, asc, count, eq, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { postDraft } from '../../../db/schema/index.ts';
import { allowIn, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { write } from '../../core/write.ts';
import type { draft, draftInput } from '../contract.ts';

/** Of one person in one salon; beyond, the oldest goes. */
export const DRAFTS_MOST = 50;

const ownIn = (ctx: Context, salonId: string): SQL | undefined =>
  and(eq(postDraft.personId, signedIn(ctx)), eq(postDraft.salonId, salonId));

/** Without permission asked: of those who send what they drafted. */
export function dropDraft(tx: Tx, ctx: Context, salonId: string, place: string): void {
  tx.delete(postDraft)
    .where(and(ownIn(ctx, salonId), eq(postDraft.place, place)))
    .run();
}

/** What was typed there and not sent; nothing where there is none. */
export function readDraft(ctx: Context, slug: string, place: string): z.infer<typeof draft> {
  const { id } = allowIn(ctx.db.orm, ctx, 'post.compose', slug);
  const found = ctx.db.orm
    .select()
    .from(postDraft)
    .where(and(ownIn(ctx, id), eq(postDraft.place, place)))
    .get();
  return found
    ? { title: found.title, source: found.source, at: new Date(found.at).toISOString() }
    : { title: '', source: '', at: null };
}

function makeRoom(tx: Tx, ctx: Context, salonId: string): void {
  const mine = ownIn(ctx, salonId);
  const held = tx.select({ drafts: count() }).from(postDraft).where(mine).get()?.drafts ?? 0;
  if (held <= DRAFTS_MOST) return;
  const oldest = tx.select().from(postDraft).where(mine).orderBy(asc(postDraft.at)).get();
  if (oldest) dropDraft(tx, ctx, salonId, oldest.place);
}

/** Keeps what is typed, as it is typed. */
export async function keepDraft(
  ctx: Context,
  slug: string,
  input: z.infer<typeof draftInput>,
): Promise<void> {
  await write(ctx, { name: 'draft.keep', input: [slug, input] }, (tx) => {
    const { id } = allowIn(tx, ctx, 'post.compose', slug);
    if (input.title === '' && input.source === '') return dropDraft(tx, ctx, id, input.place);
    const at = ctx.clock();
    const { title, source } = input;
    tx.insert(postDraft)
      .values({ personId: signedIn(ctx), salonId: id, ...input, at })
      .onConflictDoUpdate({
        target: [postDraft.personId, postDraft.salonId, postDraft.place],
        set: { title, source, at },
      })
      .run();
    makeRoom(tx, ctx, id);
  });
}

export async function discardDraft(ctx: Context, slug: string, place: string): Promise<void> {
  await write(ctx, { name: 'draft.discard', input: [slug, place] }, (tx) => {
    const { id } = allowIn(tx, ctx, 'post.compose', slug);
    dropDraft(tx, ctx, id, place);
  });
}
