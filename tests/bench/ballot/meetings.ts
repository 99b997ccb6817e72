import type { Database } from 'better-sqlite3';
import { dayOf } from '../../../api/core/day.ts';
import { newId } from '../../../api/core/id.ts';
import { silentLog } from '../../../api/core/log.ts';
import { closeServices, openServices } from '../../../api/services.ts';
import { copyOf, type SalonDatabase } from '../salon/database.ts';
import { LARGE, type Plan, YOUNG } from '../salon/plan.ts';

const DAY = 86_400_000;
/** Longer in office than until the first evaluation. */
const IN_OFFICE = 190 * DAY;
const MEMBERS = 3;

/** A session that is going on. */
export type Room = {
  slug: string;
  number: number;
  /** The chair's cookie; the chair leads the ballots. */
  chair: string;
  /** Of every seat, in order. */
  cookies: readonly string[];
};

/** Opens the last session, lets everybody check in, and puts the first seats into office long ago. */
function meet(sqlite: Database, { slug, months }: Plan, now: number): void {
  const number = months + 1;
  const { salonId, sessionId } = sqlite
    .prepare<[string, number], { salonId: string; sessionId: string }>(
      `SELECT salon.id salonId, session.id sessionId FROM salon
       JOIN session ON session.salon_id = salon.id WHERE slug = ? AND number = ?`,
    )
    .get(slug, number) ?? { salonId: '', sessionId: '' };
  const run = (statement: string, ...values: (string | number)[]) =>
    sqlite.prepare(statement).run(...values);
  run("UPDATE session SET state = 'open', opened_at = ? WHERE id = ?", now, sessionId);
  run(
    `INSERT INTO attendance (session_id, party_id, seat_id, at)
     SELECT ?, id, id, ? FROM seat WHERE salon_id = ?`,
    ...[sessionId, now, salonId],
  );
  const [electionId, termId, began] = [newId(), newId(), now - IN_OFFICE];
  run(
    `INSERT INTO election (id, salon_id, kind, places, state, called_at, settled_at)
     VALUES (?, ?, 'first', ${MEMBERS}, 'decided', ?, ?)`,
    ...[electionId, salonId, began, began],
  );
  run(
    `INSERT INTO committee_term (id, salon_id, election_id, began_on, began_at)
     VALUES (?, ?, ?, ?, ?)`,
    ...[termId, salonId, electionId, dayOf(began), began],
  );
  for (let position = 1; position <= MEMBERS; position += 1) {
    run(
      `INSERT INTO committee_member (id, term_id, election_id, seat_id, began_at)
       SELECT ?, ?, ?, id, ? FROM seat WHERE salon_id = ? AND position = ?`,
      ...[newId(), termId, electionId, began, salonId, position],
    );
  }
}

/** A copy in which two sessions with every seat of a province are going on, each with an evaluation due. */
export async function withMeetings(database: SalonDatabase): Promise<{
  file: string;
  large: Room;
  young: Room;
}> {
  const file = copyOf(database, 'ballot');
  const services = openServices({ file, production: false, log: silentLog });
  const roomOf = (plan: Plan): Room => {
    const cookies = database.cookies[plan.slug] ?? [];
    // The turns go round the seats, one a month from the first on.
    const chair = cookies[plan.months % cookies.length] ?? '';
    return { slug: plan.slug, number: plan.months + 1, chair, cookies };
  };
  try {
    const { sqlite } = services.db;
    for (const plan of [LARGE, YOUNG]) {
      sqlite.transaction(() => meet(sqlite, plan, Date.now()))();
    }
    return { file, large: roomOf(LARGE), young: roomOf(YOUNG) };
  } finally {
    await closeServices(services);
  }
}
