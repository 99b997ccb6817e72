import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seatCommittee } from '../support/committee.ts';
import { createRounds, expectRefused, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';

const [first = '', second = '', third = '', fourth = '', fifth = ''] = SECRETARIES;
let salon: Rounds;
let a: string;
let b: string;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
  await seatCommittee(salon, [first, second, third].map(salon.seatOf));
  await salon.until(TIMES.opens);
  a = await salon.propose(first, '楼道灯没有人修');
  b = await salon.propose(fourth, '电动车没有地方充电');
});
afterEach(() => salon.close());

const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);
/** The vote is closed; a has two votes, b one. */
async function toReview(): Promise<void> {
  await salon.until(TIMES.votes);
  await salon.vote(first, [a, b]);
  await salon.vote(second, [a]);
  await salon.until(TIMES.closes);
}
const move = (login: string, confirm: readonly string[], note = '') =>
  salon.send(login, 'POST', '/motions', { month: '2026-11', decision: { confirm, note } });
const decline = (login: string, topicId: string, reason = '本期不合适') =>
  salon.send(login, 'POST', '/motions', { topicId, reason });
const sign = (login: string, id: string) => salon.send(login, 'POST', `/motions/${id}/sign`);
const withdraw = (login: string, id: string) =>
  salon.send(login, 'POST', `/motions/${id}/withdraw`);
const moved = async (answer: Promise<Response>): Promise<string> => {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(201);
  return (await response.json()).id;
};
const stateOf = async (answer: Promise<Response>): Promise<string> => {
  const response = await answer;
  expect(response.status, await response.clone().text()).toBe(200);
  return (await response.json()).state;
};
const motions = () =>
  salon
    .rows<{ state: string }>('SELECT state FROM motion ORDER BY moved_at, id')
    .map((one) => one.state);
const topicStates = () =>
  Object.fromEntries(
    salon
      .rows<{ id: string; state: string }>('SELECT id, state FROM topic')
      .map(({ id, state }) => [id, state]),
  );
interface Page {
  readonly reviewer: { by: string; note: string };
  readonly mayDecide: boolean;
  readonly mayMove: boolean;
  readonly motions: {
    id: string;
    confirm: { title: string }[];
    signed: { community: string }[];
    state: string;
    maySign: boolean;
    mayWithdraw: boolean;
  }[];
}
const round = (login: string) => salon.read<Page>(login, '/rounds/2026-11');

describe('a motion on a round', () => {
  beforeEach(toReview);

  it('is moved by a member, told to the others, and passes with the second signature', async () => {
    const id = await moved(move(first, [a]));
    expect(await round(second)).toMatchObject({
      ...{ reviewer: { by: 'committee', note: '' }, mayDecide: false, mayMove: true },
      motions: [{ id, confirm: [{ title: '楼道灯没有人修' }], maySign: true, mayWithdraw: false }],
    });
    expect((await round(first)).motions[0]).toMatchObject({ maySign: false, mayWithdraw: true });
    expect(await round(fourth)).toMatchObject({ mayMove: false, motions: [] });
    expect(await round('minzheng')).toMatchObject({ mayDecide: false, mayMove: false });
    for (const login of [second, third]) {
      expect((await salon.told(login))[0]).toBe(
        '景翼社区就2026年11月的议题提出动议，请看是否联署。',
      );
    }
    expect(topicStates()).toEqual({ [a]: 'on-ballot', [b]: 'on-ballot' });
    expect(await stateOf(sign(second, id))).toBe('passed');
    expect(topicStates()).toEqual({ [a]: 'scheduled', [b]: 'rolled-over' });
    expect(salon.rows('SELECT decided_by FROM round')).toEqual([{ decided_by: 'committee' }]);
    expect(await salon.told(fifth)).toContain('2026年11月的议题已确定：楼道灯没有人修。');
    const page = await salon.read<{ decisions: unknown[] }>('', '/committee');
    expect(page.decisions).toMatchObject([
      { by: 'committee', topics: [{ title: '楼道灯没有人修' }], signed: ['景翼社区', '渭运社区'] },
    ]);
    const shown = (await round(fourth)).motions;
    expect(shown.map(({ state, signed }) => [state, signed.length])).toEqual([['passed', 2]]);
  });

  it('signed twice by one member is signed once', async () => {
    const id = await moved(move(first, [a]));
    const before = salon.state();
    expect(await stateOf(sign(first, id))).toBe('open');
    expect(salon.state()).toEqual(before);
    expect(await stateOf(sign(second, id))).toBe('passed');
    const after = salon.state();
    expect(await stateOf(sign(second, id))).toBe('passed');
    expect(salon.state()).toEqual(after);
    await refused(() => sign(third, id), [409, 'motionSettled']);
  });

  it('passes once, though both others sign at the same instant', async () => {
    const id = await moved(move(first, [a]));
    const both = await Promise.all([sign(second, id), sign(third, id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(salon.rows("SELECT * FROM audit WHERE action = 'round.decide'")).toHaveLength(1);
    expect(salon.rows('SELECT * FROM agenda_item')).toHaveLength(1);
    expect(salon.rows('SELECT * FROM motion_signature')).toHaveLength(2);
  });

  it('of the members that passes first leaves the other void', async () => {
    const one = await moved(move(first, [a]));
    const other = await moved(move(second, [b], '消防部门这个月可以到会'));
    const both = await Promise.all([sign(third, one), sign(third, other)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(motions().sort()).toEqual(['passed', 'void']);
  });

  it('needs the public reason that the host’s decision needs, and nothing off the ballot', async () => {
    await refused(() => move(first, [b]), [422, 'decisionReason']);
    await refused(() => move(first, []), [422, 'decisionReason']);
    await refused(() => move(first, ['0'.repeat(20)], '理由'), [422, 'notOnBallot']);
  });

  it('is one of each member at a time; the same again is the same', async () => {
    const id = await moved(move(first, [a]));
    const before = salon.state();
    expect(await moved(move(first, [a]))).toBe(id);
    expect(salon.state()).toEqual(before);
    await refused(() => move(first, [b], '因为别的'), [409, 'motionOpen']);
    await refused(() => withdraw(second, id), [403, 'forbidden']);
    expect(await stateOf(withdraw(first, id))).toBe('withdrawn');
    expect(await stateOf(withdraw(first, id))).toBe('withdrawn');
    await refused(() => sign(second, id), [409, 'motionSettled']);
    await refused(() => sign(first, id), [409, 'motionSettled']);
    await moved(move(first, [b], '因为别的'));
  });

  it('is for members: not for other secretaries, the host, guests', async () => {
    const id = await moved(move(first, [a]));
    for (const login of [fourth, 'minzheng', 'yibao', 'admin']) {
      await refused(() => move(login, [a]), [403, 'forbidden']);
      await refused(() => sign(login, id), [403, 'forbidden']);
    }
    await refused(() => salon.decide([a]), [403, 'forbidden']);
    await refused(() => sign(second, '0'.repeat(20)), [404, 'notFound']);
  });

  it('falls with the place of whoever moved it, who can sign no more', async () => {
    const id = await moved(move(first, [a]));
    const other = await moved(move(second, [a]));
    await salon.send(first, 'POST', '/committee/resign');
    expect(motions().sort()).toEqual(['open', 'void']);
    await refused(() => sign(second, id), [409, 'motionSettled']);
    await refused(() => sign(first, other), [403, 'forbidden']);
    expect(await stateOf(sign(third, other))).toBe('passed');
  });

  it('falls where one member is left: the host reviews, and the record says so', async () => {
    const id = await moved(move(third, [a]));
    await salon.send(first, 'POST', '/committee/resign');
    await salon.send(second, 'POST', '/committee/resign');
    expect(motions()).toEqual(['void']);
    await refused(() => move(third, [a]), [409, 'hostReviews']);
    await refused(() => sign(third, id), [409, 'motionSettled']);
    const note = '选题委员不足 2 名，由主办单位综合研判';
    expect(await round('minzheng')).toMatchObject({
      ...{ reviewer: { by: 'host', note }, mayDecide: true },
    });
    expect((await salon.decide([a])).status).toBe(200);
    expect(salon.rows('SELECT decided_by FROM round')).toEqual([{ decided_by: 'host' }]);
    const page = await salon.read<{ decisions: unknown[] }>('', '/committee');
    expect(page.decisions).toMatchObject([{ by: 'host', signed: [] }]);
  });
});

describe('a motion before its time', () => {
  it('on a round is refused while the vote is open', async () => {
    await refused(() => move(first, [a]), [409, 'notInReview']);
    await salon.until(TIMES.votes);
    await refused(() => move(first, [a]), [409, 'notInReview']);
  });

  it('falls where its session is cancelled', async () => {
    await toReview();
    const id = await moved(move(first, [a]));
    await salon.send('minzheng', 'POST', '/sessions/1/cancel', { reason: '会场另有安排' });
    await refused(() => sign(second, id), [409, 'motionSettled']);
    expect(motions()).toEqual(['void']);
  });
});

describe('a motion to decline a topic', () => {
  it('passes with two, and the topic is declined with its reason', async () => {
    const id = await moved(decline(first, b));
    expect((await salon.told(second))[0]).toBe(
      '景翼社区动议不采用议题“电动车没有地方充电”，请看是否联署。',
    );
    expect(await salon.read(second, `/topics/${b}`)).toMatchObject({
      ...{ may: { move: true, decline: false }, motions: [{ id, reason: '本期不合适' }] },
    });
    expect(await salon.read('minzheng', `/topics/${b}`)).toMatchObject({
      ...{ may: { move: false, decline: false }, motions: [] },
    });
    const byHost = () =>
      salon.send('minzheng', 'POST', `/topics/${b}/decline`, { reason: '本期不合适' });
    await refused(byHost, [403, 'forbidden']);
    expect(await stateOf(sign(third, id))).toBe('passed');
    expect(topicStates()).toEqual({ [a]: 'proposed', [b]: 'declined' });
    expect(await salon.told(fourth)).toContain(
      '议题“电动车没有地方充电”没有采用。理由：本期不合适',
    );
  });

  it('comes to nothing once the vote opens, or the proposer takes it back', async () => {
    const one = await moved(decline(first, b));
    const other = await moved(decline(first, a));
    await salon.send(fourth, 'POST', `/topics/${b}/withdraw`);
    await refused(() => sign(second, one), [409, 'motionSettled']);
    await salon.until(TIMES.votes);
    await refused(() => sign(second, other), [409, 'motionSettled']);
    await refused(() => decline(second, a), [409, 'topicState']);
    expect(motions()).toEqual(['void', 'void']);
  });

  it('of a draft, or of nothing, finds nothing', async () => {
    const draft = await salon.draft(fourth, { title: '草稿' });
    await refused(() => decline(first, draft), [404, 'notFound']);
    await refused(() => decline(first, '0'.repeat(20)), [404, 'notFound']);
  });
});
