import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayOf } from '../../api/core/day.ts';
import { dump } from '../support/dump.ts';
import {
  addOtherSalon,
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  type TestApp,
} from '../support/testApp.ts';

let now: number;
let t: TestApp;
let host: Client;
beforeEach(async () => {
  now = Date.now() + 3600_000;
  t = await createTestApp({ clock: () => now });
  host = await t.as('minzheng');
});
afterEach(() => t.close());

const SEATS = `/api/salons/${DEMO}/seats`;
const seatOf = (community: string): string =>
  t.services.db.sqlite
    .prepare<[string], string>('SELECT id FROM seat WHERE community = ?')
    .pluck()
    .get(community) ?? '';
const handOver = (seat: string, body: object, client = host) =>
  client.send('POST', `${SEATS}/${seat}/hand-over`, body);
interface Tenure {
  readonly personId: string;
  readonly since: string;
  readonly until: string | null;
}
const tenures = async (seat: string): Promise<Tenure[]> =>
  ((await (await host.get(`${SEATS}/${seat}`)).json()) as { tenures: Tenure[] }).tenures;

describe('the table of seats', () => {
  it('is public, in order, page by page', async () => {
    const seen: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const path: string = `${SEATS}?limit=5${next && `&cursor=${next}`}`;
      const page = await (await t.visitor.get(path)).json();
      seen.push(...page.seats.map(({ position }: { position: number }) => position));
      next = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
  });

  it('takes a new seat at its end, once per community', async () => {
    const added = await host.send('POST', SEATS, { community: ' 新社区 ' });
    const row = { community: '新社区', position: 20, joinedOn: dayOf(now), retiredOn: null };
    expect(await added.json()).toMatchObject(row);
    const before = dump(t);
    for (const community of ['新社区', '渭运社区', '渭运\u200b社区']) {
      expect(await codeOf(await host.send('POST', SEATS, { community }))).toBe('communityTaken');
    }
    expect(
      await codeOf(await host.send('POST', SEATS, { community: '甲', joinedOn: '2026-02-30' })),
    ).toBe('invalid');
    expect(dump(t)).toEqual(before);
  });
});

describe('handing a seat over', () => {
  it('to somebody new ends one tenure and begins the next, at the same moment', async () => {
    const seat = seatOf('渭运社区');
    const old = await t.as('weiyun');
    now += 1000;
    const person = { name: '新书记', phone: '13900000001' };
    const done = await handOver(seat, { person });
    const { personId, invitation } = await done.json();
    expect(invitation.personId).toBe(personId);
    const [first, second, ...more] = await tenures(seat);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      personId: t.personId('weiyun'),
      until: new Date(now).toISOString(),
    });
    expect(second).toMatchObject({ personId, since: first?.until, until: null });
    // Whoever held it is out of the salon from this moment on.
    expect((await old.get(`/api/salons/${DEMO}/members`)).status).toBe(404);
    expect(await (await old.get('/api/me')).json()).toMatchObject({ me: { salons: [] } });
  });

  it('back and forth keeps every tenure', async () => {
    const seat = seatOf('渭运社区');
    const people = [t.personId('xueyuan'), t.personId('weiyun'), t.personId('xueyuan')];
    for (const personId of people) {
      now += 1000;
      expect((await handOver(seat, { personId })).status).toBe(200);
    }
    const all = await tenures(seat);
    expect(all.map(({ personId }) => personId)).toEqual([t.personId('weiyun'), ...people]);
    all.slice(1).forEach((tenure, index) => {
      expect(tenure.since).toBe(all[index]?.until);
    });
  });

  it('is in the log with whom it was taken from, and without for an empty seat', async () => {
    const seat = seatOf('渭运社区');
    expect((await handOver(seat, { personId: t.personId('xueyuan') })).status).toBe(200);
    const added = await (await host.send('POST', SEATS, { community: '新社区' })).json();
    expect((await handOver(added.id, { personId: t.personId('weiyun') })).status).toBe(200);
    const { rows } = await (await host.get(`/api/salons/${DEMO}/audit`)).json();
    const details = (rows as { action: string; details: unknown }[])
      .filter(({ action }) => action === 'seat.handOver')
      .map((row) => row.details);
    expect(details.slice(0, 2)).toEqual([
      [{ label: '书记', value: '演示·渭运社区书记' }],
      [
        { label: '前任书记', value: '演示·渭运社区书记' },
        { label: '书记', value: '演示·学员' },
      ],
    ]);
  });

  it('is refused where it would make two of one, and changes nothing', async () => {
    const seat = seatOf('渭运社区');
    const other = await addOtherSalon(t);
    const before = dump(t);
    const refused = async (body: object, at = seat) => codeOf(await handOver(at, body));
    expect(await refused({ personId: t.personId('jingyi') })).toBe('alreadySeated');
    expect(await refused({ personId: t.personId('weiyun') })).toBe('holdsAlready');
    expect(await refused({ personId: t.personId('qita') })).toBe('notFound');
    expect(await refused({ personId: t.personId('qitashuji') })).toBe('notFound');
    expect(await refused({ personId: t.personId('xueyuan') }, other.seat)).toBe('notFound');
    expect(await refused({})).toBe('chooseOne');
    const person = { name: '新书记', phone: '13900000001' };
    expect(await refused({ personId: t.personId('xueyuan'), person })).toBe('chooseOne');
    expect(await refused({ person: { name: '新书记' } })).toBe('noLogin');
    expect(await refused({ person: { name: '别名', userName: 'xueyuan' } })).toBe('loginTaken');
    expect(dump(t)).toEqual(before);
  });

  it('of two at once leaves one holder, and of one to two seats one seat', async () => {
    const [a, b] = [seatOf('渭运社区'), seatOf('景翼社区')];
    const personId = t.personId('xueyuan');
    const both = await Promise.all([handOver(a, { personId }), handOver(b, { personId })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const open = t.services.db.sqlite.prepare(
      'SELECT count(*) FROM tenure WHERE until IS NULL GROUP BY person_id HAVING count(*) > 1',
    );
    expect(open.all()).toEqual([]);
  });

  it('works although the clock was set back', async () => {
    const seat = seatOf('渭运社区');
    now = Date.UTC(2000, 0, 1);
    expect((await handOver(seat, { personId: t.personId('xueyuan') })).status).toBe(200);
    const [first, second] = await tenures(seat);
    expect([first?.personId, first?.until]).toEqual([t.personId('weiyun'), first?.since]);
    expect([second?.personId, second?.since]).toEqual([t.personId('xueyuan'), first?.until]);
  });
});

describe('retiring a seat', () => {
  it('ends the tenure, keeps the history, and frees community and person', async () => {
    const seat = seatOf('渭运社区');
    const done = await host.send('POST', `${SEATS}/${seat}/retire`);
    expect(await done.json()).toMatchObject({ id: seat, retiredOn: dayOf(now), position: 2 });
    expect(await tenures(seat)).toMatchObject([
      { personId: t.personId('weiyun'), until: new Date(now).toISOString() },
    ]);
    const before = dump(t);
    expect(await codeOf(await host.send('POST', `${SEATS}/${seat}/retire`))).toBe('seatRetired');
    expect(await codeOf(await handOver(seat, { personId: t.personId('xueyuan') }))).toBe(
      'seatRetired',
    );
    expect(dump(t)).toEqual(before);
    const again = await host.send('POST', SEATS, { community: '渭运社区' });
    const { id, position } = await again.json();
    expect([again.status, position]).toEqual([201, 20]);
    expect((await handOver(id, { personId: t.personId('weiyun') })).status).toBe(200);
  });
});
