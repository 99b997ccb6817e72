import type { Services } from '../../core/context.ts';
import { ballotOfPaper } from './find.ts';
import { reconcile } from './reconcile.ts';

const EVERY_MS = 1000;

/** Whenever the box closes a ballot or voids it, its result is stored and its pages hear of it. */
export function watchBallots(services: Services): void {
  services.ballots.onSettled((id) => {
    settled(services, id).catch((error) =>
      services.log.error({ err: error }, 'a ballot was not settled'),
    );
  });
}

async function settled(services: Services, id: string): Promise<void> {
  await reconcile(services);
  // Of a second paper nothing is written, and yet its page is another.
  services.changes.count += 1;
  const row = ballotOfPaper(services.db.orm, id);
  if (row) services.live.changed(row.salonId);
}

/** Before anybody is served: ends what a stop of the server cut off. */
export async function recoverBallots(services: Services): Promise<void> {
  await services.ballots.recover();
  await reconcile(services, { first: true });
}

/** Looks at the ballots that are going on each second, as each is over at its time. @returns stops it */
export function startBallotClock(services: Services): () => Promise<void> {
  let running: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      await services.ballots.tick();
      await reconcile(services);
    } catch (error) {
      services.log.error({ err: error }, 'the ballots could not be looked at');
    }
  };
  const again = (): void => {
    running ??= look().finally(() => {
      running = undefined;
    });
  };
  const timer = setInterval(again, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
    await reconcile(services);
  };
}
