import { lt } from 'drizzle-orm';
import { isBusy } from '../../db/constraints.ts';
import { entryPass, replay } from '../../db/schema/index.ts';
import type { Services } from './context.ts';

const EVERY_MS = 3600_000;
/** A retry comes within minutes; a day is generous. */
const REPLAY_MS = 24 * 3600_000;
/** Used and expired passes stay this long, to answer 已失效 rather than nothing. */
const PASS_MS = 30 * 24 * 3600_000;

/** Deletes what has served its time. */
export function tidy({ db, clock, sessions }: Services): void {
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
}

/** Tidies at once and every hour. @returns stops it */
export function startHousekeeping(services: Services): () => void {
  const round = (): void => {
    try {
      tidy(services);
    } catch (error) {
      if (!isBusy(error)) services.log.error({ err: error }, 'housekeeping failed');
    }
  };
  round();
  const timer = setInterval(round, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
