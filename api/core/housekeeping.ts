import { and, eq, isNull, lt } from 'drizzle-orm';
import type { Orm } from '../../db/client.ts';
import { isBusy } from '../../db/constraints.ts';
import { attachment, entryPass, file, picture, postDraft, replay } from '../../db/schema/index.ts';
import type { FileStore } from '../files/store.ts';
import { clearOutbox } from '../notices/outbox.ts';
import type { Services } from './context.ts';

const EVERY_MS = 3600_000;
/** A retry comes within minutes; a day is generous. */
const REPLAY_MS = 24 * 3600_000;
/** Used and expired passes stay this long, to answer 已失效 rather than nothing. */
const PASS_MS = 30 * 24 * 3600_000;

/** An upload takes less. */
const CUT_OFF_MS = 3600_000;
const UNNAMED_MS = 24 * 3600_000;
/** A picture is uploaded while its post is being written. */
const UNUSED_PICTURE_MS = 24 * 3600_000;
const DRAFT_MS = 180 * 24 * 3600_000;

/** Deletes what has served its time. */
export async function tidy({ db, clock, sessions, files }: Services): Promise<void> {
  const now = clock();
  sessions.sweep();
  db.orm
    .delete(replay)
    .where(lt(replay.createdAt, now - REPLAY_MS))
    .run();
  db.orm
    .delete(entryPass)
    .where(lt(entryPass.expiresAt, now - PASS_MS))
    .run();
  db.orm
    .delete(postDraft)
    .where(lt(postDraft.at, now - DRAFT_MS))
    .run();
  db.orm
    .delete(picture)
    .where(and(isNull(picture.threadId), lt(picture.at, now - UNUSED_PICTURE_MS)))
    .run();
  clearOutbox(db.orm, now);
  await files.sweep(now - CUT_OFF_MS);
  await removeUnnamed(db.orm, files, now);
}

/** Files that nothing names any more, once no backup or upload can still be on its way to them. */
async function removeUnnamed(orm: Orm, files: FileStore, now: number): Promise<void> {
  for await (const { hash, putAt } of files.list()) {
    if (putAt > now - UNNAMED_MS) continue;
    if (isNamed(orm, hash)) continue;
    orm.delete(file).where(eq(file.hash, hash)).run();
    await files.remove(hash);
  }
}

const isNamed = (orm: Orm, hash: string): boolean =>
  [attachment, picture].some(
    (table) =>
      orm.select({ id: table.id }).from(table).where(eq(table.hash, hash)).limit(1).get() !==
      undefined,
  );

/** Tidies at once and every hour. @returns stops it */
export function startHousekeeping(services: Services): () => Promise<void> {
  let running = Promise.resolve();
  const round = (): void => {
    running = tidy(services).catch((error) => {
      if (!isBusy(error)) services.log.error({ err: error }, 'housekeeping failed');
    });
  };
  round();
  const timer = setInterval(round, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
