import { and, asc, desc, eq, gte } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { ballot, topic, topicStep } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import type { MarksPaper, Option, Paper, Rule } from '../../ballot/rules.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { ballotDue, type ElectionDue, type EvaluationDue } from '../committee/apply.ts';
import type { Term } from '../committee/find.ts';
import { titleOfDue } from '../committee/words.ts';
import type { Session } from '../sessions/find.ts';
import type { Ballot } from './find.ts';
import {
  COMMENT,
  EVALUATION_PAPER,
  electionPaper,
  electionQuestion,
  evaluationQuestion,
  marksQuestion,
} from './words.ts';

interface Asked {
  readonly question: string;
  readonly paper: Paper;
  readonly rule: Rule;
}

/** The ballot that is due at a session, as it would be called now. */
export interface Plan {
  readonly kind: 'election' | 'evaluation';
  readonly title: string;
  readonly of: Pick<Ballot, 'electionId' | 'termId' | 'dueOn' | 'runOff'>;
  readonly first: Asked;
  /** An evaluation's second paper. */
  readonly second: Asked | undefined;
  /** Empty, or why it cannot be called yet. */
  readonly hindrance: string;
}

export function planBallot(
  reader: Reader,
  ctx: Context,
  salon: Salon,
  session: Session,
): Plan | undefined {
  const due = ballotDue(reader, ctx, salon, session);
  if (due?.kind === 'election') return planElection(due);
  return due && planEvaluation(reader, ctx, due);
}

function planElection(due: ElectionDue): Plan {
  const { election, candidates, places, runOff, hindrance } = due;
  const title = titleOfDue(due);
  const options = candidates.map(({ seatId: id, community: label }) => ({ id, label }));
  // A candidate may have been lost since the nominations ended.
  const most = Math.min(places, options.length);
  return {
    kind: 'election',
    title,
    of: { electionId: election.id, termId: null, dueOn: null, runOff },
    first: {
      question: electionQuestion(title, most),
      paper: electionPaper(options, most),
      // All of a run-off's candidates had votes in the election.
      rule: { kind: 'most', places, least: runOff > 0 ? 0 : 1 },
    },
    second: undefined,
    hindrance,
  };
}

function planEvaluation(reader: Reader, ctx: Context, due: EvaluationDue): Plan {
  const { term, dueOn, hindrance } = due;
  const title = titleOfDue(due);
  const since = periodBegan(reader, term);
  const [from, to] = [dayOf(since), dayOf(ctx.clock())];
  const topics = confirmedSince(reader, term.salonId, since);
  const paper: MarksPaper = { kind: 'marks', topics, comment: COMMENT };
  return {
    kind: 'evaluation',
    title,
    of: { electionId: null, termId: term.id, dueOn, runOff: 0 },
    first: {
      question: evaluationQuestion(title, from, to),
      paper: EVALUATION_PAPER,
      rule: { kind: 'recall' },
    },
    second: { question: marksQuestion(from, to), paper, rule: null },
    hindrance,
  };
}

/** The evaluation before, or when the committee took office. */
const periodBegan = (reader: Reader, { id, beganAt }: Term): number =>
  reader
    .select({ at: ballot.calledAt })
    .from(ballot)
    .where(and(eq(ballot.termId, id), eq(ballot.state, 'decided')))
    .orderBy(desc(ballot.calledAt))
    .limit(1)
    .get()?.at ?? beganAt;

const confirmedSince = (reader: Reader, salonId: string, since: number): Option[] =>
  reader
    .selectDistinct({ id: topic.id, label: topic.title, at: topicStep.at })
    .from(topicStep)
    .innerJoin(topic, eq(topic.id, topicStep.topicId))
    .where(
      and(
        eq(topic.salonId, salonId),
        eq(topicStep.state, 'confirmed'),
        eq(topicStep.by, 'reviewer'),
        gte(topicStep.at, since),
      ),
    )
    .orderBy(asc(topicStep.at), asc(topic.id))
    .all()
    .map(({ id, label }) => ({ id, label }));
