import fc from 'fast-check';
import { expect } from 'vitest';
import type { Choice } from '../../api/ballot/rules.ts';
import { expectBallotCounts } from './ballotCounts.ts';
import { castVote, finishSlip, makeSlip, type Signed, takeSlip, voteWith } from './sealedVoting.ts';
import { createVoting, handOverTo, type Voting } from './voting.ts';

/** Anything in any order through the API: refused or not, the counts are always right. */

const SIX = ['shequ4', 'shequ5', 'shequ6', 'shequ7', 'shequ8', 'jingyi'];
const MINUTE = 60_000;
const CHOICES: readonly Choice[] = [['for'], ['against'], ['abstain']];

const who = fc.constantFrom(...SIX);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('take' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('cast' as const),
      which: fc.nat(7),
      choice: fc.constantFrom(...CHOICES),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('sign-in' as const, 'decline' as const, 'undo' as const),
      who,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('announce', 'start', 'call', 'tick', 'leave', 'resign'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(9) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Walk {
  readonly v: Voting;
  readonly signed: Signed[];
  ballot: string;
}

async function take({ v, ballot, signed }: Walk, login: string): Promise<Response> {
  const slip = makeSlip(v, ballot, login);
  const answer = await takeSlip(v, slip);
  if (answer.ok) signed.push(finishSlip(slip, (await answer.clone().json()) as never));
  return answer;
}

/** @returns what was answered, where anything was asked */
async function apply(walk: Walk, done: Step): Promise<Response | undefined> {
  const { v, ballot, signed } = walk;
  const host = (path: string, body?: unknown) => v.send('minzheng', 'POST', path, body);
  if (done.kind === 'wait' && 'minutes' in done) v.after(done.minutes * MINUTE);
  if (done.kind === 'tick') await v.t.services.ballots.tick();
  if (done.kind === 'take' && 'who' in done) return take(walk, done.who);
  if (done.kind === 'cast' && 'which' in done) {
    const one = signed[done.which];
    return one && castVote(v, voteWith(one, done.choice));
  }
  if (done.kind === 'call') {
    const answer = await host('/sessions/9/ballots', { kind: 'evaluation' });
    if (answer.ok) walk.ballot = ((await answer.clone().json()) as { ballot: string }).ballot;
    return answer;
  }
  if (done.kind === 'announce' || done.kind === 'start') {
    return host(`/ballots/${ballot}/${done.kind}`);
  }
  if (done.kind === 'leave') return handOverTo(v, 'shequ8');
  if (done.kind === 'resign') return v.send('jingyi', 'POST', '/committee/resign');
  if (!('who' in done)) return undefined;
  const [method, path] = done.kind === 'undo' ? ['DELETE', 'sign-in'] : ['POST', done.kind];
  return v.send(done.who, method, `/ballots/${ballot}/${path}`);
}

export async function walkBallots(numRuns: number, length: number): Promise<void> {
  const steps = fc.array(step, { minLength: length, maxLength: length });
  await fc.assert(
    fc.asyncProperty(steps, async (walked) => {
      const v = await createVoting({ came: SIX });
      try {
        const ballot = await v.call('evaluation');
        // Some are further than others as it begins.
        const walk: Walk = { v, signed: [], ballot };
        await v.signIn(ballot, ...SIX.slice(0, 4));
        for (const login of SIX.slice(0, 2)) await take(walk, login);
        for (const done of walked) {
          const answer = await apply(walk, done);
          if (answer) expect(answer.status).toBeLessThan(500);
          expectBallotCounts(v.t);
        }
      } finally {
        await v.t.close();
      }
    }),
    { numRuns, endOnFailure: true },
  );
}
