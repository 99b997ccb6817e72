import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lotOf } from '../../api/salon/committee/lots.ts';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import {
  addEvaluation,
  callFirst,
  dueAt,
  endPilot,
  evaluate,
  holdElection,
  planAt,
  seatCommittee,
  stand,
} from '../support/committee.ts';
import { createRounds, expectRefused, type Rounds, SECRETARIES } from '../support/rounds.ts';

const [first = '', second = '', , fourth = ''] = SECRETARIES;
let salon: Rounds;
let a: string;
let b: string;
let c: string;
let d: string;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
  [a = '', b = '', c = '', d = ''] = SECRETARIES.map(salon.seatOf);
});
afterEach(() => salon.close());

const done = async (what: Promise<Response>): Promise<void> => {
  const response = await what;
  expect(response.status, await response.clone().text()).toBe(200);
};
interface Page {
  readonly reviewer: { by: string; note: string };
  readonly term: {
    beganOn: string;
    members: { community: string; secretary: string; until: string | null; ended: string }[];
    evaluationDueOn: string | null;
    vacancies: number;
  } | null;
  readonly election: { kind: string; places: number; tied: { seatId: string }[] } | null;
  readonly history: { endedOn: string; ended: string; members: { ended: string }[] }[];
  readonly ballots: { title: string; kind: string; recalled: boolean | null }[];
  readonly mayResign: boolean;
}
const read = (login = '') => salon.read<Page>(login, '/committee');
const inOffice = () =>
  salon
    .rows<{ id: string }>(
      `SELECT seat_id AS id FROM committee_member JOIN seat ON seat.id = seat_id
       WHERE ended_at IS NULL ORDER BY position`,
    )
    .map(({ id }) => id);
const elections = () =>
  salon
    .rows<{ text: string }>(
      "SELECT kind || ' ' || state || ' ' || places AS text FROM election ORDER BY rowid",
    )
    .map(({ text }) => text);
/** The first election is called and these stand. */
async function standing(...who: string[]): Promise<void> {
  endPilot(salon);
  await callFirst(salon);
  stand(salon, who);
  salon.services.db.sqlite.exec("UPDATE election SET state = 'ready'");
}

describe('an election', () => {
  it('puts the three with the most votes into office, and says so', async () => {
    await standing(a, b, c, d);
    const counted = await holdElection(salon, [[a, b, c], [a, b, c], [a, b], [d], []]);
    expect(counted).toMatchObject({ places: 3, elected: [a, b, c], tied: [], lots: null });
    expect(counted.counts.map(({ votes }) => votes)).toEqual([3, 3, 2, 1]);
    expect(inOffice()).toEqual([a, b, c]);
    const page = await read(fourth);
    expect(page).toMatchObject({
      reviewer: { by: 'committee', note: '' },
      term: { beganOn: '2026-11-01', evaluationDueOn: '2027-05-01', vacancies: 0 },
      ...{ election: null, history: [], mayResign: false },
    });
    expect(page.term?.members[0]).toMatchObject({
      ...{ community: '景翼社区', secretary: '演示·景翼社区书记', until: null, ended: '' },
    });
    // In public seats are named, not people.
    expect((await read()).term?.members[0]?.secretary).toBe('');
    expect((await read(first)).mayResign).toBe(true);
    expect((await salon.told(fourth))[0]).toBe(
      '选题委员会的选举有了结果：景翼社区、渭运社区、陕拖社区当选。',
    );
    expect((await salon.told(first))[0]).toBe(
      '您当选选题委员，即日起履职。本次当选的有景翼社区、渭运社区、陕拖社区。',
    );
  });

  it('lets nobody choose more names than are left, and says what a vote is worth', async () => {
    await standing(a, b);
    expect(planAt(salon, 1)).toMatchObject({
      title: '选题委员会选举',
      first: {
        question: '选题委员会选举：最多选 2 人；一个也不想选，请选“弃权”。',
        paper: { least: 0, most: 2 },
        rule: { kind: 'most', places: 3, least: 1 },
      },
    });
  });

  it('leaves a place free for whom nobody votes, and calls a by-election for it', async () => {
    await standing(a, b, c);
    await holdElection(salon, [[a, b], [a]]);
    expect(inOffice()).toEqual([a, b]);
    expect(elections()).toEqual(['first decided 3', 'by nominating 1']);
    stand(salon, [d]);
    salon.services.db.sqlite.exec("UPDATE election SET state = 'ready' WHERE kind = 'by'");
    await holdElection(salon, [[d]]);
    expect(inOffice()).toEqual([a, b, d]);
    expect(salon.rows('SELECT * FROM committee_term')).toHaveLength(1);
  });

  it('that nobody wins is held again, and the host reviews meanwhile', async () => {
    await standing(a, b, c);
    const counted = await holdElection(salon, [[], []]);
    expect(counted.elected).toEqual([]);
    expect(elections()).toEqual(['first decided 3', 'again nominating 3']);
    expect(await read()).toMatchObject({ reviewer: { by: 'host' }, term: null });
    expect((await salon.told(fourth))[0]).toContain('无人当选');
  });

  it('is tied: a run-off, another, then lots that anybody can draw again', async () => {
    await standing(a, b, c, d);
    const papers = [[a, b], [a, b], [a], [c], [d]];
    const one = await holdElection(salon, papers);
    expect(one).toMatchObject({ elected: [a, b], tied: [c, d], lots: null });
    // Nobody is in office before all is decided.
    expect(inOffice()).toEqual([]);
    expect(dueAt(salon, 1)).toMatchObject({ places: 1, runOff: 1, hindrance: '' });
    expect((await read()).election?.tied.map(({ seatId }) => seatId)).toEqual([c, d]);
    await holdElection(salon, [[c], [d]]);
    expect(dueAt(salon, 1)).toMatchObject({ places: 1, runOff: 2 });
    expect(planAt(salon, 1)).toMatchObject({
      title: '选题委员会选举（第 2 次加投）',
      first: { rule: { kind: 'most', places: 1, least: 0 }, paper: { most: 1 } },
    });
    const last = await holdElection(salon, [[], []], { ballotId: 'a'.repeat(20), seed: 'x' });
    const [winner = '', loser = ''] = last.lots?.map(({ seatId }) => seatId) ?? [];
    expect(new Set([winner, loser])).toEqual(new Set([c, d]));
    expect(last).toMatchObject({ elected: [winner], tied: [], places: 1 });
    const digest = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
    expect(last.lots?.[0]?.digest).toBe(lotOf('a'.repeat(20), digest, winner));
    expect((last.lots?.[0]?.digest ?? '') < (last.lots?.[1]?.digest ?? '')).toBe(true);
    expect(new Set(inOffice())).toEqual(new Set([a, b, winner]));
  });

  it('that is tied gives the place of one elected who left to the run-off', async () => {
    await standing(a, b, c, d);
    await holdElection(salon, [[a, b], [a, b], [a], [c], [d]]);
    await done(salon.send('minzheng', 'POST', `/seats/${a}/retire`));
    expect(dueAt(salon, 1)).toMatchObject({ places: 2, runOff: 1 });
    const counted = await holdElection(salon, [[c, d]]);
    expect(counted.elected).toEqual([c, d]);
    expect(inOffice()).toEqual([b, c, d]);
  });

  it('in which the tied seats change hands ends with those elected', async () => {
    await standing(a, b, c, d);
    await holdElection(salon, [[a, b], [a, b], [a], [c], [d]]);
    for (const [index, seat] of [c, d].entries()) {
      const hand = { person: { name: '新书记', phone: `1390000000${index}` } };
      await done(salon.send('minzheng', 'POST', `/seats/${seat}/hand-over`, hand));
    }
    expect(inOffice()).toEqual([a, b]);
    expect(elections()).toEqual(['first decided 3', 'by nominating 1']);
  });
});

describe('a lost place', () => {
  beforeEach(() => seatCommittee(salon, [a, b, c]));

  it('is lost at once by resignation, hand-over and retirement', async () => {
    await done(salon.send(first, 'POST', '/committee/resign'));
    expect(await read()).toMatchObject({
      term: { vacancies: 1, members: [{ ended: '辞去', until: '2026-11-01' }, {}, {}] },
      election: { kind: 'by', places: 1 },
    });
    const told = await salon.told(fourth);
    expect(told).toContain('景翼社区辞去委员。');
    expect(told).toContain('选题委员会空出 1 个名额，开始补选提名；可以推荐别人，也可以自荐。');
    const hand = { person: { name: '新书记', phone: '13900000001' } };
    await done(salon.send('minzheng', 'POST', `/seats/${b}/hand-over`, hand));
    expect(await salon.told(fourth)).toContain(
      '渭运社区因书记换届不再担任委员。委员不足 2 名，暂由主办单位确定议题。',
    );
    await done(salon.send('minzheng', 'POST', `/seats/${c}/retire`));
    expect(inOffice()).toEqual([]);
    expect(await read()).toMatchObject({
      term: {
        vacancies: 3,
        evaluationDueOn: null,
        members: [{}, { ended: '交接' }, { ended: '撤席' }],
      },
      election: { kind: 'by', places: 3 },
    });
  });

  it('is nobody else’s to give back', async () => {
    for (const login of [fourth, 'minzheng', 'admin', 'yibao']) {
      const ask = () => salon.send(login, 'POST', '/committee/resign');
      await expectRefused(salon, ask, [403, 'forbidden']);
    }
    await done(salon.send(first, 'POST', '/committee/resign'));
    await expectRefused(salon, () => salon.send(first, 'POST', '/committee/resign'), [
      403,
      'forbidden',
    ]);
  });

  it('is lost with the account of whoever held the seat', async () => {
    const client = await salon.as(first);
    await done(client.send('POST', '/api/me/erase', { password: DEMO_PASSWORD }));
    expect(inOffice()).toEqual([b, c]);
  });

  it('waits for an evaluation that is open, and is filled when it does not recall', async () => {
    const [term] = salon.rows<{ id: string }>('SELECT id FROM committee_term');
    addEvaluation(salon, term?.id ?? '', 'taking');
    await done(salon.send(first, 'POST', '/committee/resign'));
    expect(elections()).toEqual(['first decided 3']);
    salon.services.db.sqlite.exec('DELETE FROM ballot');
    await evaluate(salon, false);
    expect(elections()).toEqual(['first decided 3', 'by nominating 1']);
    expect(inOffice()).toEqual([b, c]);
  });
});

describe('an evaluation', () => {
  beforeEach(() => seatCommittee(salon, [a, b, c]));
  const session = (day: string) =>
    salon.services.db.sqlite
      .prepare('UPDATE session SET starts_at = ? WHERE number = 1')
      .run(Date.parse(`${day}T15:00:00+08:00`));

  it('is due six months after the first day, at the first session from then on', async () => {
    session('2027-04-30');
    expect(dueAt(salon, 1)).toBeUndefined();
    session('2027-05-01');
    const due = { kind: 'evaluation', dueOn: '2027-05-01', hindrance: '' };
    expect(dueAt(salon, 1)).toMatchObject({ ...due, members: [{ seatId: a }, {}, {}] });
    await evaluate(salon, false);
    expect(dueAt(salon, 1)).toBeUndefined();
    expect((await read()).term?.evaluationDueOn).toBe('2027-11-01');
    expect((await read()).ballots).toMatchObject([
      { kind: 'evaluation', title: '选题有效性评价', recalled: false },
    ]);
  });

  it('void for want of voters waits for the next session', async () => {
    session('2027-05-01');
    const [term] = salon.rows<{ id: string }>('SELECT id FROM committee_term');
    const id = addEvaluation(salon, term?.id ?? '', 'taking');
    const end = salon.services.db.sqlite.prepare(
      "UPDATE ballot SET state = 'void', void_reason = ? WHERE id = ?",
    );
    end.run('tooFew', id);
    expect(dueAt(salon, 1)?.hindrance).toContain('留到下一期沙龙再办');
  });

  it('that recalls ends all powers, drops the by-election and calls the whole anew', async () => {
    await done(salon.send(first, 'POST', '/committee/resign'));
    await evaluate(salon, true);
    expect(inOffice()).toEqual([]);
    expect(elections()).toEqual(['first decided 3', 'by dropped 1', 'again nominating 3']);
    expect(await read()).toMatchObject({
      ...{ reviewer: { by: 'host' }, term: null, election: { kind: 'again', places: 3 } },
      history: [{ ended: '罢免', members: [{ ended: '辞去' }, { ended: '罢免' }, {}] }],
    });
    expect((await salon.told(fourth))[0]).toContain('超过 60%');
    // And those who were recalled may stand again.
    const ask = salon.send(second, 'POST', '/committee/nominees', { seatId: b });
    await done(ask);
  });

  it('of fewer than two gives way to a full election, once', async () => {
    await done(salon.send(first, 'POST', '/committee/resign'));
    await done(salon.send(second, 'POST', '/committee/resign'));
    await salon.until('2027-04-30T23:59');
    expect(elections().at(-1)).toMatch(/^by \w+ 2$/);
    // What is being voted on comes to its end first.
    addEvaluation(
      salon,
      salon.rows<{ id: string }>('SELECT id FROM committee_term')[0]?.id ?? '',
      'taking',
    );
    await salon.until('2027-05-01T00:00');
    expect(elections().at(-1)).toMatch(/^by \w+ 2$/);
    salon.services.db.sqlite.exec('DELETE FROM ballot');
    await salon.tick();
    expect(elections().slice(-2)).toEqual(['by dropped 2', 'full nominating 3']);
    await salon.tick();
    expect(elections()).toHaveLength(3);
    stand(salon, [c, d]);
    salon.services.db.sqlite.exec("UPDATE election SET state = 'ready' WHERE kind = 'full'");
    await holdElection(salon, [[c, d]]);
    expect(inOffice()).toEqual([c, d]);
    expect(await read()).toMatchObject({
      term: { beganOn: '2027-05-01', evaluationDueOn: '2027-11-01' },
      history: [{ ended: '换届', endedOn: '2027-05-01' }],
    });
  });
});
