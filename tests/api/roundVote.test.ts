import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import {
  createRounds,
  expectRefused,
  type Rounds,
  SECRETARIES,
  SITUATION,
  TIMES,
} from '../support/rounds.ts';
import { addOtherSalon } from '../support/testApp.ts';

const [first = '', second = '', third = ''] = SECRETARIES;
let salon: Rounds;
let topics: string[];
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
  await salon.until(TIMES.opens);
  topics = [];
  for (const login of [first, first, second, third]) topics.push(await salon.propose(login));
  await salon.until(TIMES.votes);
});
afterEach(() => salon.close());

const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);
const pick = (...which: number[]): string[] => which.map((index) => topics[index] ?? '');
/** A seat's choices, from the database. */
const stored = (login: string): string[] =>
  salon
    .rows<{ id: string }>('SELECT topic_id AS id FROM vote WHERE seat_id = ?', salon.seatOf(login))
    .map(({ id }) => id)
    .sort();

describe('a vote', () => {
  it('has three equal votes, one’s own proposal among them', async () => {
    const response = await salon.vote(first, pick(0, 1, 2));
    expect(await response.json()).toEqual({ votes: pick(0, 1, 2), voters: 1 });
    expect(stored(first)).toEqual(pick(0, 1, 2).sort());
    expect((await salon.round(first)).me?.votes.toSorted()).toEqual(pick(0, 1, 2).sort());
    // Only one’s own choices are shown.
    expect((await salon.round(second)).me?.votes).toEqual([]);
    expect((await salon.round('minzheng')).me).toBeNull();
  });

  it('may be changed as often as one likes; the last choice stands', async () => {
    await salon.vote(first, pick(0, 1, 2));
    await salon.vote(first, pick(3));
    expect(stored(first)).toEqual(pick(3));
    await salon.vote(first, pick(2, 1));
    expect(stored(first)).toEqual(pick(1, 2).sort());
    expect(await salon.round(second)).toMatchObject({ voters: 1, seats: 19 });
  });

  it('is taken back with an empty list', async () => {
    await salon.vote(first, pick(0));
    const response = await salon.vote(first, []);
    expect(await response.json()).toEqual({ votes: [], voters: 0 });
    expect(stored(first)).toEqual([]);
  });

  it.each([
    ['four topics', () => pick(0, 1, 2, 3), [422, 'tooManyVotes']],
    ['one topic twice', () => pick(0, 0), [422, 'invalid']],
    ['one that there is not', () => ['0'.repeat(20)], [422, 'notOnBallot']],
    [
      'one good and one that there is not',
      () => [...pick(0), '0'.repeat(20)],
      [422, 'notOnBallot'],
    ],
    ['something that is no id', () => ["' OR 1=1 --"], [422, 'invalid']],
  ] as [string, () => string[], [number, string]][])(
    'is refused for %s',
    async (_, list, wanted) => {
      await salon.vote(first, pick(3));
      await refused(() => salon.vote(first, list()), wanted);
    },
  );

  it('is refused for a topic that is not on the ballot', async () => {
    const draft = await salon.draft(first, { title: '楼道灯没有人修', situation: SITUATION });
    await refused(() => salon.vote(first, [draft]), [422, 'notOnBallot']);
  });

  test.each(['minzheng', 'admin', 'xueyuan', 'peixun', 'yibao'])(
    'is none of %s’s, who has no seat',
    async (login) => {
      await refused(() => salon.vote(login, pick(0)), [403, 'forbidden']);
    },
  );

  it('follows the salon’s own number of votes', async () => {
    const change = { votesPerSeat: 1 };
    expect((await salon.send('minzheng', 'PATCH', '/settings', change)).status).toBe(200);
    await refused(() => salon.vote(first, pick(0, 1)), [422, 'tooManyVotes']);
    expect((await salon.vote(first, pick(0))).status).toBe(200);
  });
});

describe('at the same instant', () => {
  it('nineteen seats vote, and every vote is there', async () => {
    const all = SECRETARIES.map((login, index) =>
      salon.vote(login, pick(index % 4, (index + 1) % 4)),
    );
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual(all.map(() => 200));
    for (const [index, login] of SECRETARIES.entries()) {
      expect(stored(login)).toEqual(pick(index % 4, (index + 1) % 4).sort());
    }
    await salon.until(TIMES.closes);
    const { topics: ranked, voters } = await salon.round(first);
    const wanted = topics.map((id, at) => [
      id,
      SECRETARIES.filter((_, index) => index % 4 === at || (index + 1) % 4 === at).length,
    ]);
    expect(voters).toBe(19);
    expect(Object.fromEntries(ranked.map(({ id, votes }) => [id, votes]))).toEqual(
      Object.fromEntries(wanted),
    );
  });

  it('one seat clicks many times, or asks again after a time-out: as once', async () => {
    const same = await Promise.all([1, 2, 3, 4].map(() => salon.vote(first, pick(0, 1))));
    expect(same.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(stored(first)).toEqual(pick(0, 1).sort());
    // Of two tabs with different choices one wins whole; never a mixture, never four votes.
    await Promise.all([salon.vote(first, pick(0, 1)), salon.vote(first, pick(2, 3))]);
    expect([pick(0, 1).sort(), pick(2, 3).sort()]).toContainEqual(stored(first));
    expect((await salon.round(second)).voters).toBe(1);
  });

  it('a request key makes no difference, and nothing of it is kept', async () => {
    const client = await salon.as(first);
    const path = '/api/salons/fuping-demo/rounds/now/vote';
    const key = { 'idempotency-key': 'one-and-the-same-key' };
    for (const list of [pick(0), pick(1), pick(0)]) {
      const response = await client.send('PUT', path, { topics: list }, key);
      expect(response.status).toBe(200);
      expect(stored(first)).toEqual(list);
    }
    expect(salon.rows('SELECT * FROM replay')).toEqual([]);
  });
});

describe('the clock', () => {
  it('closes the vote, even before the scheduler has looked', async () => {
    salon.at(TIMES.closes, -1);
    expect((await salon.vote(first, pick(0))).status).toBe(200);
    salon.at(TIMES.closes);
    expect((await salon.round(first)).state).toBe('voting');
    await refused(() => salon.vote(first, pick(1)), [409, 'votingClosed']);
    await refused(() => salon.vote(first, []), [409, 'votingClosed']);
    await refused(() => salon.vote(second, pick(1)), [409, 'votingClosed']);
    await salon.tick();
    expect((await salon.round(first)).topics[0]).toMatchObject({
      id: topics[0],
      votes: 1,
      rank: 1,
    });
    await refused(() => salon.vote(first, pick(1)), [409, 'votingClosed']);
  });

  it('crossing the close among many votes counts those before it and no other', async () => {
    const early = SECRETARIES.slice(0, 9).map((login) => salon.vote(login, pick(0)));
    const before = await Promise.all(early);
    salon.at(TIMES.closes);
    const late = SECRETARIES.slice(9).map((login) => salon.vote(login, pick(1)));
    const [after] = await Promise.all([Promise.all(late), salon.tick(), salon.tick()]);
    expect(before.map(({ status }) => status)).toEqual(before.map(() => 200));
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 409));
    const { topics: ranked, voters } = await salon.round(first);
    expect(voters).toBe(9);
    expect(ranked.map(({ votes }) => votes)).toEqual([9, 0, 0, 0]);
  });

  it('has not opened the next vote: in the proposing phase there is none', async () => {
    const early = await createRounds();
    await early.convene();
    await early.until(TIMES.opens);
    const id = await early.propose(first);
    await expectRefused(early, () => early.vote(first, [id]), [409, 'votingClosed']);
    early.close();
  });
});

describe('a seat that changes hands during the vote', () => {
  const handOver = () =>
    salon.send('minzheng', 'POST', `/seats/${salon.seatOf(first)}/hand-over`, {
      person: { name: '新书记', userName: 'xinshuji' },
    });

  it('votes anew: its choice is gone, and the next holder neither sees nor keeps it', async () => {
    await salon.vote(first, pick(0, 1));
    const seat = salon.seatOf(first);
    expect((await handOver()).status).toBe(200);
    expect(salon.rows('SELECT * FROM vote WHERE seat_id = ?', seat)).toEqual([]);
    expect(await salon.round('xinshuji')).toMatchObject({ voters: 0, me: { votes: [] } });
    await refused(() => salon.vote(first, pick(0)), [404, 'notFound']);
    expect((await salon.vote('xinshuji', pick(2))).status).toBe(200);
    await salon.until(TIMES.closes);
    const votes = (await salon.round(second)).topics.map(({ id, votes: total }) => [id, total]);
    expect(Object.fromEntries(votes)).toMatchObject({
      [pick(0)[0] ?? '']: 0,
      [pick(2)[0] ?? '']: 1,
    });
  });

  it('has no vote once it is retired, and its choice does not count', async () => {
    await salon.vote(first, pick(0));
    await salon.vote(second, pick(0));
    const seat = salon.seatOf(first);
    expect((await salon.send('minzheng', 'POST', `/seats/${seat}/retire`)).status).toBe(200);
    await refused(() => salon.vote(first, pick(0)), [404, 'notFound']);
    await salon.until(TIMES.closes);
    expect(await salon.round(second)).toMatchObject({ voters: 1, seats: 18 });
    expect((await salon.round(second)).topics[0]).toMatchObject({ votes: 1 });
  });
});

describe('another salon', () => {
  it('has no vote here, and nobody of here has one there', async () => {
    const other = await addOtherSalon(salon);
    await refused(() => salon.vote('qitashuji', pick(0)), [404, 'notFound']);
    const theirs = await salon.as('qitashuji');
    const path = `/api/salons/${other.slug}/rounds/2026-11/vote`;
    await refused(() => theirs.send('PUT', path, { topics: pick(0) }), [404, 'notFound']);
  });
});
