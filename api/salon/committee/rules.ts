/**
 * How the committee is elected, evaluated and recalled (salon-rules §4–5). Pure; days are
 * 'YYYY-MM-DD', shares are integer fractions.
 */

export const COMMITTEE_SIZE = 3;

/** One member alone passes no motion and is not evaluated. */
const FEWEST_MEMBERS = 2;

const MONTHS_BETWEEN_EVALUATIONS = 6;

/** How often a tie is put to the vote again before lots are drawn. */
const RUN_OFFS = 2;

// Elections

export const ELECTION_STATES = [
  'nominating',
  'extended',
  'ready',
  'decided',
  'lapsed',
  'dropped',
] as const;
export type ElectionState = (typeof ELECTION_STATES)[number];

/** After the pilot stage; in place of an evaluation; for a lost place; after a recall. */
export const ELECTION_KINDS = ['first', 'full', 'by', 'again'] as const;
export type ElectionKind = (typeof ELECTION_KINDS)[number];

export const ELECTION_EVENTS = ['extend', 'ready', 'lapse', 'decide', 'drop'] as const;
export type ElectionEvent = (typeof ELECTION_EVENTS)[number];

const STEPS: Readonly<Record<ElectionEvent, Partial<Record<ElectionState, ElectionState>>>> = {
  extend: { nominating: 'extended' },
  ready: { nominating: 'ready', extended: 'ready' },
  // A candidate may be lost to a hand-over afterwards, and the last of them too.
  lapse: { extended: 'lapsed', ready: 'lapsed' },
  decide: { ready: 'decided' },
  drop: { nominating: 'dropped', extended: 'dropped', ready: 'dropped' },
};

/**
 * What becomes of an election. Only a by-election can be dropped: the whole committee is elected
 * in its stead.
 * @returns undefined for a step that §4 does not have
 */
export function transition(
  state: ElectionState,
  event: ElectionEvent,
  kind: ElectionKind,
): ElectionState | undefined {
  return event === 'drop' && kind !== 'by' ? undefined : STEPS[event][state];
}

/** Elections that are still to be held. */
export const isPending = (state: ElectionState): boolean =>
  state === 'nominating' || state === 'extended' || state === 'ready';

/** What the end of the nominations brings: the event of `transition`. */
export function nominationsOutcome({
  accepted,
  places,
  extended,
}: {
  /** Nominees who accepted. */
  readonly accepted: number;
  /** All of the committee's, or those of a by-election. */
  readonly places: number;
  readonly extended: boolean;
}): 'ready' | 'extend' | 'lapse' {
  if (accepted >= places) return 'ready';
  return extended ? 'lapse' : 'extend';
}

// Counting

export interface Tally {
  /** Papers that name each candidate, in the candidates' order. */
  readonly counts: ReadonlyMap<string, number>;
  readonly elected: readonly string[];
  /** Those equal at the cut; none where the cut divides nobody. */
  readonly tied: readonly string[];
  /** Places that the tied contest. */
  readonly open: number;
}

/** @param fewest votes without which nobody has a place */
function count(
  papers: readonly (readonly string[])[],
  candidates: readonly string[],
  places: number,
  fewest: number,
): Tally {
  const counts = new Map(
    candidates.map((one) => [one, papers.filter((paper) => paper.includes(one)).length]),
  );
  const standing = [...counts].filter(([, votes]) => votes >= fewest);
  const firstOut = standing.map(([, votes]) => votes).sort((a, b) => b - a)[places] ?? -1;
  const elected = standing.filter(([, votes]) => votes > firstOut).map(([one]) => one);
  const left = places - elected.length;
  const level = standing.filter(([, votes]) => votes === firstOut).map(([one]) => one);
  const tied = left > 0 ? level : [];
  return { counts, elected, tied, open: tied.length > 0 ? left : 0 };
}

/**
 * The count of an election: the most votes, at least one. Places for which nobody has a vote stay
 * free.
 * @param votes of each paper, the names on it
 */
export const tally = (
  votes: readonly (readonly string[])[],
  candidates: readonly string[],
  places: number,
): Tally => count(votes, candidates, places, 1);

/**
 * The count of a run-off. All of its candidates had votes in the election, so those whom nobody
 * names again are not out: they stay level with each other.
 * @param tied in the count before
 * @param places that were open after it
 */
export const tallyRunOff = (
  votes: readonly (readonly string[])[],
  tied: readonly string[],
  places: number,
): Tally => count(votes, tied, places, 0);

/** What follows a count. @param runOffs held up to and with this count */
export function afterRunOff(
  tied: readonly string[],
  runOffs: number,
): 'settled' | 'runOff' | 'lots' {
  if (tied.length === 0) return 'settled';
  return runOffs < RUN_OFFS ? 'runOff' : 'lots';
}

// Evaluation and recall

/**
 * When an evaluation is due: reckoned from the first day in office every time, so that a short
 * month shortens no later one.
 * @param held evaluations held in this office
 */
export function evaluationDue(beganOn: string, held: number): string {
  const [year = 0, month = 0, day = 0] = beganOn.split('-').map(Number);
  const target = month - 1 + MONTHS_BETWEEN_EVALUATIONS * (held + 1);
  const lastDay = new Date(Date.UTC(year, target + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, target, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** @param percent of all active seats that must attend; 0: no quorum */
export const meetsQuorum = (attending: number, activeSeats: number, percent: number): boolean =>
  100 * attending >= percent * activeSeats;

/** More than 60% of the seats that signed in for the ballot. */
export const isRecalled = (against: number, attending: number): boolean =>
  5 * against > 3 * attending;

/** The reckoning as the result's page writes it out. */
export function arithmetic(against: number, attending: number): string {
  const [left, right] = [5 * against, 3 * attending];
  const sum = (sign: string): string =>
    `${against} × 5 = ${left} ${sign} ${attending} × 3 = ${right}`;
  if (isRecalled(against, attending)) return `${sum('>')}，超过 60%，选题委员会重新选举`;
  if (left === right) return `${sum('=')}，恰好 60%，不重新选举`;
  return `${sum('<')}，未超过 60%，不重新选举`;
}

export interface CommitteeFacts {
  /** Of the session. */
  readonly day: string;
  readonly members: number;
  /** null: no committee in office. */
  readonly officeBeganOn: string | null;
  /** Evaluations held in this office. */
  readonly held: number;
  /** The last one called, if any. */
  readonly election: { readonly state: ElectionState; readonly kind: ElectionKind } | null;
}

/**
 * The ballot that a session of this day holds. A by-election waits while an evaluation is due;
 * where too few are left to be evaluated, a full election is called, unless one is on its way.
 */
export function dueAtSession({
  day,
  members,
  officeBeganOn,
  held,
  election,
}: CommitteeFacts): 'election' | 'evaluation' | 'fullElectionInstead' | undefined {
  const replaced = election !== null && election.kind !== 'by' && isPending(election.state);
  const due = officeBeganOn !== null && evaluationDue(officeBeganOn, held) <= day;
  if (due && !replaced) return members < FEWEST_MEMBERS ? 'fullElectionInstead' : 'evaluation';
  return election?.state === 'ready' ? 'election' : undefined;
}
