import { afterEach, beforeEach, expect, it } from 'vitest';
import { presiderOf } from '../../api/salon/ballots/rules.ts';
import { interestedSeats } from '../../api/salon/committee/find.ts';
import { giveReminders, tick } from '../../api/salon/scheduler.ts';
import { chairOf, requireSession } from '../../api/salon/sessions/find.ts';
import { nominee } from '../../db/schema/index.ts';
import { called, dueAt } from '../support/committee.ts';
import { salonId } from '../support/months.ts';
import { createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

it('the demo’s election can be held at the session that is going on, led by its chair', () => {
  const { orm } = t.services.db;
  const due = dueAt(t, 4);
  expect(due).toMatchObject({ kind: 'election', places: 3, runOff: 0, hindrance: '' });
  expect(due?.kind === 'election' && due.candidates.map(({ community }) => community)).toEqual([
    ...['景翼社区', '陕拖社区', '示例社区四', '示例社区五'],
  ]);
  const found = requireSession(orm, salonId(t), 4);
  const chair = chairOf(orm, found);
  expect(chair?.community).toBe('渭运社区');
  const interested = interestedSeats(orm, salonId(t));
  expect(interested.size).toBe(4);
  expect(presiderOf({ chairSeat: chair?.seatId ?? null, interested })).toBe('chair');
});

it.each([
  ['asked', 'chair'],
  ['declined', 'chair'],
  ['accepted', 'host'],
] as const)('a chair who is named and has %s: the %s leads', (state, leader) => {
  const { orm } = t.services.db;
  const chairSeat = chairOf(orm, requireSession(orm, salonId(t), 4))?.seatId ?? '';
  const electionId = called(t).id;
  orm.insert(nominee).values({ electionId, seatId: chairSeat, bySeatId: chairSeat, state }).run();
  const interested = interestedSeats(orm, salonId(t));
  expect(presiderOf({ chairSeat, interested })).toBe(leader);
});

it('nothing becomes of it by the clock alone; the page shows who stands', async () => {
  await tick(t.services);
  await giveReminders(t.services);
  const page = await (await t.visitor.get(`/api/salons/${DEMO}/committee`)).json();
  expect(page).toMatchObject({
    reviewer: { by: 'host', note: '选题委员会选出之前，由主办单位综合研判' },
    election: { kind: 'first', state: 'ready', session: { number: 4 } },
  });
  expect(page.decisions).toHaveLength(4);
  expect(page.decisions.every((one: { by: string }) => one.by === 'host')).toBe(true);
  const stands = page.election.nominees.map((one: { state: string }) => one.state);
  expect(stands).toEqual([...Array(4).fill('accepted'), 'asked']);
  expect(page.election).toMatchObject({ mine: null, nameable: [] });
});

it('the scheduler reads the open elections and terms alone, by index', () => {
  const plan = (sql: string) =>
    JSON.stringify(t.services.db.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  const pending = "SELECT * FROM election WHERE state IN ('nominating', 'extended', 'ready')";
  expect(plan(pending)).toContain('election_one_open');
  const running = 'SELECT * FROM committee_term WHERE ended_at IS NULL';
  expect(plan(running)).toContain('committee_term_one_open');
});
