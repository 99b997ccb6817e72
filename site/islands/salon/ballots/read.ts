import type { z } from 'zod';
import type { sessionBallot, sessionBallots } from '../../../../api/salon/ballots/contract.ts';
import { api, ask } from '../../../lib/api.ts';
import type { SessionParam } from '../sessions/read.ts';

export type SessionBallots = z.infer<typeof sessionBallots>;
export type SessionBallot = z.infer<typeof sessionBallot>;

export const ballotsApi = api.salons[':salon'].sessions[':number'].ballots;
export const ballotApi = api.salons[':salon'].ballots[':ballot'];

export const readBallots = (param: SessionParam): Promise<SessionBallots> =>
  ask(ballotsApi.$get({ param }));

/** The one that seats are signing in to or casting: at most one at a time. */
export const runningOf = ({ ballots }: SessionBallots): SessionBallot | undefined =>
  ballots.find(({ state }) => state === 'taking' || state === 'casting');
