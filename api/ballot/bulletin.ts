import { createHash } from 'node:crypto';
import {
  type ChoicePaper,
  countChoices,
  type Paper,
  type Rule,
  SUITE,
  type Summary,
} from './rules.ts';
import type { BallotFacts, Outcome } from './types.ts';

export interface CastVote {
  readonly prefix: string;
  readonly token: string;
  readonly signature: string;
  /** As JSON; null on a second paper. */
  readonly choice: string | null;
}

export interface Closed {
  readonly id: string;
  readonly question: string;
  readonly paper: Paper;
  readonly rule: Rule;
  readonly publicKey: string;
  readonly due: number;
  readonly attending: number;
  readonly issued: number;
  readonly summary: Summary | null;
}

/** 公示: everything that anybody needs to recount a ballot, always the same bytes. */
export function writeBulletin(closed: Closed, votes: readonly CastVote[]): string {
  const { id, question, paper, rule, publicKey, due, attending, issued } = closed;
  const received = votes.length;
  const document = {
    format: 'yuanzhuo-bulletin-1',
    ballot: id,
    question,
    paper,
    rule,
    suite: SUITE,
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    due,
    attending,
    issued,
    received,
    valid: received,
    notCast: issued - received,
    ...(paper.kind === 'choose' ? { counts: countsOf(paper, votes) } : closed.summary),
    votes: votes.map(({ prefix, token, signature, choice }) => ({
      prefix,
      token,
      signature,
      ...(choice !== null && { choice: JSON.parse(choice) }),
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** What is known of a ballot before its close, without a count of what is cast. */
export function factsOf(row: Omit<BallotFacts, 'fingerprint'>): BallotFacts {
  const { id, question, paper, phase, voidReason, publicKey, issued, castUntil } = row;
  const key = { publicKey, fingerprint: fingerprintOf(publicKey) };
  return { id, question, paper, phase, voidReason, ...key, issued, castUntil };
}

/** What came out of a closed ballot. */
export function outcomeOf(closed: Closed, votes: readonly CastVote[]): Outcome {
  const { attending, due, issued, summary } = closed;
  const bulletin = writeBulletin(closed, votes);
  return { attending, due, issued, votes, summary, bulletin, hash: hashOf(bulletin) };
}

export const countsOf = (
  paper: ChoicePaper,
  votes: readonly CastVote[],
): Readonly<Record<string, number>> =>
  countChoices(
    paper,
    votes.map(({ choice }) => JSON.parse(choice ?? '[]')),
  );

/** SHA-256, hex. */
export const hashOf = (bulletin: string): string =>
  createHash('sha256').update(bulletin).digest('hex');

/** SHA-256 of the public key, hex. @param publicKey SPKI, base64url */
export const fingerprintOf = (publicKey: string): string =>
  createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex');
