import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createRounds, expectRefused, type Rounds, SECRETARIES } from '../support/rounds.ts';
import { addOtherSalon } from '../support/testApp.ts';
import { chairs as chairsOf, readSwaps, START, takeLeave } from '../support/turns.ts';

let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
});
afterEach(() => salon.close());

const [, second = '', third = '', fourth = '', , sixth = ''] = SECRETARIES;
const chairs = () => chairsOf(salon);
const swaps = (login: string) => readSwaps(salon, login);
const leave = (login: string, month: string, by = login) => takeLeave(salon, login, month, by);
const offer = (login: string, fromMonth: string, toMonth: string) =>
  salon.send(login, 'POST', '/swaps', { fromMonth, toMonth });
const offered = async (login: string, fromMonth: string, toMonth: string): Promise<string> => {
  const response = await offer(login, fromMonth, toMonth);
  expect(response.status).toBe(201);
  return (await response.json()).id;
};
const answer = (login: string, id: string, agree: boolean) =>
  salon.send(login, 'POST', `/swaps/${id}/answer`, { agree });
const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);

describe('a swap', () => {
  beforeEach(() => salon.convene());

  it('needs the other’s consent, then exchanges both months; everyone hears of it', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    expect(chairs()).toEqual(START);
    const words = '渭运社区（2026年12月）与示例社区四（2027年2月）';
    expect((await salon.told(fourth))[0]).toBe(
      `渭运社区想和您调换轮值：${words}。请同意或不同意。`,
    );
    const flags = async (login: string) => {
      const [one] = (await swaps(login)).swaps;
      return [one?.mayAnswer, one?.mayWithdraw];
    };
    expect(await flags(second)).toEqual([false, true]);
    expect(await flags(fourth)).toEqual([true, false]);
    expect(await flags(sixth)).toEqual([false, false]);
    expect((await answer(fourth, id, true)).status).toBe(200);
    expect(chairs()).toEqual({ ...START, '2026-12': fourth, '2027-02': second });
    for (const login of [second, sixth, 'minzheng']) {
      expect(await salon.told(login)).toContain(`轮值已调换：${words}。`);
    }
    expect(await salon.told(second)).toContain('2027年2月由您担任轮值主席。');
    await refused(() => answer(fourth, id, true), [409, 'swapSettled']);
    await refused(() => answer(fourth, id, false), [409, 'swapSettled']);
  });

  it('is answered by the other seat’s holder alone', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    for (const login of [second, sixth, 'minzheng', 'admin']) {
      await refused(() => answer(login, id, true), [403, 'forbidden']);
    }
    for (const login of [fourth, sixth, 'minzheng']) {
      await refused(() => salon.send(login, 'DELETE', `/swaps/${id}`), [403, 'forbidden']);
    }
    // A visitor does not learn whether there is one.
    await refused(() => answer('', id, true), [401, 'signIn']);
    await refused(() => answer('', '0'.repeat(20), true), [401, 'signIn']);
  });

  it('agreed to twice at once happens once', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    const both = await Promise.all([answer(fourth, id, true), answer(fourth, id, true)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(chairs()).toEqual({ ...START, '2026-12': fourth, '2027-02': second });
  });

  it('declined changes no month, and tells whoever offered it alone', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    expect((await answer(fourth, id, false)).status).toBe(200);
    expect(chairs()).toEqual(START);
    const words = '示例社区四没有同意调换轮值：渭运社区（2026年12月）与示例社区四（2027年2月）。';
    expect((await salon.told(second))[0]).toBe(words);
    expect(await salon.told(sixth)).not.toContain(words);
  });

  it('withdrawn can no longer be agreed to, and another may be offered', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    await refused(() => offer(second, '2026-12', '2027-01'), [409, 'swapOpen']);
    expect((await salon.send(second, 'DELETE', `/swaps/${id}`)).status).toBe(200);
    await refused(() => answer(fourth, id, true), [409, 'swapSettled']);
    await refused(() => salon.send(second, 'DELETE', `/swaps/${id}`), [409, 'swapSettled']);
    await offered(second, '2026-12', '2027-01');
  });

  it('is void once a leave gave one of its months to another, and both hear of it', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    await leave(fourth, '2027-02', 'minzheng');
    expect((await swaps(second)).swaps).toMatchObject([{ id, state: 'void', mayWithdraw: false }]);
    const words =
      '调换轮值的提议已作废，因为排期变了：渭运社区（2026年12月）与示例社区四（2027年2月）。';
    for (const login of [second, fourth]) expect(await salon.told(login)).toContain(words);
    await refused(() => answer(fourth, id, true), [409, 'swapSettled']);
  });

  it('is refused when the other is no longer free then', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    await leave(fourth, '2026-12');
    await refused(() => answer(fourth, id, true), [409, 'swapNotPossible']);
    await refused(() => offer(fourth, '2027-02', '2026-12'), [409, 'swapNotPossible']);
  });

  it('of two about the same month: with the first agreed, the other is void', async () => {
    const one = await offered(second, '2026-12', '2027-02');
    const other = await offered(third, '2027-01', '2026-12');
    expect((await answer(fourth, one, true)).status).toBe(200);
    const states = (await swaps(third)).swaps.map(({ id, state }) => [id, state]);
    expect(Object.fromEntries(states)).toEqual({ [one]: 'agreed', [other]: 'void' });
    await refused(() => answer(second, other, true), [409, 'swapSettled']);
  });

  it('is void once its month is over', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    salon.at('2027-01-01T00:00');
    await salon.settleTurns();
    expect((await swaps(second)).swaps).toMatchObject([{ id, state: 'void' }]);
  });

  test.each([
    ['one’s own month twice', '2026-12', '2026-12', 'swapNotPossible'],
    ['a month that is another’s', '2027-01', '2027-02', 'monthNotYours'],
    ['a month that is not announced', '2026-12', '2027-03', 'swapNotPossible'],
    ['a month that is past', '2026-10', '2027-01', 'monthNotYours'],
  ])('is refused for %s', async (_, from, to, code) => {
    await refused(() => offer(second, from, to), [409, code]);
  });

  it('goes to the seat, not to the person: the next holder answers', async () => {
    const id = await offered(second, '2026-12', '2027-02');
    const path = `/seats/${salon.seatOf(fourth)}/hand-over`;
    const next = { person: { name: '新书记', userName: 'xinshuji' } };
    expect((await salon.send('minzheng', 'POST', path, next)).status).toBe(200);
    expect((await answer(fourth, id, true)).status).toBe(404);
    expect((await answer('xinshuji', id, true)).status).toBe(200);
    expect(chairs()).toEqual({ ...START, '2026-12': 'xinshuji', '2027-02': second });
  });
});

describe('another salon', () => {
  it('reaches neither seats nor swaps of this one', async () => {
    await salon.convene();
    const other = await addOtherSalon(salon);
    const id = await offered(second, '2026-12', '2027-02');
    const host = await salon.as('qita');
    const at = (path: string) => `/api/salons/${other.slug}${path}`;
    const seat = salon.seatOf(second);
    const month = { month: '2026-12' };
    await refused(() => host.send('POST', at(`/seats/${seat}/leaves`), month), [404, 'notFound']);
    await refused(
      () => host.send('DELETE', at(`/seats/${seat}/leaves/2026-12`)),
      [404, 'notFound'],
    );
    const theirs = await salon.as('qitashuji');
    const yes = { agree: true };
    await refused(() => theirs.send('POST', at(`/swaps/${id}/answer`), yes), [403, 'forbidden']);
    await refused(() => salon.send('qitashuji', 'GET', '/swaps'), [404, 'notFound']);
    expect(await (await theirs.get(at('/swaps'))).json()).toMatchObject({ swaps: [], leaves: [] });
  });
});
