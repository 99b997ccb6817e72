import { afterEach, describe, expect, it } from 'vitest';
import { toldNames } from '../support/heldMeeting.ts';
import { outcome } from '../support/meeting.ts';
import { DEMO } from '../support/testApp.ts';
import { createVoting, handOverTo, type Voting, type VotingPlan } from '../support/voting.ts';

let v: Voting;
afterEach(() => v.t.close());
const THREE = ['shequ4', 'shequ5', 'shequ6'];
const begin = async (plan: Partial<VotingPlan> = {}): Promise<string> => {
  v = await createVoting({ came: THREE, ...plan });
  return v.call('evaluation');
};
const post = async (login: string, path: string, body?: unknown): Promise<string> =>
  outcome(await v.send(login, 'POST', path, body));

/** A request is refused so, and the database is as before. */
async function refused(request: () => Promise<Response>, code: string): Promise<void> {
  const before = v.state();
  expect(await outcome(await request())).toBe(code);
  expect(v.state()).toEqual(before);
}

/** The same people, asked for what production asks for. */
const inProduction = () => Object.assign(v.t.services, { production: true });

interface Shown {
  readonly ballots: readonly {
    readonly attending: number;
    readonly taken: number;
    readonly waiting: { community: string }[] | null;
    readonly absent: { community: string }[] | null;
    readonly mine: { signedIn: boolean; taken: boolean; declined: boolean } | null;
    readonly mayPreside: boolean;
  }[];
  readonly callable: { kind: string } | null;
}
const readAll = (login: string) => v.read<Shown>(login, '/sessions/9/ballots');
const shown = async (login: string) => (await readAll(login)).ballots[0];

describe('who leads a ballot', () => {
  it('is the chair', async () => {
    v = await createVoting({ came: THREE, chair: 'shequ4' });
    const call = { kind: 'evaluation' };
    await refused(() => v.send('minzheng', 'POST', '/sessions/9/ballots', call), '403 forbidden');
    const ballot = await v.call('evaluation', 'shequ4');
    expect(await post('minzheng', `/ballots/${ballot}/announce`)).toBe('403 forbidden');
    expect(await post('shequ4', `/ballots/${ballot}/announce`)).toBe('done');
  });

  it('is the host where the chair is a member of the committee', async () => {
    v = await createVoting({ came: THREE, chair: 'jingyi' });
    const call = { kind: 'evaluation' };
    await refused(() => v.send('jingyi', 'POST', '/sessions/9/ballots', call), '403 forbidden');
    const ballot = await v.call('evaluation', 'minzheng');
    await refused(() => v.send('jingyi', 'POST', `/ballots/${ballot}/start`), '403 forbidden');
    expect((await shown('minzheng'))?.mayPreside).toBe(true);
    expect((await shown('jingyi'))?.mayPreside).toBe(false);
  });

  it('needs the second factor in production where it is the host, who has it for all else', async () => {
    v = await createVoting({ came: THREE, chair: 'jingyi' });
    inProduction();
    const call = { kind: 'evaluation' };
    const needed = '403 secondFactorNeeded';
    await refused(() => v.send('minzheng', 'POST', '/sessions/9/ballots', call), needed);
    expect(v.t.services.ballots.list()).toEqual([]);
    const host = await v.t.as('minzheng', { secondFactor: true });
    const send = (path: string, body?: unknown) =>
      host.send('POST', `/api/salons/${DEMO}${path}`, body);
    const called = await send('/sessions/9/ballots', call);
    const { ballot } = (await called.json()) as { ballot: string };
    for (const step of ['announce', 'start']) {
      await refused(() => v.send('minzheng', 'POST', `/ballots/${ballot}/${step}`), needed);
    }
    const body = { seatId: v.seat('shequ4'), reason: '手机没电' };
    const byHand = `/ballots/${ballot}/sign-in/hand`;
    await refused(() => v.send('minzheng', 'POST', byHand, body), needed);
    expect(await outcome(await send(byHand, body))).toBe('done');
    expect(await outcome(await send(`/ballots/${ballot}/announce`))).toBe('done');
    expect(v.t.services.ballots.facts(ballot)?.phase).toBe('taking');
  });

  it('needs none in production where it is the chair', async () => {
    v = await createVoting({ came: THREE, chair: 'shequ4' });
    inProduction();
    const ballot = await v.call('evaluation', 'shequ4');
    expect(await post('shequ4', `/ballots/${ballot}/announce`)).toBe('done');
  });

  it('calls only what is due, while nothing is open, and leaves nothing in the box', async () => {
    await begin();
    const call = (kind: string) => () =>
      v.send('minzheng', 'POST', '/sessions/9/ballots', { kind });
    await refused(call('election'), '409 ballotNotDue');
    await refused(call('evaluation'), '409 ballotNotDue');
    expect(v.t.services.ballots.list()).toHaveLength(2);
  });

  it('calls one ballot however many ask at once, and offers none while it is held', async () => {
    v = await createVoting({ came: THREE });
    expect(await readAll('minzheng')).toMatchObject({ callable: { kind: 'evaluation' } });
    const call = () => v.send('minzheng', 'POST', '/sessions/9/ballots', { kind: 'evaluation' });
    const answers = await Promise.all(
      [call(), call(), call()].map(async (one) => outcome(await one)),
    );
    expect(answers.sort()).toEqual(['409 ballotNotDue', '409 ballotNotDue', 'done']);
    const open = v.t.services.ballots.list().filter(({ phase }) => phase !== 'void');
    expect(open).toHaveLength(2);
    expect(await readAll('minzheng')).toMatchObject({ callable: null });
  });

  it('says the fingerprint in the audit before anybody takes, and tells those who are there', async () => {
    const ballot = await begin();
    const { sqlite } = v.t.services.db;
    const detail = sqlite.prepare("SELECT detail FROM audit WHERE action = 'ballot.call'").pluck();
    const fingerprint = v.t.services.ballots.facts(ballot)?.fingerprint;
    expect(detail.all()).toEqual([JSON.stringify({ fingerprint })]);
    expect(toldNames(v.t, 'ballot.called')).toEqual(THREE);
  });
});

describe('the sign-in for a ballot', () => {
  it('is for seats that are at the session, and for nobody else', async () => {
    const ballot = await begin({ guest: 'yibao' });
    const signIn = (login: string) => () => v.send(login, 'POST', `/ballots/${ballot}/sign-in`);
    await refused(signIn('shequ9'), '409 notCheckedIn');
    await refused(signIn('minzheng'), '403 forbidden');
    await refused(signIn('yibao'), '403 forbidden');
    await v.signIn(ballot, 'shequ4', 'shequ4');
    expect(await shown('minzheng')).toMatchObject({ attending: 1, taken: 0 });
  });

  it('is undone and declined until the ballot is taken', async () => {
    const ballot = await begin();
    const undo = (login: string) => v.send(login, 'DELETE', `/ballots/${ballot}/sign-in`);
    await v.signIn(ballot, 'shequ4');
    expect(await outcome(await undo('shequ4'))).toBe('done');
    expect((await shown('shequ4'))?.mine?.signedIn).toBe(false);
    expect(await post('shequ4', `/ballots/${ballot}/decline`)).toBe('403 notOnRoll');
    await v.take('shequ5', ballot);
    await refused(() => undo('shequ5'), '409 ballotTaken');
    await refused(() => v.send('shequ5', 'POST', `/ballots/${ballot}/decline`), '409 ballotTaken');
    await v.signIn(ballot, 'shequ6');
    expect(await post('shequ6', `/ballots/${ballot}/decline`)).toBe('done');
    const papers = await v.prepare(ballot);
    await refused(() => v.takeWith('shequ6', papers), '409 ballotDeclined');
    await v.signIn(ballot, 'shequ6');
    expect(await outcome(await v.takeWith('shequ6', papers))).toBe('done');
  });

  it('is done by hand, with a reason, by whoever leads', async () => {
    const ballot = await begin();
    const hand =
      (login: string, who: string, reason = '手机没电') =>
      () =>
        v.send(login, 'POST', `/ballots/${ballot}/sign-in/hand`, { seatId: v.seat(who), reason });
    await refused(hand('shequ5', 'shequ4'), '403 forbidden');
    await refused(hand('minzheng', 'shequ9'), '409 notCheckedIn');
    await refused(hand('minzheng', 'shequ4', ''), '422 invalid');
    expect(await outcome(await hand('minzheng', 'shequ4')())).toBe('done');
    expect(await shown('minzheng')).toMatchObject({
      attending: 1,
      waiting: [{ community: '示例社区四' }],
    });
    expect((await shown('shequ5'))?.waiting).toBeNull();
  });

  it('closes at once when nobody is waited for, else five minutes after it was announced', async () => {
    const ballot = await begin();
    const start = () => v.send('minzheng', 'POST', `/ballots/${ballot}/start`);
    for (const login of THREE.slice(1)) await v.take(login, ballot);
    await v.signIn(ballot, 'shequ4');
    await refused(start, '409 announceFirst');
    expect(await post('minzheng', `/ballots/${ballot}/announce`)).toBe('done');
    expect(toldNames(v.t, 'ballot.closing')).toEqual(['shequ4']);
    v.after(5 * 60_000 - 1);
    await refused(start, '409 signInOpen');
    v.after(1);
    // Too few have taken, which the box finds.
    expect(await outcome(await start())).toBe('done');
    expect((await v.ended(ballot)).state).toBe('void');
  });

  it('is over for who comes late', async () => {
    const ballot = await begin();
    for (const login of THREE) await v.take(login, ballot);
    await v.start(ballot);
    const { sqlite } = v.t.services.db;
    const seatId = v.seat('shequ9');
    sqlite
      .prepare('INSERT INTO attendance (session_id, party_id, seat_id, at) VALUES (?, ?, ?, 0)')
      .run(v.session.id, seatId, seatId);
    await refused(() => v.send('shequ9', 'POST', `/ballots/${ballot}/sign-in`), '409 ballotState');
    expect(await shown('minzheng')).toMatchObject({ attending: 3, taken: 3 });
  });
});

describe('taking', () => {
  it('answers the same request the same, and another not at all', async () => {
    const ballot = await begin();
    await v.signIn(ballot, 'shequ4');
    const [papers, others] = [await v.prepare(ballot), await v.prepare(ballot)];
    const before = v.state();
    const one = await (await v.takeWith('shequ4', papers)).text();
    expect(await (await v.takeWith('shequ4', papers)).text()).toBe(one);
    expect(await outcome(await v.takeWith('shequ4', others))).toBe('409 otherTaken');
    // §6: nothing beside the box knows of it, no key of a request either.
    expect(v.state()).toEqual(before);
  });

  it('gives one of two that come at once', async () => {
    const ballot = await begin();
    await v.signIn(ballot, 'shequ4');
    const both = [await v.prepare(ballot), await v.prepare(ballot)];
    const answers = await Promise.all(both.map((papers) => v.takeWith('shequ4', papers)));
    const outcomes = await Promise.all(answers.map(outcome));
    expect(outcomes.sort()).toEqual(['409 otherTaken', 'done']);
    expect(v.t.services.ballots.takers(ballot)).toEqual([v.seat('shequ4')]);
  });

  it('is refused to who is not signed in, has no seat, or comes after the closing', async () => {
    const ballot = await begin({ came: [...THREE, 'shequ7'] });
    const papers = await v.prepare(ballot);
    await refused(() => v.takeWith('shequ4', papers), '403 notOnRoll');
    await refused(() => v.takeWith('minzheng', papers), '403 forbidden');
    await v.signIn(ballot, 'shequ7');
    await refused(() => v.takeWith('shequ7', papers.slice(0, 1)), '422 badBlinded');
    for (const login of THREE) await v.take(login, ballot);
    await post('minzheng', `/ballots/${ballot}/announce`);
    v.after(5 * 60_000);
    await v.start(ballot);
    await refused(() => v.takeWith('shequ7', papers), '409 notTaking');
    expect(await shown('minzheng')).toMatchObject({ attending: 4, taken: 3 });
    expect(v.t.services.ballots.facts(ballot)).toMatchObject({ phase: 'casting', issued: 3 });
  });
});

describe('while a ballot is open', () => {
  it('no seat changes hands and the session does not end', async () => {
    const ballot = await begin();
    const close = () => v.send('minzheng', 'POST', '/sessions/9/close');
    const retire = (who: string) => () =>
      v.send('minzheng', 'POST', `/seats/${v.seat(who)}/retire`);
    await refused(() => handOverTo(v, 'shequ9'), '409 ballotOpen');
    await refused(retire('shequ9'), '409 ballotOpen');
    await refused(close, '409 ballotOpen');
    const papers = [];
    for (const login of THREE) papers.push((await v.take(login, ballot))[0]);
    await v.start(ballot);
    await refused(() => handOverTo(v, 'shequ4'), '409 ballotOpen');
    await refused(retire('shequ4'), '409 ballotOpen');
    await refused(close, '409 ballotOpen');
    const password = 'yuanzhuo-demo';
    const erase = async () => (await v.t.as('shequ4')).send('POST', '/api/me/erase', { password });
    expect(await outcome(await erase())).toBe('409 ballotOpen');
    // Who is not on the roll has no part in it.
    expect(await outcome(await handOverTo(v, 'shequ9'))).toBe('done');
    for (const one of papers) await v.cast(one, ['for']);
    await v.ended(ballot);
    expect(await outcome(await handOverTo(v, 'shequ4'))).toBe('done');
    expect(await outcome(await close())).toBe('done');
  });
});

describe('a scrutineer', () => {
  it('is named where the salon has one, recounts and signs once', async () => {
    v = await createVoting({ came: [...THREE, 'jingyi'] });
    await v.send('minzheng', 'PATCH', '/settings', { scrutineer: true });
    const call = (who?: string) =>
      v.send('minzheng', 'POST', '/sessions/9/ballots', {
        kind: 'evaluation',
        ...(who && { scrutineerSeatId: v.seat(who) }),
      });
    await refused(() => call(), '422 scrutineerNeeded');
    await refused(() => call('jingyi'), '422 scrutineerUnfit');
    await refused(() => call('shequ9'), '422 scrutineerUnfit');
    const { ballot } = (await (await call('shequ4')).json()) as { ballot: string };
    const sign = (who: string) => () => v.send(who, 'POST', `/ballots/${ballot}/scrutinise`);
    await refused(sign('shequ4'), '409 notYetCounted');
    const papers = [];
    for (const login of THREE) papers.push((await v.take(login, ballot))[0]);
    await v.start(ballot);
    for (const one of papers) await v.cast(one, ['for']);
    await v.ended(ballot);
    await refused(sign('shequ5'), '403 forbidden');
    await refused(sign('minzheng'), '403 forbidden');
    expect(await outcome(await sign('shequ4')())).toBe('done');
    v.after(1000);
    await refused(sign('shequ4'), 'done');
  });
});
