import { momentOf } from '../../api/core/day.ts';
import { forgetMonths } from './heldMeeting.ts';
import {
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
  type TestAppOptions,
} from './testApp.ts';

/** A demo salon whose clock the test turns, and requests to its sessions. */
export interface Meeting {
  readonly t: TestApp;
  /** Turns the clock. @param time of the day, in Asia/Shanghai */
  at(day: string, time: string): void;
  after(ms: number): void;
  now(): number;
  readonly host: Client;
  /** A secretary by their user name. */
  who(userName: string): Promise<Client>;
}

export const SESSIONS = `/api/salons/${DEMO}/sessions`;

/** @param day the clock's first day, at 08:00 */
export async function createMeeting(
  day: string,
  options: Pick<TestAppOptions, 'ballotKeeper'> = {},
): Promise<Meeting> {
  let now = momentOf(day, '08:00');
  const t = await createTestApp({ clock: () => now, ...options });
  forgetMonths(t);
  return {
    t,
    at: (on, time) => {
      now = momentOf(on, time);
    },
    after: (ms) => {
      now += ms;
    },
    now: () => now,
    host: await t.as('minzheng'),
    who: (userName) => t.as(userName),
  };
}

/** The status and code of a refusal, e.g. '409 sessionState'; 'done' when there is none. */
export async function outcome(response: Response): Promise<string> {
  return response.ok ? 'done' : `${response.status} ${await codeOf(response)}`;
}
