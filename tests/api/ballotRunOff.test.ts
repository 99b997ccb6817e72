import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { expectBallotCounts } from '../support/ballotCounts.ts';
import { outcome } from '../support/meeting.ts';
import { castVote, takeAtOnce, voteWith } from '../support/sealedVoting.ts';
import { createVoting, type Voting } from '../support/voting.ts';

const THREE = ['shequ4', 'shequ5', 'shequ6'];

let v: Voting;
afterEach(() => v.t.close());

interface Page {
  readonly title: string;
  readonly bulletin: string;
  readonly result: {
    readonly places: number;
    readonly elected: string[];
    readonly tied: string[];
    readonly lots: { seatId: string; digest: string }[] | null;
  };
}

/** One ballot of the election, whatever it is called. @param papers the names on each */
async function vote(papers: readonly (readonly string[])[]): Promise<Page & { ballot: string }> {
  const ballot = await v.call('election');
  const signed = await takeAtOnce(v, ballot, THREE);
  await v.start(ballot);
  for (const [index, one] of signed.entries()) {
    expect(await outcome(await castVote(v, voteWith(one, papers[index] ?? [])))).toBe('done');
  }
  await v.ended(ballot);
  expectBallotCounts(v.t);
  v.after(1000);
  return { ballot, ...(await v.read<Page>('', `/ballots/${ballot}`)) };
}

const inOffice = (): unknown[] =>
  v.t.services.db.sqlite
    .prepare('SELECT seat_id FROM committee_member WHERE ended_at IS NULL ORDER BY seat_id')
    .pluck()
    .all();

describe('an election of three voters', () => {
  it('goes from a tie through two run-offs to lots that anybody can draw again', async () => {
    const standing = ['jingyi', 'weiyun', 'shantuo', 'shequ7', 'shequ8'];
    v = await createVoting({ came: THREE, candidates: standing });
    const [a = '', b = '', ...level] = standing.map(v.seat);
    const [c = '', d = '', e = ''] = level;
    const inTie = level.toSorted();

    const first = await vote([
      [a, b, c],
      [a, b, d],
      [a, b, e],
    ]);
    expect(first.result).toMatchObject({ places: 3, lots: null });
    expect(first.result.elected.toSorted()).toEqual([a, b].sort());
    expect(first.result.tied.toSorted()).toEqual(inTie);
    expect(inOffice()).toEqual([]);

    // Each has one vote; or nobody has any: they stay level.
    for (const [papers, lots] of [
      [[[c], [d], [e]], false],
      [[[], [], []], true],
    ] as const) {
      const page = await vote(papers);
      expect(page.title).toContain(lots ? '第 2 次加投' : '第 1 次加投');
      expect(page.result.places).toBe(1);
      if (!lots) {
        expect(page.result).toMatchObject({ elected: [], lots: null });
        expect(page.result.tied.toSorted()).toEqual(inTie);
        continue;
      }
      const hash = Buffer.from(page.bulletin, 'hex');
      const digest = (seat: string): string => {
        const bytes = Buffer.concat([Buffer.from(page.ballot), hash, Buffer.from(seat)]);
        return createHash('sha256').update(bytes).digest('hex');
      };
      const drawn = inTie.map((seatId) => ({ seatId, digest: digest(seatId) }));
      drawn.sort((one, other) => (one.digest < other.digest ? -1 : 1));
      expect(page.result.lots).toEqual(drawn);
      expect(page.result).toMatchObject({ elected: [drawn[0]?.seatId], tied: [] });
      expect(inOffice()).toEqual([a, b, drawn[0]?.seatId].sort());
    }
    const again = await v.send('minzheng', 'POST', '/sessions/9/ballots', { kind: 'election' });
    expect(await outcome(again)).toBe('409 ballotNotDue');
  }, 60_000);
});
