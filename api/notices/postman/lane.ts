import { setImmediate as others } from 'node:timers/promises';
import type { Tx } from '../../../db/client.ts';
import type { Services } from '../../core/context.ts';
import { patiently } from '../../core/patience.ts';
import { rest } from '../rules.ts';
import { gather, type Receiver } from './gather.ts';
import { recordOutcome } from './record.ts';
import { type Look, type Parcel, take } from './take.ts';
import type { Outcome } from './types.ts';

export interface LaneOptions<To> {
  readonly services: Services;
  readonly siteUrl: string;
  readonly receiver: Receiver;
  /** How many are tried at the same time. */
  readonly width: number;
  /** Milliseconds from one try to the next. */
  readonly gap: number;
  readonly look: Look<To>;
  readonly send: (parcel: Parcel<To>) => Promise<Outcome>;
  /** What else is to be written with an outcome. */
  readonly after: (tx: Tx, parcel: Parcel<To>, outcome: Outcome, now: number) => void;
  /** Ends early when the postman is stopped. */
  readonly wait: (ms: number) => Promise<void>;
  readonly stopped: () => boolean;
}

/** One way out of the house. A receiver that hangs holds up no other lane, and one slot of this. */
export interface Lane {
  /** Sends all that is due, at its pace; resolves when nothing more is. */
  run(): Promise<void>;
}

const UNKNOWN: Outcome = { is: 'failed', trouble: '没有发出去', inDoubt: true, forAll: false };
const RECORD_AGAIN_MS = 1000;

export function createLane<To>(options: LaneOptions<To>): Lane {
  const { services, siteUrl, receiver, width, gap, look, send, after, wait, stopped } = options;
  const { db, clock, log } = services;
  let failures = 0;
  let restFrom = 0;
  /** Either way the clock jumps, nobody rests longer than they should. */
  const resting = (): boolean => failures > 0 && Math.abs(clock() - restFrom) < rest(failures);

  async function tryOne(parcel: Parcel<To>): Promise<void> {
    const outcome = await send(parcel).catch((error): Outcome => {
      log.error({ err: error, dispatch: parcel.dispatch.id }, 'a sender failed');
      return UNKNOWN;
    });
    await keep(parcel, outcome);
    const general = outcome.is === 'failed' && outcome.forAll;
    failures = general ? failures + 1 : 0;
    restFrom = clock();
    if (outcome.is !== 'accepted')
      log.warn(
        { dispatch: parcel.dispatch.id, receiver, ...outcome },
        'a notice was not delivered',
      );
  }

  /** What was accepted must be written down, or it would be sent again. */
  async function keep(parcel: Parcel<To>, outcome: Outcome): Promise<void> {
    const now = clock();
    const write = (tx: Tx): void => {
      if (recordOutcome(tx, parcel.dispatch, outcome, now)) after(tx, parcel, outcome, now);
    };
    for (;;) {
      try {
        return await patiently(() => db.orm.transaction(write, { behavior: 'immediate' }));
      } catch (error) {
        log.error({ err: error, dispatch: parcel.dispatch.id }, 'an outcome was not written');
        if (stopped()) return;
        await wait(RECORD_AGAIN_MS);
      }
    }
  }

  async function pump(): Promise<void> {
    while (!stopped() && !resting()) {
      const parcel = await take(db.orm, { receiver, siteUrl, now: clock() }, look);
      if (!parcel) return;
      if (parcel === 'dropped') {
        await others();
        continue;
      }
      await tryOne(parcel);
      await wait(gap);
    }
  }

  return {
    async run() {
      await gather(db.orm, receiver, clock());
      await Promise.all(Array.from({ length: width }, pump));
    },
  };
}
