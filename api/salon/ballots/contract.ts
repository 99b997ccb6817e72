import { z } from 'zod';
import { signatureText } from '../../ballot/contract.ts';
import { id, line } from '../../core/text.ts';
import { salonParam } from '../contract.ts';
import { sessionParam } from '../sessions/contract.ts';
import { ballotResult, evaluationResult } from './result.ts';
import { BALLOT_STATES } from './rules.ts';

export type { BallotResult, ElectionResult, EvaluationResult } from './result.ts';

export const ofSession = sessionParam;
export const ballotParam = salonParam.extend({ ballot: id });
export const bulletinQuery = z.strictObject({
  paper: z.enum(['first', 'second']).default('first'),
});

const seat = z.object({ seatId: z.string(), community: z.string() });
const state = z.enum(BALLOT_STATES);
const ballotKind = z.enum(['election', 'evaluation']);

export const callInput = z.strictObject({
  kind: ballotKind,
  /** 监票人, where the salon has one. */
  scrutineerSeatId: id.optional(),
});
export const called = z.object({ ballot: z.string(), fingerprint: z.string() });

export const handInput = z.strictObject({
  seatId: id,
  reason: line('代签的原因', { min: 2, max: 100 }),
});

export const takeInput = z.strictObject({
  blinded: signatureText,
  /** For the second paper, where the ballot has one. */
  second: signatureText.optional(),
});
export const taken = z.object({
  ballot: z.string(),
  /** Held by the browser against what everybody sees. */
  fingerprint: z.string(),
  blindSignature: z.string(),
  second: z.object({ ballot: z.string(), blindSignature: z.string() }).nullable(),
});

/** A ballot as those at the session see it; nothing of what is cast. */
export const sessionBallot = z.object({
  id: z.string(),
  kind: ballotKind,
  title: z.string(),
  runOff: z.number().int(),
  state,
  fingerprint: z.string(),
  secondId: z.string().nullable(),
  /** Signed in, taken, declined: seats. Fixed after the closing. */
  attending: z.number().int(),
  taken: z.number().int(),
  declined: z.number().int(),
  announcedAt: z.iso.datetime().nullable(),
  /** From when the closing needs nobody's taking. */
  mayCloseAt: z.iso.datetime().nullable(),
  /** When the taking closed and casting began. */
  castFrom: z.iso.datetime().nullable(),
  castUntil: z.iso.datetime().nullable(),
  voidReason: z.string().nullable(),
  scrutineer: seat.nullable(),
  /** Signed in and neither taken nor declined; for whoever presides. */
  waiting: z.array(seat).nullable(),
  /** At the session and not signed in for it; for whoever presides. */
  absent: z.array(seat).nullable(),
  mine: z
    .object({
      seatId: z.string(),
      signedIn: z.boolean(),
      taken: z.boolean(),
      declined: z.boolean(),
    })
    .nullable(),
  mayPreside: z.boolean(),
});

export const sessionBallots = z.object({
  ballots: z.array(sessionBallot),
  /** What can be called now, and why not. */
  callable: z
    .object({
      kind: ballotKind,
      title: z.string(),
      /** Empty, or what hinders it. */
      hindrance: z.string(),
      /** Whether one has to be named, and who can be. */
      scrutineers: z.array(seat).nullable(),
      mayCall: z.boolean(),
    })
    .nullable(),
});

const topicMarks = z.object({
  id: z.string(),
  title: z.string(),
  /** How often 1 to 5 was given; null below three papers. */
  given: z.array(z.number().int()).length(5).nullable(),
});

/** The page of one ballot, for anybody. */
export const ballotPage = z.object({
  id: z.string(),
  kind: ballotKind,
  title: z.string(),
  question: z.string(),
  runOff: z.number().int(),
  state,
  session: z.object({ number: z.number().int().nullable(), day: z.string() }),
  fingerprint: z.string(),
  attending: z.number().int().nullable(),
  due: z.number().int().nullable(),
  castUntil: z.iso.datetime().nullable(),
  voidReason: z.string().nullable(),
  result: ballotResult.nullable(),
  /** Communities of the result's seat ids. */
  names: z.record(z.string(), z.string()),
  /** SHA-256 of the bulletin's bytes, hex. */
  bulletin: z.string().nullable(),
  second: z
    .object({
      id: z.string(),
      closed: z.boolean(),
      papers: z.number().int().nullable(),
      topics: z.array(topicMarks),
      comments: z.array(z.string()).nullable(),
      bulletin: z.string().nullable(),
    })
    .nullable(),
  scrutineer: seat
    .extend({ signedAt: z.iso.datetime().nullable(), maySign: z.boolean() })
    .nullable(),
});

export const ballotRow = z.object({
  id: z.string(),
  kind: ballotKind,
  title: z.string(),
  day: z.string(),
  state,
  recalled: evaluationResult.shape.recalled.nullable(),
});
