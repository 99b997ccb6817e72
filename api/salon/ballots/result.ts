import { z } from 'zod';

/** What came out of a ballot, with everything that it was computed from; stored once. */

const seat = z.object({ seatId: z.string(), community: z.string() });
const roll = {
  /** 应到, 实到, 发出, 收回: seats. */
  due: z.number().int(),
  attending: z.number().int(),
  issued: z.number().int(),
  received: z.number().int(),
};

export const evaluationResult = z.object({
  kind: z.literal('evaluation'),
  ...roll,
  for: z.number().int(),
  against: z.number().int(),
  abstain: z.number().int(),
  /** 5 × against > 3 × attending. */
  recalled: z.boolean(),
  /** Whose choices were evaluated. */
  members: z.array(seat),
});

export const electionResult = z.object({
  kind: z.literal('election'),
  ...roll,
  places: z.number().int(),
  counts: z.array(seat.extend({ votes: z.number().int() })),
  /** Papers without a name. */
  blank: z.number().int(),
  /** Seat ids; elected by this ballot, or by lots after it. */
  elected: z.array(z.string()),
  /** Who contests the places left, in a run-off. */
  tied: z.array(z.string()),
  /** Where lots were drawn: each seat's digest, in the order in which it decided. */
  lots: z.array(z.object({ seatId: z.string(), digest: z.string() })).nullable(),
});

export const ballotResult = z.discriminatedUnion('kind', [evaluationResult, electionResult]);
export type EvaluationResult = z.infer<typeof evaluationResult>;
export type ElectionResult = z.infer<typeof electionResult>;
export type BallotResult = z.infer<typeof ballotResult>;
