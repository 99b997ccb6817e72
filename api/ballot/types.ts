import type { Log } from '../core/context.ts';
import type { CastVote } from './bulletin.ts';
import type { KeyKeeper } from './keys.ts';
import type { Choice, Paper, Phase, Summary } from './rules.ts';

/** Why a ballot came to nothing. */
export type VoidReason = 'tooFew' | 'tooMany' | 'keyLost' | (string & {});

export interface BallotFacts {
  readonly id: string;
  readonly question: string;
  readonly paper: Paper;
  readonly phase: Phase;
  readonly voidReason: string | null;
  /** SPKI, base64url. */
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Fixed when taking closed. */
  readonly issued: number | null;
  /** Milliseconds since 1970, by the clock on the wall. */
  readonly castUntil: number | null;
}

/** One vote as it is cast: a token that nobody saw, and what is chosen with it. */
export interface Vote {
  readonly ballot: string;
  readonly token: string;
  readonly prefix: string;
  readonly signature: string;
  readonly choice: Choice;
}

export interface Outcome {
  readonly attending: number;
  readonly due: number;
  readonly issued: number;
  readonly votes: readonly CastVote[];
  /** Of a second paper. */
  readonly summary: Summary | null;
  readonly bulletin: string;
  /** SHA-256 of the bulletin, hex. */
  readonly hash: string;
}

/** What of an outcome a page shows that lists no papers. */
export interface Brief extends Pick<Outcome, 'summary' | 'hash'> {
  readonly received: number;
}

export interface BoxOptions {
  readonly file: string;
  /** For the keys; outside database and backups. */
  readonly keys: string;
  /** Keeps them there; given by tests that are about something else than making keys. */
  readonly keeper?: ((folder: string) => KeyKeeper) | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that only go forward; the time to cast is measured by it. */
  readonly monotonic: () => number;
  readonly log: Log;
}
