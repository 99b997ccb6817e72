import { z } from 'zod';
import { id, line, prose } from '../../core/text.ts';
import { motionRow } from '../committee/motionRow.ts';
import { actionState, slug } from '../contract.ts';
import { month } from '../rotation/contract.ts';
import { TOPIC_STAGES, TOPIC_STATES } from './rules.ts';

export const topicParam = z.strictObject({ salon: slug, topic: id });
/** A round goes by its month; `now` is the one at hand. */
export const roundParam = z.strictObject({
  salon: slug,
  month: z.union([month, z.literal('now')]),
});

const entry = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: '案例编号的写法不对' })
  .max(80);
export const LENGTHS = { title: 60, situation: 3000, tried: 3000, invite: 300 } as const;

/** As typed so far: whatever is missing is asked for when it is proposed. */
export const draftInput = z.strictObject({
  title: line('议题名称', { min: 0, max: LENGTHS.title }),
  situation: prose('遇到的问题', { min: 0, max: LENGTHS.situation }),
  tried: prose('已经试过的办法', { min: 0, max: LENGTHS.tried }),
  invite: prose('希望邀请谁', { min: 0, max: LENGTHS.invite }),
  cases: z.array(entry).max(10, { error: '最多关联 10 个案例' }),
  /** The lapsed topic of mine that this proposes again. */
  againOf: id.optional(),
});
/** What a proposed topic needs. */
export const proposal = z.object({
  title: line('议题名称', { min: 4, max: LENGTHS.title }),
  situation: prose('遇到的问题', { min: 10, max: LENGTHS.situation }),
});

export const topicState = z.enum(TOPIC_STATES);
export const topicCard = z.object({
  id: z.string(),
  title: z.string(),
  proposer: z.string(),
  mine: z.boolean(),
  state: topicState,
  supports: z.number().int(),
  supported: z.boolean(),
  /** Known from the close on. */
  votes: z.number().int().nullable(),
  rank: z.number().int().nullable(),
  outcome: z.enum(['confirmed', 'rolled-over', 'lapsed']).nullable(),
  reason: z.string(),
  /** On the ballot for the second time. */
  second: z.boolean(),
});

export const roundPage = z.object({
  month: z.string(),
  state: z.enum(['waiting', 'proposing', 'voting', 'review', 'decided']),
  opensAt: z.iso.datetime(),
  votingAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  session: z.object({
    number: z.number().int().nullable(),
    startsAt: z.iso.datetime(),
    state: z.enum(['planned', 'open', 'closed', 'cancelled']),
  }),
  /** Seats entitled, and how many of them have voted; never for what. */
  seats: z.number().int(),
  voters: z.number().int(),
  /** Who decides, and why if the host stands in for a committee; of a decided round, who did. */
  reviewer: z.object({ by: z.enum(['host', 'committee']), note: z.string() }),
  votesPerSeat: z.number().int(),
  /** For a secretary. */
  me: z
    .object({
      seatId: z.string(),
      community: z.string(),
      proposalsLeft: z.number().int(),
      /** My choices while the vote is open; empty before I voted. */
      votes: z.array(z.string()),
    })
    .nullable(),
  mayDecide: z.boolean(),
  /** A member, whose motion needs another's signature. */
  mayMove: z.boolean(),
  /** Of the committee, newest first; for its members and once the round is decided. */
  motions: z.array(motionRow),
  topics: z.array(topicCard),
  decidedAt: z.iso.datetime().nullable(),
  decisionNote: z.string(),
  /** Another round that collects topics now. */
  collecting: z.object({ month: z.string(), until: z.iso.datetime() }).nullable(),
  /** Other rounds, for going back and forth. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});

export const topicPage = topicCard.extend({
  situation: z.string(),
  tried: z.string(),
  invite: z.string(),
  cases: z.array(z.string()),
  createdAt: z.iso.datetime(),
  month: z.string().nullable(),
  session: z
    .object({ number: z.number().int().nullable(), startsAt: z.iso.datetime(), state: z.string() })
    .nullable(),
  againOf: z.object({ id: z.string(), title: z.string() }).nullable(),
  steps: z.array(
    z.object({
      state: topicState,
      by: z.enum(['proposer', 'reviewer', 'host', 'chair', 'calendar']),
      reason: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  /** Each earlier round it stood in. */
  rounds: z.array(
    z.object({
      month: z.string(),
      votes: z.number().int().nullable(),
      rank: z.number().int().nullable(),
      outcome: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  /** That it be declined; for the committee's members. */
  motions: z.array(motionRow),
  /** Action items that its session led to. */
  actions: z.array(
    z.object({ id: z.string(), what: z.string(), unit: z.string(), state: actionState }),
  ),
  may: z.object({
    edit: z.boolean(),
    propose: z.boolean(),
    withdraw: z.boolean(),
    support: z.boolean(),
    decline: z.boolean(),
    /** A member's motion to decline it. */
    move: z.boolean(),
    again: z.boolean(),
    schedule: z.boolean(),
  }),
});

export const topicQuery = z.strictObject({
  /** `mine`: of my seat, drafts included. */
  of: z.enum(['mine', 'all']).default('all'),
  stage: z.enum(TOPIC_STAGES).optional(),
});
export const topicList = z.object({
  topics: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      proposer: z.string(),
      state: topicState,
      supports: z.number().int(),
      updatedAt: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

export const topicRef = z.object({ id: z.string(), state: topicState });
export const supportInput = z.strictObject({ support: z.boolean() });
const reason = (label: string) => prose(label, { min: 4, max: 500 });
export const declineInput = z.strictObject({ reason: reason('不采用的理由') });
export const scheduleInput = z.strictObject({ number: z.int().min(1) });
export const voteInput = z.strictObject({
  topics: z
    .array(id)
    .max(10)
    .refine((ids) => new Set(ids).size === ids.length, {
      error: '每个议题只能投一票',
    }),
});
export const voteAnswer = z.object({ votes: z.array(z.string()), voters: z.number().int() });
export const decisionInput = z.strictObject({
  /** Topics confirmed; empty when none is. */
  confirm: z.array(id).max(10),
  /** Public; needed unless what ranked first, and that alone, is confirmed. */
  note: prose('公布的理由', { min: 0, max: 1000 }).default(''),
  /** A public reason for any topic. */
  reasons: z.record(id, prose('理由', { min: 0, max: 500 })).default({}),
});
