import { afterEach, describe, expect, it } from 'vitest';
import type { Vote } from '../../api/ballot/types.ts';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { expectBallotCounts } from '../support/ballotCounts.ts';
import { outcome } from '../support/meeting.ts';
import {
  castVote,
  makeSlip,
  type Signed,
  signSlip,
  takeAtOnce,
  takeSlip,
  voteWith,
} from '../support/sealedVoting.ts';
import { createVoting, handOverTo, type Voting, type VotingPlan } from '../support/voting.ts';

const THREE = ['shequ4', 'shequ5', 'shequ6'];
const ALL = DEMO_SEATS.map(({ login }) => login);
const MINUTE = 60_000;

let v: Voting;
afterEach(async () => {
  expectBallotCounts(v.t);
  await v.t.close();
});
const begin = async (plan: Partial<VotingPlan> = {}): Promise<string> => {
  v = await createVoting({ came: THREE, ...plan });
  return v.call(plan.candidates ? 'election' : 'evaluation');
};
const post = async (login: string, path: string, body?: unknown): Promise<string> =>
  outcome(await v.send(login, 'POST', path, body));
const cast = async (vote: Vote): Promise<string> => outcome(await castVote(v, vote));
const boxOf = (ballot: string) => v.t.services.ballots.facts(ballot);

/** Refused so; neither file nor anything in them is another. */
async function refused(request: () => Promise<Response>, code: string): Promise<void> {
  const seen = () => [v.state(), v.t.services.ballots.list().map(({ id }) => [id, boxOf(id)])];
  const before = seen();
  expect(await outcome(await request())).toBe(code);
  expect(seen()).toEqual(before);
}

/** The bit of a text's bytes turned over. */
function flipped(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('base64url');
}

describe('casting', () => {
  it('takes a vote once, in its phase, with its own ballot’s signature and no other', async () => {
    const ballot = await begin();
    const signed = await takeAtOnce(v, ballot, THREE);
    const [one, two, three] = signed as [Signed, Signed, Signed];
    const [mine, yours, last] = [one, two, three].map((who) => voteWith(who, ['against']));
    if (!mine || !yours || !last) throw new Error('three have taken');
    const bad = (vote: Vote, code: string) => refused(() => castVote(v, vote), code);
    await bad(mine, '409 notYetCasting');
    await v.start(ballot);
    const { signature, token, prefix } = mine;
    for (const bit of [0, 1, 1500, 3071]) {
      await bad({ ...mine, signature: flipped(signature, bit) }, '422 badSignature');
    }
    await bad({ ...mine, token: flipped(token, 100) }, '422 badSignature');
    await bad({ ...mine, prefix: flipped(prefix, 255) }, '422 badSignature');
    await bad({ ...mine, signature: yours.signature }, '422 badSignature');
    // The second paper's signature is of another ballot, and the first's of none of the second.
    const second = voteWith(one, { marks: {}, comment: '' }, 1);
    await bad({ ...second, ballot, choice: ['against'] }, '422 badSignature');
    await bad({ ...mine, ballot: second.ballot, choice: second.choice }, '422 badSignature');
    await bad({ ...mine, choice: ['for', 'against'] }, '422 badChoice');
    await bad({ ...mine, ballot: '0'.repeat(20) }, '404 noBallot');
    expect(await Promise.all([cast(mine), cast(mine), cast(mine)])).toEqual(Array(3).fill('done'));
    await bad({ ...mine, choice: ['for'] }, '409 otherCast');
    expect(await cast(yours)).toBe('done');
    expect(await cast(last)).toBe('done');
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({ issued: 3, received: 3, against: 3 });
    await refused(() => castVote(v, mine), 'done');
    await bad({ ...mine, choice: ['for'] }, '409 otherCast');
    await bad({ ...mine, token: flipped(token, 1) }, '409 castingOver');
    expect(await cast(second)).toBe('done');
  });

  it('of who has lost the phone never comes: closed by time, and the seat attends', async () => {
    const ballot = await begin();
    const [one, two] = await takeAtOnce(v, ballot, THREE);
    await v.start(ballot);
    expect(await cast(voteWith(one as Signed, ['against']))).toBe('done');
    expect(await cast(voteWith(two as Signed, ['against']))).toBe('done');
    // A phone that has nothing gets no second paper.
    await refused(() => takeSlip(v, makeSlip(v, ballot, 'shequ6')), '409 otherTaken');
    v.after(30 * MINUTE - 1);
    await v.t.services.ballots.tick();
    expect(boxOf(ballot)?.phase).toBe('casting');
    v.after(1);
    await v.t.services.ballots.tick();
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({ attending: 3, issued: 3, received: 2, recalled: true });
  });
});

describe('taking', () => {
  it('is of one’s own seat only, once, and for nobody without one', async () => {
    const ballot = await begin({ guest: 'yibao' });
    await v.signIn(ballot, 'shequ4');
    const slip = makeSlip(v, ballot, 'shequ4');
    const as = (login: string) => () => takeSlip(v, { ...slip, login });
    await refused(as(''), '401 signIn');
    await refused(as('minzheng'), '403 forbidden');
    await refused(as('yibao'), '403 forbidden');
    await refused(as('shequ5'), '403 notOnRoll');
    await refused(as('shequ9'), '403 notOnRoll');
    const named = { blinded: slip.papers[0]?.blinded, second: slip.papers[1]?.blinded };
    const forOther = { ...named, seatId: v.seat('shequ5') };
    await refused(
      () => v.send('shequ4', 'POST', `/ballots/${ballot}/take`, forOther),
      '422 invalid',
    );
    // Two tabs with one paper are one; with a paper each, the first has it.
    const [a, b] = await Promise.all([takeSlip(v, slip), takeSlip(v, slip)]);
    expect(await a.text()).toBe(await b.text());
    await refused(() => takeSlip(v, makeSlip(v, ballot, 'shequ4')), '409 otherTaken');
    // What another seat has blinded is signed for it too; it is no second paper of the first.
    await v.signIn(ballot, 'shequ5');
    expect(await outcome(await as('shequ5')())).toBe('done');
    expect(v.t.services.ballots.takers(ballot)).toHaveLength(2);
  });

  it('answers who lost the answer while others cast, and nobody who comes late', async () => {
    const ballot = await begin({ came: [...THREE, 'shequ7', 'shequ8'] });
    const slips = THREE.map((login) => makeSlip(v, ballot, login));
    await v.signIn(ballot, ...THREE, 'shequ7');
    const answers = [];
    for (const slip of slips) answers.push(await (await takeSlip(v, slip)).text());
    await post('minzheng', `/ballots/${ballot}/announce`);
    v.after(5 * MINUTE);
    await v.start(ballot);
    for (const [index, slip] of slips.entries()) {
      expect(await (await takeSlip(v, slip)).text()).toBe(answers[index]);
    }
    for (const login of ['shequ7', 'shequ8']) {
      const code = login === 'shequ7' ? '409 notTaking' : '403 notOnRoll';
      await refused(() => takeSlip(v, makeSlip(v, ballot, login)), code);
    }
    // A page that still shows the state before.
    for (const [login, step] of [
      ...([
        ['shequ7', 'sign-in'],
        ['shequ7', 'decline'],
        ['minzheng', 'announce'],
      ] as const),
      ['minzheng', 'start'] as const,
    ]) {
      await refused(() => v.send(login, 'POST', `/ballots/${ballot}/${step}`), '409 ballotState');
    }
  });

  it('gives the first paper where a stop came between both, and the closing before the retry', async () => {
    const ballot = await begin();
    const slips = THREE.map((login) => makeSlip(v, ballot, login));
    await v.signIn(ballot, ...THREE);
    const [cut, ...others] = slips;
    const [first] = cut?.papers ?? [];
    if (!cut || !first) throw new Error('an evaluation has a first paper');
    await v.t.services.ballots.take(ballot, v.seat('shequ4'), first.blinded);
    for (const slip of others) await signSlip(v, slip);
    await v.start(ballot);
    const answer = (await (await takeSlip(v, cut)).json()) as { second: unknown };
    expect(answer).toMatchObject({ ballot, blindSignature: expect.any(String), second: null });
  });

  it('that is under way when the sign-in closes is waited for', async () => {
    const ballot = await begin();
    await v.signIn(ballot, ...THREE);
    const slips = THREE.map((login) => makeSlip(v, ballot, login));
    await Promise.all(slips.slice(1).map((slip) => signSlip(v, slip)));
    const [late] = slips;
    if (!late) throw new Error('three have signed in');
    const [signed, started] = await Promise.all([
      signSlip(v, late),
      v.send('minzheng', 'POST', `/ballots/${ballot}/start`),
    ]);
    expect(signed.signatures).toHaveLength(2);
    if (!started.ok) await v.start(ballot);
    expect(boxOf(ballot)).toMatchObject({ phase: 'casting', issued: 3 });
    expect(await cast(voteWith(signed, ['for']))).toBe('done');
  });
});

describe('who leads', () => {
  it('stays who it was when the chair resigns from the committee in the middle', async () => {
    const ballot = await begin({ chair: 'jingyi', came: [...THREE, 'jingyi'] });
    await takeAtOnce(v, ballot, [...THREE, 'jingyi']);
    v.after(1000);
    expect(await post('jingyi', '/committee/resign')).toBe('done');
    await refused(() => v.send('jingyi', 'POST', `/ballots/${ballot}/start`), '403 forbidden');
    await v.start(ballot, 'minzheng');
    expect(boxOf(ballot)?.phase).toBe('casting');
  });
});

describe('a clock that jumps', () => {
  it('shortens and lengthens no casting', async () => {
    const ballot = await begin();
    const signed = await takeAtOnce(v, ballot, THREE);
    const { ballots } = v.t.services;
    await v.start(ballot);
    expect(boxOf(ballot)?.castUntil).toBe(v.now() + 30 * MINUTE);
    // The test application has one clock; the wall's alone is turned in ballotTrouble.test.ts.
    v.after(-24 * 60 * MINUTE);
    await ballots.tick();
    expect(boxOf(ballot)?.phase).toBe('casting');
    for (const one of signed) expect(await cast(voteWith(one, ['for']))).toBe('done');
    expect((await v.ended(ballot)).result).toMatchObject({ received: 3, recalled: false });
  });

  it('set back while the closing is announced lets it be announced again', async () => {
    const ballot = await begin();
    await takeAtOnce(v, ballot, THREE.slice(1));
    await v.signIn(ballot, 'shequ4');
    const step = (name: string) => () => v.send('minzheng', 'POST', `/ballots/${ballot}/${name}`);
    expect(await outcome(await step('announce')())).toBe('done');
    v.after(-24 * 60 * MINUTE);
    await refused(step('start'), '409 announceFirst');
    expect(await outcome(await step('announce')())).toBe('done');
    await refused(step('start'), '409 signInOpen');
    v.after(5 * MINUTE);
    expect(await outcome(await step('start')())).toBe('done');
    expect((await v.ended(ballot)).state).toBe('void');
  });
});

describe('19 at once', () => {
  it('take, are kept from leaving, and cast: all of them count, once', async () => {
    const ballot = await begin({ came: ALL });
    const signed = await takeAtOnce(v, ballot, ALL);
    expectBallotCounts(v.t);
    const password = 'yuanzhuo-demo';
    const erase = async () => (await v.t.as('shequ9')).send('POST', '/api/me/erase', { password });
    const leaving = [
      () => handOverTo(v, 'shequ9'),
      () => v.send('minzheng', 'POST', `/seats/${v.seat('shequ9')}/retire`),
      () => v.send('minzheng', 'POST', '/sessions/9/close'),
      erase,
    ];
    for (const one of leaving) await refused(one, '409 ballotOpen');
    await v.start(ballot);
    for (const one of leaving) await refused(one, '409 ballotOpen');
    const votes = signed.map((one, index) => voteWith(one, [index < 12 ? 'against' : 'for']));
    const answers = await Promise.all([...votes, ...votes].map(cast));
    expect(new Set(answers)).toEqual(new Set(['done']));
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({ attending: 19, issued: 19, received: 19, against: 12 });
  });
});
