import type { z } from 'zod';
import type {
  BallotResult,
  ballotPage,
  ElectionResult,
  EvaluationResult,
} from '../../../../../api/salon/ballots/contract.ts';
import { api, ask } from '../../../../lib/api.ts';
import { loadPlace } from '../../place.tsx';

export type Ballot = z.infer<typeof ballotPage>;
export type SecondPaper = NonNullable<Ballot['second']>;
export type { BallotResult, ElectionResult, EvaluationResult };

export const ballotApi = api.salons[':salon'].ballots[':ballot'];

/** The ballot that the page's own address names: /salon/ballots/<id>/ */
export async function loadBallot() {
  const place = await loadPlace();
  const param = { salon: place.slug, ballot: location.pathname.split('/')[3] ?? '' };
  return { place, param, ballot: await ask(ballotApi.$get({ param })) };
}
export type BallotData = Awaited<ReturnType<typeof loadBallot>>;
