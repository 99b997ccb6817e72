import { z } from 'zod';
import { id, line } from '../../core/text.ts';
import { ballotRow } from '../ballots/contract.ts';
import { salonParam } from '../contract.ts';
import { decisionInput } from '../topics/contract.ts';
import { motionRow, seat } from './motionRow.ts';
import { ELECTION_KINDS, ELECTION_STATES } from './rules.ts';

export const motionParam = salonParam.extend({ motion: id });

export const motionRef = motionRow.pick({ id: true, state: true });

export const nominateInput = z.strictObject({ seatId: id });
export const answerInput = z.strictObject({ accept: z.boolean() });

/** A motion on a round, or that a proposed topic is not taken up. */
export const motionInput = z.union([
  z.strictObject({ month: z.string().regex(/^\d{4}-\d{2}$/), decision: decisionInput }),
  z.strictObject({
    topicId: id,
    reason: line('理由', { min: 4, max: 300 }),
  }),
]);

export const member = seat.extend({
  /** Of that day; for members of the salon, else empty. */
  secretary: z.string(),
  since: z.iso.date(),
  until: z.iso.date().nullable(),
  /** 罢免、换届、辞去、交接、撤席; empty while in office. */
  ended: z.string(),
});

export const electionView = z.object({
  id: z.string(),
  kind: z.enum(ELECTION_KINDS),
  /** Of the ballot that is next. */
  title: z.string(),
  places: z.number().int(),
  state: z.enum(ELECTION_STATES),
  calledOn: z.iso.date(),
  /** Until when names are taken; null while no session is planned. */
  until: z.iso.datetime().nullable(),
  session: z.object({ number: z.number().int(), day: z.string() }).nullable(),
  nominees: z.array(
    seat.extend({
      by: z.string(),
      state: z.enum(['asked', 'accepted', 'declined']),
    }),
  ),
  /** Who contests the places left. */
  tied: z.array(seat),
  mine: z
    .object({
      state: z.enum(['none', 'asked', 'accepted', 'declined']),
      mayName: z.boolean(),
      mayAnswer: z.boolean(),
    })
    .nullable(),
  /** Seats that can still be named; for those who may. */
  nameable: z.array(seat),
});

/** 选题委员会, for anybody; what is one's own only for those who are signed in. */
export const committeePage = z.object({
  /** Who chooses the topics now, and why. */
  reviewer: z.object({ by: z.enum(['host', 'committee']), note: z.string() }),
  term: z
    .object({
      beganOn: z.iso.date(),
      members: z.array(member),
      /** The next evaluation: from this day on at the first session; null where there is none. */
      evaluationDueOn: z.iso.date().nullable(),
      vacancies: z.number().int(),
    })
    .nullable(),
  election: electionView.nullable(),
  /** Open motions, for members; then what was decided, newest first. */
  motions: z.array(motionRow),
  decisions: z.array(
    z.object({
      month: z.string(),
      by: z.enum(['host', 'committee']),
      topics: z.array(z.object({ id: z.string(), title: z.string() })),
      note: z.string(),
      signed: z.array(z.string()),
      on: z.iso.date(),
    }),
  ),
  /** Elections and evaluations, newest first. */
  ballots: z.array(ballotRow),
  /** Earlier terms, newest first. */
  history: z.array(
    z.object({
      beganOn: z.iso.date(),
      endedOn: z.iso.date(),
      ended: z.string(),
      members: z.array(member),
    }),
  ),
  mayResign: z.boolean(),
});
