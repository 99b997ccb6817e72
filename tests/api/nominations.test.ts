import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { called, callFirst, dueAt, seatCommittee } from '../support/committee.ts';
import { createRounds, expectRefused, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';

const [first = '', second = '', third = '', fourth = '', fifth = ''] = SECRETARIES;
/** The evening before the session of 2026-11-28. */
const EVE = '2026-11-27T20:00';
let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
});
afterEach(() => salon.close());

const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);
const name = (login: string, whom: string) =>
  salon.send(login, 'POST', '/committee/nominees', { seatId: salon.seatOf(whom) });
const answer = (login: string, accept: boolean) =>
  salon.send(login, 'POST', '/committee/answer', { accept });
const done = async (what: Promise<Response>): Promise<void> => {
  const response = await what;
  expect(response.status, await response.clone().text()).toBe(200);
};
interface Page {
  readonly reviewer: { by: string; note: string };
  readonly election: {
    kind: string;
    state: string;
    places: number;
    until: string | null;
    session: { number: number; day: string } | null;
    nominees: { community: string; by: string; state: string }[];
    mine: { state: string; mayName: boolean; mayAnswer: boolean } | null;
    nameable: { seatId: string }[];
  } | null;
}
const read = (login: string) => salon.read<Page>(login, '/committee');
const states = () =>
  Object.fromEntries(
    salon
      .rows<{ login: string; state: string }>(
        `SELECT user_name AS login, state FROM nominee JOIN tenure USING (seat_id)
         JOIN person ON person.id = person_id WHERE until IS NULL`,
      )
      .map(({ login, state }) => [login, state]),
  );
const elections = () =>
  salon.rows<{ kind: string; state: string; places: number }>(
    'SELECT kind, state, places FROM election ORDER BY called_at, state',
  );
const hold = async (path: 'open' | 'close'): Promise<void> => {
  await done(salon.send('minzheng', 'POST', `/sessions/1/${path}`));
};

describe('naming', () => {
  it('is refused before an election is called', async () => {
    await refused(() => name(first, first), [409, 'nominationsClosed']);
    await refused(() => answer(first, true), [403, 'forbidden']);
    expect(await read('')).toMatchObject({
      reviewer: { by: 'host', note: '试行阶段，由主办单位综合研判' },
      election: null,
    });
  });

  it('of oneself stands at once; another is asked, and told so', async () => {
    await callFirst(salon);
    await done(name(first, first));
    await done(name(first, second));
    expect(states()).toEqual({ [first]: 'accepted', [second]: 'asked' });
    expect((await salon.told(second))[0]).toBe('景翼社区推荐您参选选题委员，请答复是否参选。');
    expect(await salon.told(first)).not.toContain('景翼社区推荐您参选选题委员，请答复是否参选。');
    const { election } = await read(second);
    expect(election).toMatchObject({
      ...{ kind: 'first', state: 'nominating', places: 3, until: '2026-11-27T12:00:00.000Z' },
      session: { number: 1, day: '2026-11-28' },
      mine: { state: 'asked', mayName: true, mayAnswer: true },
    });
    expect(election?.nameable).toHaveLength(17);
    const open = (await read('')).election;
    expect(open).toMatchObject({ mine: null, nameable: [] });
  });

  it('twice is once; naming oneself when asked is accepting', async () => {
    await callFirst(salon);
    await done(name(first, second));
    const before = salon.state();
    await done(name(first, second));
    await done(name(third, second));
    expect(salon.state()).toEqual(before);
    await done(name(second, second));
    await done(name(second, second));
    expect(states()).toEqual({ [second]: 'accepted' });
  });

  it('is for secretaries, and of seats that somebody holds', async () => {
    await callFirst(salon);
    for (const login of ['minzheng', 'yibao', 'xueyuan', 'admin']) {
      await refused(() => name(login, first), [403, 'forbidden']);
    }
    const ask = () => salon.send(first, 'POST', '/committee/nominees', { seatId: '0'.repeat(20) });
    await refused(ask, [422, 'nomineeUnknown']);
    const seatId = salon.seatOf(fifth);
    await done(salon.send('minzheng', 'POST', `/seats/${seatId}/retire`));
    const retired = () => salon.send(first, 'POST', '/committee/nominees', { seatId });
    await refused(retired, [422, 'nomineeUnknown']);
  });
});

describe('an answer', () => {
  beforeEach(async () => {
    await callFirst(salon);
    await done(name(first, second));
  });

  it('may be changed until the nominations end, and by the nominee alone', async () => {
    await done(answer(second, false));
    expect(states()).toEqual({ [second]: 'declined' });
    await refused(() => name(first, second), [409, 'nomineeDeclined']);
    await done(answer(second, true));
    const before = salon.state();
    await done(answer(second, true));
    expect(salon.state()).toEqual(before);
    for (const login of [first, 'minzheng', 'admin']) {
      await refused(() => answer(login, true), [403, 'forbidden']);
    }
    // The clock decides, though the scheduler has not looked at it.
    salon.at(EVE);
    await refused(() => answer(second, false), [409, 'nominationsClosed']);
    await refused(() => name(third, third), [409, 'nominationsClosed']);
    expect((await read(third)).election).toMatchObject({
      mine: { state: 'none', mayName: false, mayAnswer: false },
      nameable: [],
    });
  });

  it('is the secretary’s own: after a hand-over nobody stands', async () => {
    await done(answer(second, true));
    const hand = { person: { name: '新书记', phone: '13900000001' } };
    await done(salon.send('minzheng', 'POST', `/seats/${salon.seatOf(second)}/hand-over`, hand));
    expect(salon.rows('SELECT * FROM nominee')).toEqual([]);
  });
});

describe('the end of the nominations', () => {
  beforeEach(() => callFirst(salon));
  const three = async () => {
    for (const login of [first, second, third]) await done(name(login, login));
  };

  it('is the evening before the session: three stand, and it can be held there', async () => {
    await three();
    await salon.until(EVE, -1);
    expect(called(salon).state).toBe('nominating');
    expect(dueAt(salon, 1)?.hindrance).toContain('提名还没有截止');
    await salon.until(EVE);
    expect(called(salon).state).toBe('ready');
    expect((await salon.told(fifth))[0]).toBe(
      '选题委员会的提名已截止，候选的有景翼社区、渭运社区、陕拖社区；下一期沙龙上投票。',
    );
    const before = salon.state();
    await salon.tick();
    expect(salon.state()).toEqual(before);
    const due = dueAt(salon, 1);
    expect(due).toMatchObject({ kind: 'election', places: 3, runOff: 0, hindrance: '' });
  });

  it('is extended once where fewer stand, until the item is called', async () => {
    await done(name(first, first));
    await done(name(first, second));
    await salon.until(EVE);
    expect(called(salon).state).toBe('extended');
    expect(await salon.told(fifth)).toContain(
      '选题委员会的选举要选 3 名，同意参选的只有 1 名；提名延长到沙龙上投票之前。',
    );
    await salon.until(TIMES.session);
    await hold('open');
    expect(dueAt(salon, 1)?.hindrance).toBe(
      '同意参选的有 1 个席位，不足 3 个；还可以提名，够了就能投票。',
    );
    await done(answer(second, true));
    await done(name(third, third));
    expect(dueAt(salon, 1)).toMatchObject({ hindrance: '' });
    const reminder = '明天的第 1 期沙龙要举行选题委员会选举，请安排好表决。';
    expect((await salon.told('minzheng')).filter((text) => text === reminder)).toHaveLength(1);
    expect(await salon.told(fifth)).not.toContain(reminder);
  });

  it('moves with the session, and waits where none is planned', async () => {
    await three();
    await done(salon.send('minzheng', 'POST', '/sessions/1/cancel', { reason: '会场另有安排' }));
    await salon.until(EVE);
    expect(called(salon).state).toBe('nominating');
    // December’s is planned by the calendar.
    await salon.until('2026-12-03T08:00');
    expect((await read('')).election).toMatchObject({ until: '2026-12-27T12:00:00.000Z' });
  });

  it('lapses where too few stand when the session ends, and is called again', async () => {
    await done(name(first, first));
    await salon.until(EVE);
    await salon.until(TIMES.session);
    await hold('open');
    await hold('close');
    expect(elections()).toEqual([
      { kind: 'first', state: 'lapsed', places: 3 },
      { kind: 'again', state: 'nominating', places: 3 },
    ]);
    expect((await salon.told(fifth))[0]).toBe(
      '参选的人数不够，选题委员会这次没有选成；现在重新提名，下一期沙龙上再选。',
    );
    expect((await read('')).reviewer.by).toBe('host');
  });

  it('after the session was not used is final, and the next session holds it', async () => {
    await salon.until(EVE);
    await three();
    await salon.until(TIMES.session);
    await hold('open');
    await hold('close');
    expect(elections()).toEqual([{ kind: 'first', state: 'ready', places: 3 }]);
    await refused(() => name(fourth, fourth), [409, 'nominationsClosed']);
  });

  it('leaves no candidate where all seats changed hands, and it is called again', async () => {
    await three();
    await salon.until(EVE);
    for (const [index, login] of [first, second, third].entries()) {
      const hand = { person: { name: '新书记', phone: `1390000000${index}` } };
      await done(salon.send('minzheng', 'POST', `/seats/${salon.seatOf(login)}/hand-over`, hand));
    }
    expect(elections().map(({ state }) => state)).toEqual(['lapsed', 'nominating']);
  });
});

describe('a by-election', () => {
  it('is for others than those in office', async () => {
    await seatCommittee(salon, [first, second, third].map(salon.seatOf));
    await done(salon.send(third, 'POST', '/committee/resign'));
    expect(elections().at(-1)).toEqual({ kind: 'by', state: 'nominating', places: 1 });
    await refused(() => name(fourth, first), [409, 'sitsAlready']);
    expect((await read(fourth)).election?.nameable).toHaveLength(17);
    await done(name(third, third));
  });

  it('takes names for all places that are free, and lapses into another', async () => {
    await seatCommittee(salon, [first, second, third].map(salon.seatOf));
    await done(salon.send(third, 'POST', '/committee/resign'));
    await done(salon.send(second, 'POST', '/committee/resign'));
    expect(elections().at(-1)).toEqual({ kind: 'by', state: 'nominating', places: 2 });
    await salon.until(EVE);
    await salon.until(TIMES.session);
    await hold('open');
    await hold('close');
    expect(elections().map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      ...['first decided', 'by lapsed', 'by nominating'],
    ]);
  });
});
