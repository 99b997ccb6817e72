import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../../../db/client.ts';
import { follow, threadReading } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { patiently } from '../../core/patience.ts';
import { write } from '../../core/write.ts';
import { allowToRead } from '../find.ts';

const own = and(
  eq(threadReading.personId, sql.placeholder('me')),
  eq(threadReading.threadId, sql.placeholder('thread')),
);
const positionOf = prepared((reader) =>
  reader.select({ n: threadReading.n }).from(threadReading).where(own).prepare(),
);

/**
 * Someone has read a thread up to here; never backwards, for another device may be further.
 * @throws {Refused} as `allowToRead`
 */
export async function markRead(ctx: Context, id: string, upTo: number): Promise<void> {
  const personId = signedIn(ctx);
  const { thread } = allowToRead(ctx.db.orm, ctx, id);
  const n = Math.min(upTo, thread.posts);
  const known = positionOf(ctx.db.orm).get({ me: personId, thread: id })?.n ?? 0;
  if (n <= known) return;
  // Not through `write`: nothing that is kept for others says how far someone has read, and each
  // reader of a page would make all of it stale.
  await patiently(() =>
    ctx.db.orm
      .insert(threadReading)
      .values({ personId, threadId: id, n })
      .onConflictDoUpdate({
        target: [threadReading.personId, threadReading.threadId],
        set: { n: sql`max(${threadReading.n}, excluded.n)` },
      })
      .run(),
  );
}

/** @param level null to be told by the defaults again @throws {Refused} as `allowToRead` */
export async function followThread(
  ctx: Context,
  id: string,
  level: 'follow' | 'mute' | null,
): Promise<void> {
  const personId = signedIn(ctx);
  await write(ctx, { name: 'thread.follow', input: [id, level] }, (tx) => {
    allowToRead(tx, ctx, id);
    if (level === null) {
      tx.delete(follow)
        .where(and(eq(follow.personId, personId), eq(follow.threadId, id)))
        .run();
      return;
    }
    tx.insert(follow)
      .values({ personId, threadId: id, level })
      .onConflictDoUpdate({ target: [follow.personId, follow.threadId], set: { level } })
      .run();
  });
}
