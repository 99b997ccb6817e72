import { createHash } from 'node:crypto';
import { findSalon } from '../../api/access/standings.ts';
import { newId } from '../../api/core/id.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { type Plan, planBallot } from '../../api/salon/ballots/plan.ts';
import {
  applyElection,
  applyEvaluation,
  ballotDue,
  beginElection,
  type ElectionDue,
  type EvaluationDue,
} from '../../api/salon/committee/apply.ts';
import { callFirstElection } from '../../api/salon/committee/elections.ts';
import { pendingElection, termOf } from '../../api/salon/committee/find.ts';
import { requireSession } from '../../api/salon/sessions/find.ts';
import * as schema from '../../db/schema/index.ts';
import { DEMO, type TestApp } from './testApp.ts';

/** The committee as a settled ballot makes it, without the ballot. */

const salonOf = ({ services }: TestApp) => findSalon(services.db.orm, DEMO);

/** The election that is to be held. */
export function called(t: TestApp) {
  const found = pendingElection(t.services.db.orm, salonOf(t).id);
  if (!found) throw new Error('No election is called');
  return found;
}

/** Calls the first election, as the minutes of the third session do. */
export async function callFirst(t: TestApp): Promise<void> {
  const ctx = systemContext(t.services);
  const salon = salonOf(t);
  await write(ctx, { name: 'test', input: null }, (tx) => callFirstElection(tx, ctx, salon.id, 3));
}

/** Some past session to point at. */
const anySession = (t: TestApp): string =>
  t.services.db.sqlite
    .prepare<[], string>('SELECT id FROM session ORDER BY month LIMIT 1')
    .pluck()
    .get() ?? '';

/** Counts these papers as the election's ballot. @param papers names of seats */
export function holdElection(
  t: TestApp,
  papers: readonly (readonly string[])[],
  { ballotId = newId(), seed = ballotId }: { ballotId?: string; seed?: string } = {},
) {
  const ctx = systemContext(t.services);
  const bulletinHash = createHash('sha256').update(seed).digest('hex');
  const salon = salonOf(t);
  const about = { electionId: called(t).id, sessionId: anySession(t), ballotId, bulletinHash };
  return write(ctx, { name: 'test', input: null }, (tx) =>
    applyElection(tx, ctx, salon, { ...about, papers }),
  );
}

/** The election's ballot is called. */
export function callBallot(t: TestApp): Promise<void> {
  const ctx = systemContext(t.services);
  const { id } = called(t);
  return write(ctx, { name: 'test', input: null }, (tx) =>
    beginElection(tx, ctx, id, anySession(t)),
  );
}

/** Lets these seats stand, whoever else does. */
export function stand(t: TestApp, seats: readonly string[]): void {
  const electionId = called(t).id;
  for (const seatId of seats) {
    const row = { electionId, seatId, bySeatId: seatId, state: 'accepted' as const };
    t.services.db.orm.insert(schema.nominee).values(row).run();
  }
}

/** Puts these seats into office as the first election would, one vote each. */
export async function seatCommittee(t: TestApp, seats: readonly string[]): Promise<void> {
  endPilot(t);
  await callFirst(t);
  stand(t, seats);
  const { id } = called(t);
  t.services.db.sqlite.prepare("UPDATE election SET state = 'ready' WHERE id = ?").run(id);
  await holdElection(t, [seats]);
}

/** The pilot stage is over from the beginning. */
export function endPilot(t: TestApp): void {
  const settings = JSON.stringify({ pilotSessions: 0 });
  t.services.db.sqlite.prepare('UPDATE salon SET settings = ? WHERE slug = ?').run(settings, DEMO);
}

/** An evaluation is held and settled so. */
export async function evaluate(t: TestApp, recalled: boolean): Promise<void> {
  const ctx = systemContext(t.services);
  const salon = salonOf(t);
  await write(ctx, { name: 'test', input: null }, (tx) => {
    const term = termOf(tx, salon.id);
    if (!term) throw new Error('No committee is in office');
    addEvaluation(t, term.id, 'decided');
    applyEvaluation(tx, ctx, salon, { termId: term.id, recalled });
  });
}

/** A ballot on a term, as a row. @returns its id */
export function addEvaluation(t: TestApp, termId: string, state: 'taking' | 'decided'): string {
  const id = newId();
  const result = {
    ...{ kind: 'evaluation' as const, due: 19, attending: 5, issued: 5, received: 5 },
    ...{ for: 5, against: 0, abstain: 0, recalled: false, members: [] },
  };
  const links = { id, salonId: salonOf(t).id, sessionId: anySession(t), termId };
  t.services.db.orm
    .insert(schema.ballot)
    .values({
      ...{ ...links, dueOn: '2027-01-01', fingerprint: 'x', state, calledAt: 1 },
      ...(state === 'decided' && { result, closedAt: 1, due: 19, attending: 5 }),
    })
    .run();
  return id;
}

/** The ballot of a session as it would be called. */
export function planAt(t: TestApp, number: number): Plan | undefined {
  const { orm } = t.services.db;
  const salon = salonOf(t);
  const found = requireSession(orm, salon.id, number);
  return planBallot(orm, systemContext(t.services), salon, found);
}

/** What is to be held at a session. */
export function dueAt(t: TestApp, number: number): ElectionDue | EvaluationDue | undefined {
  const { orm } = t.services.db;
  const salon = salonOf(t);
  const found = requireSession(orm, salon.id, number);
  return ballotDue(orm, systemContext(t.services), salon, found);
}
