import { HTTPException } from 'hono/http-exception';
import { isBusy, isFull, violatedConstraint } from '../../../db/constraints.ts';
import type { Log } from '../context.ts';
import { refusedProblem, serverProblem } from '../problem.ts';
import { CORE, type Refusal, Refused } from '../refused.ts';

/** What a constraint of the database means to the person; the last defence, after the verbs. */
export type ConstraintMeanings = Readonly<Record<string, Refusal>>;

function known(error: Error, meanings: ConstraintMeanings): Refused | undefined {
  if (error instanceof Refused) return error;
  const constraint = violatedConstraint(error);
  if (constraint) return new Refused(meanings[constraint] ?? CORE.conflict);
  if (isBusy(error)) return new Refused(CORE.busy, { retryAfter: 5 });
  if (isFull(error)) return new Refused(CORE.diskFull);
  if (!(error instanceof HTTPException)) return undefined;
  if (error.status === 400) return new Refused(CORE.badJson);
  return error.status === 413 ? new Refused(CORE.tooLarge) : undefined;
}

/** The one mapper from errors to answers. An error no one foresaw shows its request's id only. */
export function answerError(
  error: Error,
  meanings: ConstraintMeanings,
  log: Log,
  requestId: string,
): Response {
  const refused = known(error, meanings);
  if (refused) return refusedProblem(refused);
  log.error({ err: error, requestId }, 'unforeseen error');
  return serverProblem(requestId);
}
