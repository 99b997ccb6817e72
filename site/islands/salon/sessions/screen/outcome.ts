import type { SessionBallot, SessionBallots } from '../../ballots/read.ts';
import type { Session } from '../read.ts';

/** The latest ballot of the session, if it is over. */
export function lastOver({ ballots }: SessionBallots): SessionBallot | undefined {
  const last = ballots.at(-1);
  return last?.state === 'decided' || last?.state === 'void' ? last : undefined;
}

/** Whether the room still waits for its result: the agenda has not gone on since it was cast. */
export const isFresh = (
  { castFrom }: SessionBallot,
  { state, current }: Pick<Session, 'state' | 'current'>,
): boolean =>
  state === 'open' && (current === null || castFrom === null || current.since <= castFrom);
