import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { DEMO_TOPICS, type DemoSession } from '../../db/demo/months.ts';
import {
  actionItem,
  actionNote,
  agendaItem,
  correction,
  minutes,
  reading,
  session,
} from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { addDays, dayOf, momentOf } from '../core/day.ts';
import { newId } from '../core/id.ts';
import { insertGuests, signIn } from './loadAttendance.ts';
import { type DemoRound, roundIn } from './loadRounds.ts';
import type { TopicIds } from './loadTopics.ts';
import { type DemoPlace, required, seatIn } from './place.ts';

/** A session that is over: who came, what was said, and what came of it. */

const DAY_MS = 24 * 3600_000;
const HOUR_MS = 3600_000;

export function insertPast(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  one: DemoSession,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): void {
  const { sessionId, startsAt } = roundIn(rounds, one.number);
  const guests = insertGuests(tx, place, sessionId, one.guests);
  const about = required(
    DEMO_TOPICS.find(({ key }) => key === one.topic),
    one.topic,
  );
  const agenda = [
    { title: '签到，通报上期待办', minutes: 10, topicId: null },
    { title: about.title, minutes: 70, topicId: topics.get(one.topic) ?? null },
    { title: '小结，布置待办', minutes: 10, topicId: null },
  ];
  agenda.forEach((item, index) => {
    tx.insert(agendaItem)
      .values({ id: newId(), sessionId, position: index + 1, ...item })
      .run();
  });
  for (const entry of about.cases ?? []) {
    tx.insert(reading).values({ sessionId, kind: 'case', entry }).run();
  }
  for (const [login, { id }] of place.seats) {
    if (one.absent.includes(login)) continue;
    signIn(tx, sessionId, { seatId: id }, startsAt - HOUR_MS / 6);
  }
  for (const id of guests.values()) signIn(tx, sessionId, { guestId: id }, startsAt);
  tx.update(session)
    .set({ state: 'closed', closedAt: startsAt + 2 * HOUR_MS })
    .where(eq(session.id, sessionId))
    .run();
  insertMinutes(tx, ctx, place, one, sessionId, startsAt, guests);
}

function insertMinutes(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  one: DemoSession,
  sessionId: string,
  startsAt: number,
  guests: ReadonlyMap<string, string>,
): void {
  const publishedAt = Math.min(startsAt + 3 * DAY_MS, ctx.clock());
  tx.insert(minutes)
    .values({
      sessionId,
      summary: one.summary,
      conclusions: one.conclusions,
      recorder: '演示·记录人',
      absences: Object.fromEntries(
        one.absent.map((login) => [seatIn(place, login).id, '因公请假']),
      ),
      version: 1,
      updatedAt: publishedAt,
      submittedAt: publishedAt - DAY_MS,
      publishedAt,
    })
    .run();
  if (one.correction) {
    const at = Math.min(publishedAt + 4 * DAY_MS, ctx.clock());
    tx.insert(correction).values({ id: newId(), sessionId, text: one.correction, at }).run();
  }
  one.actions.forEach((item, index) => {
    insertAction(tx, ctx, place, { sessionId, publishedAt, position: index + 1 }, item, guests);
  });
}

interface Placed {
  readonly sessionId: string;
  readonly publishedAt: number;
  readonly position: number;
}

function insertAction(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  { sessionId, publishedAt, position }: Placed,
  { what, owner, due, state, notes = [] }: DemoSession['actions'][number],
  guests: ReadonlyMap<string, string>,
): void {
  const id = newId();
  const seat = place.seats.get(owner);
  const unit = seat?.community ?? required(place.members.get(owner), owner).unit;
  const end = notes.find((note) => note.state === 'done');
  const today = dayOf(ctx.clock());
  const at = (day: number): number => Math.max(publishedAt, momentOf(addDays(today, day), '10:00'));
  tx.insert(actionItem)
    .values({
      id,
      salonId: place.salonId,
      sessionId,
      position,
      what,
      seatId: seat?.id ?? null,
      guestId: guests.get(owner) ?? null,
      unit,
      dueOn: addDays(today, due),
      state,
      result: end?.text ?? '',
      doneAt: end ? at(end.day) : null,
      published: true,
    })
    .run();
  notes.forEach((note, index) => {
    const row = { actionId: id, position: index + 1, unit, state: note.state, text: note.text };
    tx.insert(actionNote)
      .values({ ...row, at: at(note.day) })
      .run();
  });
}
