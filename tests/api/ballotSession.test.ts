import { afterEach, describe, expect, it } from 'vitest';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { told, toldNames } from '../support/heldMeeting.ts';
import { outcome } from '../support/meeting.ts';
import { COMMITTEE, createVoting, type Voting, type VotingPlan } from '../support/voting.ts';

const ALL = DEMO_SEATS.map(({ login }) => login);

let v: Voting;
afterEach(() => v.t.close());
const begin = async (plan: VotingPlan): Promise<void> => {
  v = await createVoting(plan);
};

interface Page {
  readonly state: string;
  readonly result: Record<string, unknown> & { elected?: string[]; counts?: object[] };
  readonly bulletin: string | null;
  readonly second: { closed: boolean; papers: number | null; comments: string[] | null } | null;
}
const page = (ballot: string) => v.read<Page>('', `/ballots/${ballot}`);
const count = (sql: string): unknown => v.t.services.db.sqlite.prepare(sql).pluck().get();

/** The whole way: each named signs in, takes and casts. */
async function vote(ballot: string, votes: Readonly<Record<string, string>>): Promise<void> {
  const taken = new Map<string, Awaited<ReturnType<Voting['take']>>>();
  for (const login of Object.keys(votes)) taken.set(login, await v.take(login, ballot));
  await v.start(ballot);
  for (const [login, choice] of Object.entries(votes)) {
    const first = taken.get(login)?.[0];
    expect(await outcome(await v.cast(first, [choice]))).toBe('done');
  }
}

describe('an evaluation', () => {
  it('recalls the committee with 12 of 19 against', async () => {
    await begin({ came: ALL });
    const ballot = await v.call('evaluation');
    const against = ALL.slice(0, 12).map((login) => [login, 'against']);
    const others = ALL.slice(12).map((login) => [login, 'for']);
    await vote(ballot, Object.fromEntries([...against, ...others]));
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({
      ...{ kind: 'evaluation', due: 19, attending: 19, issued: 19, received: 19 },
      ...{ for: 7, against: 12, abstain: 0, recalled: true },
    });
    expect(result).toMatchObject({ members: COMMITTEE.map((community) => ({ community })) });
    expect(count('SELECT count(*) FROM committee_member WHERE ended_at IS NULL')).toBe(0);
    expect(count("SELECT count(*) FROM election WHERE kind = 'again'")).toBe(1);
    expect(told(v.t, 'evaluation.decided')[0]?.data).toMatchObject({ against: 12, recalled: true });
  }, 60_000);

  it('leaves the committee with 11 of 19 against, of whom eight declined their ballot', async () => {
    await begin({ came: ALL });
    const ballot = await v.call('evaluation');
    await v.signIn(ballot, ...ALL.slice(11));
    for (const login of ALL.slice(11)) await v.send(login, 'POST', `/ballots/${ballot}/decline`);
    await vote(ballot, Object.fromEntries(ALL.slice(0, 11).map((login) => [login, 'against'])));
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({ attending: 19, issued: 11, against: 11, recalled: false });
    expect(count('SELECT count(*) FROM committee_member WHERE ended_at IS NULL')).toBe(3);
  }, 60_000);

  it('leaves the committee with exactly 60% against; abstained, not cast, not taken all attend', async () => {
    await begin({ came: ['jingyi', 'shequ4', 'shequ5', 'shequ6', 'shequ7'] });
    const ballot = await v.call('evaluation');
    await v.signIn(ballot, 'shequ7');
    expect(await outcome(await v.send('shequ7', 'POST', `/ballots/${ballot}/decline`))).toBe(
      'done',
    );
    const [first, ...others] = [
      await v.take('jingyi', ballot),
      await v.take('shequ4', ballot),
      await v.take('shequ5', ballot),
      await v.take('shequ6', ballot),
    ];
    await v.start(ballot);
    for (const [one] of others) await v.cast(one, ['against']);
    expect(await page(ballot)).toMatchObject({ state: 'casting', result: null, bulletin: null });
    v.after(30 * 60_000);
    await v.t.services.ballots.tick();
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({
      ...{ attending: 5, issued: 4, received: 3, against: 3, recalled: false },
    });
    expect(await outcome(await v.cast(first[0], ['for']))).toBe('409 castingOver');
    expect(count('SELECT count(*) FROM committee_member WHERE ended_at IS NULL')).toBe(3);
  });

  it('stores the result once, with the bulletin as it is published', async () => {
    await begin({ came: ['shequ4', 'shequ5', 'shequ6'] });
    const ballot = await v.call('evaluation');
    await vote(ballot, { shequ4: 'for', shequ5: 'abstain', shequ6: 'against' });
    await v.ended(ballot);
    const { bulletin } = await page(ballot);
    const response = await v.t.visitor.get(
      `/api/salons/fuping-demo/ballots/${ballot}/bulletin.json`,
    );
    expect(response.headers.get('etag')).toBe(`"${bulletin}"`);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const bytes = await response.arrayBuffer();
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    expect(Buffer.from(digest).toString('hex')).toBe(bulletin);
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({ ballot, received: 3 });
    expect(count("SELECT count(*) FROM audit WHERE action = 'ballot.settle'")).toBe(1);
    expect(count("SELECT detail FROM audit WHERE action = 'ballot.settle'")).toContain(bulletin);
  });

  it('shows marks and comments of the second paper once that is closed too', async () => {
    await begin({ came: ['shequ4', 'shequ5', 'shequ6'] });
    const ballot = await v.call('evaluation');
    const papers = [];
    for (const login of ['shequ4', 'shequ5', 'shequ6']) papers.push(await v.take(login, ballot));
    await v.start(ballot);
    for (const [first] of papers) await v.cast(first, ['for']);
    await v.ended(ballot);
    expect((await page(ballot)).second).toMatchObject({
      closed: false,
      papers: null,
      comments: null,
    });
    const comments = ['丙', '甲', '乙'];
    for (const [index, [, second]] of papers.entries()) {
      const choice = { marks: {}, comment: comments[index] ?? '' };
      expect(await outcome(await v.cast(second, choice))).toBe('done');
    }
    await expect.poll(async () => (await page(ballot)).second?.closed).toBe(true);
    expect((await page(ballot)).second).toMatchObject({ papers: 3, comments: ['丙', '乙', '甲'] });
  });
});

describe('an election', () => {
  it('puts those with most votes in office', async () => {
    await begin({
      came: ['shequ4', 'shequ5', 'shequ6', 'shequ7'],
      candidates: ['jingyi', 'weiyun', 'shantuo', 'shequ4'],
    });
    const ballot = await v.call('election');
    const [a = '', b = '', c = '', d = ''] = ['jingyi', 'weiyun', 'shantuo', 'shequ4'].map(v.seat);
    const papers = [];
    for (const login of ['shequ4', 'shequ5', 'shequ6', 'shequ7']) {
      papers.push((await v.take(login, ballot))[0]);
    }
    await v.start(ballot);
    for (const [index, names] of [[a, b, c], [a, b, c], [a, d], []].entries()) {
      expect(await outcome(await v.cast(papers[index], names))).toBe('done');
    }
    const { result } = await v.ended(ballot);
    expect(result).toMatchObject({ kind: 'election', places: 3, blank: 1, attending: 4, tied: [] });
    expect(new Set(result?.['elected'] as string[])).toEqual(new Set([a, b, c]));
    expect(count('SELECT count(*) FROM committee_member WHERE ended_at IS NULL')).toBe(3);
    expect(count('SELECT state FROM election')).toBe('decided');
  });
});

describe('a ballot that comes to nothing', () => {
  it('is void with two taken, and waits for the next session', async () => {
    await begin({ came: ['shequ4', 'shequ5', 'shequ6'] });
    const ballot = await v.call('evaluation');
    await v.take('shequ4', ballot);
    await v.take('shequ5', ballot);
    await v.start(ballot);
    expect((await v.ended(ballot)).state).toBe('void');
    expect(toldNames(v.t, 'ballot.void')).toContain('shequ6');
    expect(v.t.services.ballots.isOpen()).toBe(false);
    const again = await v.send('minzheng', 'POST', '/sessions/9/ballots', { kind: 'evaluation' });
    expect(await outcome(again)).toBe('409 ballotNotDue');
    expect(count('SELECT count(*) FROM ballot')).toBe(1);
  });

  it('is void below the quorum, which only an evaluation has', async () => {
    await begin({ came: ['shequ4', 'shequ5', 'shequ6'] });
    await v.send('minzheng', 'PATCH', '/settings', { quorumPercent: 50 });
    const ballot = await v.call('evaluation');
    for (const login of ['shequ4', 'shequ5', 'shequ6']) await v.take(login, ballot);
    await v.start(ballot);
    const row = count("SELECT void_reason || attending || '/' || due FROM ballot");
    expect(row).toBe('quorum3/19');
    expect(v.t.services.ballots.isOpen()).toBe(false);
    expect(v.t.services.ballots.facts(ballot)?.voidReason).toBe('quorum');
  });
});
