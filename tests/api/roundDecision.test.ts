import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRounds, expectRefused, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';

const [first = '', second = '', third = '', fourth = '', fifth = ''] = SECRETARIES;
let salon: Rounds;
let a: string;
let b: string;
let c: string;
let d: string;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
  await salon.until(TIMES.opens);
  a = await salon.propose(first, '楼道灯没有人修');
  b = await salon.propose(second, '电动车没有地方充电');
  c = await salon.propose(third, '老楼没有电梯');
  d = await salon.propose(fourth, '小广告贴满楼道');
  await salon.send(fifth, 'PUT', `/topics/${b}/support`, { support: true });
  await salon.until(TIMES.votes);
  // a 3, b and c 1 each, d none.
  await salon.vote(first, [a, b]);
  await salon.vote(second, [a, c]);
  await salon.vote(third, [a]);
});
afterEach(() => salon.close());

const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);
const closeVote = () => salon.until(TIMES.closes);
const decided = async (confirm: readonly string[], note = '', month = 'now') => {
  const response = await salon.decide(confirm, note, month);
  expect(response.status, await response.clone().text()).toBe(200);
};
const states = () =>
  Object.fromEntries(
    salon
      .rows<{ id: string; state: string }>('SELECT id, state FROM topic')
      .map(({ id, state }) => [id, state]),
  );
/** December’s round, with its vote open. */
async function nextVote(): Promise<void> {
  await salon.until('2026-12-03T08:00');
  await salon.until('2026-12-17T08:00');
}

describe('after the close', () => {
  it('everyone sees totals and ranks; ties share a rank, and the next stands as many lower', async () => {
    await closeVote();
    const { topics, state, voters } = await salon.round(fifth);
    expect([state, voters]).toEqual(['review', 3]);
    const shown = topics.map(({ id, votes, rank }) => [id, votes, rank]);
    expect(shown).toEqual([
      [a, 3, 1],
      [b, 1, 2],
      [c, 1, 2],
      [d, 0, 4],
    ]);
    expect((await salon.round('minzheng')).mayDecide).toBe(true);
    expect((await salon.round(first)).mayDecide).toBe(false);
    expect(await salon.told('minzheng')).toContain(
      '2026年11月的议题投票已截止，请综合研判、确定议题。',
    );
    expect(await salon.told(fifth)).toContain('2026年11月的议题投票已截止，结果已公布。');
  });
});

describe('the decision', () => {
  it('waits for the close and is the reviewer’s alone', async () => {
    await refused(() => salon.decide([a]), [409, 'notInReview']);
    await closeVote();
    const body = { confirm: [a], note: '' };
    for (const login of [first, 'admin', 'xueyuan']) {
      const ask = () => salon.send(login, 'POST', '/rounds/now/decision', body);
      await refused(ask, [403, 'forbidden']);
    }
  });

  it('confirms the first without a reason: on the agenda, the others roll over', async () => {
    await closeVote();
    await decided([a]);
    expect(states()).toEqual({
      [a]: 'scheduled',
      [b]: 'rolled-over',
      [c]: 'rolled-over',
      [d]: 'rolled-over',
    });
    const agenda = salon.rows('SELECT topic_id, title, position FROM agenda_item');
    expect(agenda).toEqual([{ topic_id: a, title: '楼道灯没有人修', position: 1 }]);
    expect((await salon.told(fifth)).slice(0, 2)).toEqual([
      '2026年11月的议题已确定：楼道灯没有人修。',
      // Fifth supports it.
      '议题“电动车没有地方充电”这一轮没有确定，自动进入下一轮投票。',
    ]);
    expect(await salon.told(first)).toContain('议题“楼道灯没有人修”已确定上会。');
  });

  it('needs a public reason for one not ranked first, for several not all first, and for none', async () => {
    await closeVote();
    for (const confirm of [[b], [a, b], []]) {
      await refused(() => salon.decide(confirm), [422, 'decisionReason']);
      await refused(() => salon.decide(confirm, ' \n '), [422, 'decisionReason']);
    }
    await decided([b], '消防部门这个月可以到会');
    const round = await salon.round(first);
    expect(round).toMatchObject({ state: 'decided', decisionNote: '消防部门这个月可以到会' });
    const card = round.topics.find(({ id }) => id === b);
    expect(card).toMatchObject({ outcome: 'confirmed', reason: '消防部门这个月可以到会' });
  });

  it('of none rolls all over, and says so', async () => {
    await closeVote();
    await decided([], '本月先处理上期的待办');
    expect(new Set(Object.values(states()))).toEqual(new Set(['rolled-over']));
    expect((await salon.told(fifth))[0]).toBe('2026年11月没有确定议题。');
    expect(salon.rows('SELECT * FROM agenda_item')).toEqual([]);
  });

  it('of one that is not on the ballot is refused', async () => {
    await closeVote();
    await refused(() => salon.decide([a, '0'.repeat(20)], '理由在此'), [422, 'notOnBallot']);
  });

  it('is taken once: clicked twice, or by two tabs that choose otherwise', async () => {
    await closeVote();
    const both = await Promise.all([salon.decide([a]), salon.decide([b], '因为别的')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const chosen = Object.values(states()).filter((state) => state === 'scheduled');
    expect(chosen).toHaveLength(1);
    await refused(() => salon.decide([a], '再来一次'), [409, 'notInReview']);
  });

  it('gives a reason to each that asks for one', async () => {
    await closeVote();
    const body = { confirm: [a], reasons: { [b]: '下月消防部门到会' } };
    const response = await salon.send('minzheng', 'POST', '/rounds/now/decision', body);
    expect(response.status).toBe(200);
    const card = (await salon.round(first)).topics.find(({ id }) => id === b);
    expect(card).toMatchObject({ outcome: 'rolled-over', reason: '下月消防部门到会' });
    expect(await salon.told(second)).toContain(
      '议题“电动车没有地方充电”这一轮没有确定，自动进入下一轮投票。理由：下月消防部门到会',
    );
  });
});

describe('the next round', () => {
  beforeEach(async () => {
    await closeVote();
    await decided([a]);
  });

  it('has them on its ballot at once, beside two new ones a seat; supports carry over, votes do not', async () => {
    await salon.until('2026-12-03T08:00');
    const round = await salon.round(second);
    expect(round).toMatchObject({ month: '2026-12', state: 'proposing', me: { proposalsLeft: 2 } });
    expect(
      round.topics.map(({ id, state, supports, votes, second: again }) => ({
        id,
        state,
        supports,
        votes,
        again,
      })),
    ).toEqual([
      { id: b, state: 'on-ballot', supports: 1, votes: null, again: true },
      { id: c, state: 'on-ballot', supports: 0, votes: null, again: true },
      { id: d, state: 'on-ballot', supports: 0, votes: null, again: true },
    ]);
    await salon.until('2026-12-17T08:00');
    expect(await salon.round(first)).toMatchObject({ voters: 0, me: { votes: [] } });
    await salon.vote(first, [c]);
    await salon.until('2026-12-21T20:00');
    const votes = (await salon.round(first)).topics.map(({ id, votes: total }) => [id, total]);
    expect(Object.fromEntries(votes)).toEqual({ [b]: 0, [c]: 1, [d]: 0 });
    // And the last round’s record stands as it was.
    const before = (await salon.round(first, '2026-11')).topics.map(({ votes: total }) => total);
    expect(before).toEqual([3, 1, 1, 0]);
  });

  it('lapses what is passed over a second time; it may be proposed again as a new one', async () => {
    await nextVote();
    await salon.vote(first, [c]);
    await salon.until('2026-12-21T20:00');
    await decided([c]);
    expect(states()).toMatchObject({ [b]: 'lapsed', [c]: 'scheduled', [d]: 'lapsed' });
    expect(await salon.told(fifth)).toContain(
      '议题“电动车没有地方充电”两轮没有确定，已失效，可以重新提出。',
    );
    const again = await salon.draft(second, {
      title: '电动车充电',
      situation: '楼下没有充电桩，只好飞线。',
      againOf: b,
    });
    expect(await salon.read(second, `/topics/${again}`)).toMatchObject({
      againOf: { id: b },
      state: 'draft',
      supports: 0,
    });
  });

  it('leaves out what was withdrawn between; the record of its ballot keeps it', async () => {
    expect((await salon.send(second, 'POST', `/topics/${b}/withdraw`)).status).toBe(200);
    await nextVote();
    expect((await salon.round(first)).topics.map(({ id }) => id).sort()).toEqual([c, d].sort());
    const record = (await salon.round(first, '2026-11')).topics;
    expect(record.map(({ id, votes, outcome }) => [id, votes, outcome])).toEqual([
      [a, 3, 'confirmed'],
      [b, 1, 'rolled-over'],
      [c, 1, 'rolled-over'],
      [d, 0, 'rolled-over'],
    ]);
  });

  it('refuses to withdraw what rolled over, once it is on the ballot', async () => {
    await salon.until('2026-12-03T08:00');
    const ask = () => salon.send(second, 'POST', `/topics/${b}/withdraw`);
    await refused(ask, [409, 'topicState']);
  });
});

describe('a topic whose session is cancelled', () => {
  const schedule = (id: string, number: number, login = 'minzheng') =>
    salon.send(login, 'POST', `/topics/${id}/schedule`, { number });

  it('may be put on another that is planned, by the host, once', async () => {
    await closeVote();
    await decided([a]);
    await salon.until('2026-12-03T08:00');
    await refused(() => schedule(a, 2), [409, 'topicState']);
    salon.services.db.sqlite
      .prepare("UPDATE topic SET state = 'confirmed', session_id = NULL WHERE id = ?")
      .run(a);
    await refused(() => schedule(a, 2, first), [403, 'forbidden']);
    await refused(() => schedule(a, 7), [404, 'notFound']);
    salon.services.db.sqlite.exec("UPDATE session SET state = 'closed' WHERE number = 1");
    await refused(() => schedule(a, 1), [409, 'sessionState']);
    await refused(() => schedule(b, 2), [409, 'topicState']);
    expect(await (await schedule(a, 2)).json()).toEqual({ id: a, state: 'scheduled' });
    await refused(() => schedule(a, 2), [409, 'topicState']);
  });

  it('is only confirmed, if the session is gone when it is chosen', async () => {
    await closeVote();
    salon.services.db.sqlite.exec(
      "UPDATE session SET state = 'cancelled', number = NULL WHERE number = 1",
    );
    await decided([a]);
    expect(states()[a]).toBe('confirmed');
    expect(salon.rows('SELECT * FROM agenda_item')).toEqual([]);
  });
});
