import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { ballot } from '../../../db/schema/index.ts';
import type { Outcome } from '../../ballot/types.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone } from '../audience.ts';
import { applyElection, applyEvaluation } from '../committee/apply.ts';
import { membersAt } from '../committee/find.ts';
import { isRecalled } from '../committee/rules.ts';
import { type Ballot, requireBallot, salonOf } from './find.ts';
import { inNotice } from './notices.ts';
import type { BallotResult, ElectionResult, EvaluationResult } from './result.ts';
import { voidWords } from './rules.ts';

/**
 * Stores what came out of a ballot, and what it means for the committee, in one transaction: the
 * first that comes does it, whoever comes later finds it done.
 * @param outcome of the closed box
 */
export async function settleBallot(ctx: Context, row: Ballot, outcome: Outcome): Promise<void> {
  await write(ctx, { name: 'ballot.settle', input: row.id }, (tx) => {
    const found = requireBallot(tx, row.salonId, row.id);
    if (found.state !== 'casting') return;
    const result = found.termId
      ? settleEvaluation(tx, ctx, found, found.termId, outcome)
      : settleElection(tx, ctx, found, found.electionId ?? '', outcome);
    const { id: subject, salonId } = found;
    const recalled = result.kind === 'evaluation' ? { recalled: result.recalled } : {};
    const detail = { bulletin: outcome.hash, ...recalled };
    record(tx, ctx, { action: 'ballot.settle', salonId, subject, detail });
  });
}

const rollOf = ({ due, attending, issued, votes }: Outcome) => ({
  due,
  attending,
  issued,
  received: votes.length,
});

/** The options on each paper. */
const papersOf = ({ votes }: Outcome): readonly string[][] =>
  votes.map(({ choice }) => JSON.parse(choice ?? '[]'));

function store(tx: Tx, ctx: Context, { id }: Ballot, result: BallotResult, hash: string): void {
  tx.update(ballot)
    .set({ state: 'decided', result, bulletin: hash, settledAt: ctx.clock() })
    .where(eq(ballot.id, id))
    .run();
}

function settleEvaluation(
  tx: Tx,
  ctx: Context,
  found: Ballot,
  termId: string,
  outcome: Outcome,
): EvaluationResult {
  const papers = papersOf(outcome);
  const given = (option: string): number => papers.filter(([one]) => one === option).length;
  const against = given('against');
  const recalled = isRecalled(against, outcome.attending);
  const result: EvaluationResult = {
    kind: 'evaluation',
    ...rollOf(outcome),
    for: given('for'),
    against,
    abstain: given('abstain'),
    recalled,
    members: membersAt(tx, termId, found.calledAt),
  };
  // Before what follows from it: a by-election waits for this ballot no more.
  store(tx, ctx, found, result, outcome.hash);
  applyEvaluation(tx, ctx, salonOf(tx, found), { termId, recalled });
  const { salonId } = found;
  const data = { ...inNotice(tx, found), attending: outcome.attending, against, recalled };
  notify(tx, ctx, { salonId, kind: 'evaluation.decided', data, to: everyone(tx, salonId) });
  return result;
}

function settleElection(
  tx: Tx,
  ctx: Context,
  found: Ballot,
  electionId: string,
  outcome: Outcome,
): ElectionResult {
  const { id: ballotId, sessionId } = found;
  const papers = papersOf(outcome);
  const counted = { electionId, sessionId, ballotId, bulletinHash: outcome.hash, papers };
  const { counts, ...applied } = applyElection(tx, ctx, salonOf(tx, found), counted);
  const result: ElectionResult = {
    kind: 'election',
    ...rollOf(outcome),
    ...applied,
    counts,
    blank: papers.filter(({ length }) => length === 0).length,
  };
  store(tx, ctx, found, result, outcome.hash);
  return result;
}

/** The roll, where the sign-in was closed. */
type Roll = Pick<Ballot, 'closedAt' | 'due' | 'attending'>;

/** Ends a ballot without a result; an election stays to be held, an evaluation due. */
export function voidBallot(
  tx: Tx,
  ctx: Context,
  found: Ballot,
  voidReason: string,
  roll?: Roll,
): void {
  const { id: subject, salonId } = found;
  tx.update(ballot)
    .set({ ...roll, state: 'void', voidReason, settledAt: ctx.clock() })
    .where(eq(ballot.id, subject))
    .run();
  record(tx, ctx, { action: 'ballot.void', salonId, subject, detail: { reason: voidReason } });
  const data = { ...inNotice(tx, found), reason: voidWords(voidReason) };
  notify(tx, ctx, { salonId, kind: 'ballot.void', data, to: everyone(tx, salonId) });
}

/** Does to the database what the box has found; nothing where the ballot is over already. */
export async function voidFromBox(ctx: Context, row: Ballot, reason: string): Promise<void> {
  await write(ctx, { name: 'ballot.void', input: row.id }, (tx) => {
    const found = requireBallot(tx, row.salonId, row.id);
    if (found.state === 'taking' || found.state === 'casting') voidBallot(tx, ctx, found, reason);
  });
}
