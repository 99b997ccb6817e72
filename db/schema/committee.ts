import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BallotResult } from '../../api/salon/ballots/result.ts';
import { BALLOT_STATES } from '../../api/salon/ballots/rules.ts';
import { ELECTION_KINDS, ELECTION_STATES } from '../../api/salon/committee/rules.ts';

/** Columns as in migrations/0004; a test holds both side by side. */

export const election = sqliteTable('election', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  kind: text('kind', { enum: ELECTION_KINDS }).notNull(),
  places: integer('places').notNull(),
  state: text('state', { enum: ELECTION_STATES }).notNull(),
  calledAt: integer('called_at').notNull(),
  sessionId: text('session_id'),
  runOffs: integer('run_offs').notNull().default(0),
  tied: text('tied', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  elected: text('elected', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  settledAt: integer('settled_at'),
});

export const nominee = sqliteTable(
  'nominee',
  {
    electionId: text('election_id').notNull(),
    seatId: text('seat_id').notNull(),
    bySeatId: text('by_seat_id').notNull(),
    state: text('state', { enum: ['asked', 'accepted', 'declined'] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.electionId, table.seatId] })],
);

export const committeeTerm = sqliteTable('committee_term', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  electionId: text('election_id').notNull(),
  beganOn: text('began_on').notNull(),
  beganAt: integer('began_at').notNull(),
  endedAt: integer('ended_at'),
  endedBy: text('ended_by', { enum: ['recall', 'succession'] }),
});

export const committeeMember = sqliteTable('committee_member', {
  id: text('id').primaryKey(),
  termId: text('term_id').notNull(),
  electionId: text('election_id').notNull(),
  seatId: text('seat_id').notNull(),
  beganAt: integer('began_at').notNull(),
  endedAt: integer('ended_at'),
  endedBy: text('ended_by', {
    enum: ['recall', 'succession', 'resignation', 'handOver', 'retirement'],
  }),
});

export const ballot = sqliteTable('ballot', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  sessionId: text('session_id').notNull(),
  electionId: text('election_id'),
  termId: text('term_id'),
  dueOn: text('due_on'),
  runOff: integer('run_off').notNull().default(0),
  secondId: text('second_id'),
  fingerprint: text('fingerprint').notNull(),
  state: text('state', { enum: BALLOT_STATES }).notNull(),
  calledAt: integer('called_at').notNull(),
  announcedAt: integer('announced_at'),
  closedAt: integer('closed_at'),
  due: integer('due'),
  attending: integer('attending'),
  voidReason: text('void_reason'),
  scrutineerSeatId: text('scrutineer_seat_id'),
  scrutinisedAt: integer('scrutinised_at'),
  result: text('result', { mode: 'json' }).$type<BallotResult>(),
  bulletin: text('bulletin'),
  settledAt: integer('settled_at'),
});

export const ballotRoll = sqliteTable(
  'ballot_roll',
  {
    ballotId: text('ballot_id').notNull(),
    seatId: text('seat_id').notNull(),
    declined: integer('declined', { mode: 'boolean' }).notNull().default(false),
    byHand: integer('by_hand', { mode: 'boolean' }).notNull().default(false),
    reason: text('reason').notNull().default(''),
  },
  (table) => [primaryKey({ columns: [table.ballotId, table.seatId] })],
);

export const motion = sqliteTable('motion', {
  id: text('id').primaryKey(),
  salonId: text('salon_id').notNull(),
  termId: text('term_id').notNull(),
  roundId: text('round_id'),
  topicId: text('topic_id'),
  decision: text('decision', { mode: 'json' }).$type<MotionDecision>().notNull(),
  bySeatId: text('by_seat_id').notNull(),
  state: text('state', { enum: ['open', 'passed', 'withdrawn', 'void'] }).notNull(),
  movedAt: integer('moved_at').notNull(),
  settledAt: integer('settled_at'),
});

/** The decision on a round, or why a topic is declined. */
export type MotionDecision =
  | {
      readonly confirm: readonly string[];
      readonly note: string;
      readonly reasons: Readonly<Record<string, string>>;
    }
  | { readonly reason: string };

export const motionSignature = sqliteTable(
  'motion_signature',
  {
    motionId: text('motion_id').notNull(),
    seatId: text('seat_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.motionId, table.seatId] })],
);
