import { isBusy } from '../../../db/constraints.ts';
import type { Services } from '../../core/context.ts';
import { createLane, type Lane, type LaneOptions } from './lane.ts';
import { toPeople } from './toPeople.ts';
import { toWebhooks } from './toWebhooks.ts';
import type { WebhookSender } from './types.ts';

export interface PostmanOptions {
  /** The site as seen from outside, for links. */
  readonly siteUrl: string;
  readonly sendWebhook?: WebhookSender | undefined;
  readonly wait: (ms: number) => Promise<void>;
  readonly stopped: () => boolean;
}

/** The ways out of the house that this installation has. */
export function lanesOf(services: Services, options: PostmanOptions): Lane[] {
  const { siteUrl, sendWebhook, wait, stopped } = options;
  const lane = <To>(kind: Omit<LaneOptions<To>, 'services' | keyof PostmanOptions>): Lane =>
    createLane({ services, siteUrl, wait, stopped, ...kind });
  const { sendMail } = services;
  return [
    ...(sendMail ? [lane(toPeople(services, siteUrl, sendMail))] : []),
    ...(sendWebhook ? [lane(toWebhooks(sendWebhook))] : []),
  ];
}

const EVERY_MS = 2000;

/** Looks into the outbox at once and every two seconds. @returns stops it after the running try */
export function startPostman(
  services: Services,
  given: Pick<PostmanOptions, 'siteUrl' | 'sendWebhook'>,
): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const stopped = (): boolean => signal.aborted;
  const lanes = lanesOf(services, { ...given, stopped, wait: (ms) => pause(ms, signal) });
  const running = lanes.map((lane) => keepRunning(lane, services, signal));
  return async () => {
    stop.abort();
    await Promise.all(running);
  };
}

async function keepRunning(lane: Lane, { log }: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await lane.run();
    } catch (error) {
      if (!isBusy(error)) log.error({ err: error }, 'the outbox could not be looked at');
    }
    await pause(EVERY_MS, signal);
  }
}

/** Neither keeps the process alive nor outlasts a stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
