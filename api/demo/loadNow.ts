import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { DEMO_NOW } from '../../db/demo/months.ts';
import { agendaItem, reading, session } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { insertGuests, signIn } from './loadAttendance.ts';
import { type DemoRound, roundIn } from './loadRounds.ts';
import type { TopicIds } from './loadTopics.ts';
import { type DemoPlace, seatIn } from './place.ts';

const HOUR_MS = 3600_000;

/** The fourth session, which is going on. */
export function insertNow(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): void {
  const { sessionId, startsAt } = roundIn(rounds, 4);
  const guests = insertGuests(tx, place, sessionId, DEMO_NOW.guests);
  const items = DEMO_NOW.agenda.map((item) => ({
    id: newId(),
    title: item.title,
    minutes: item.minutes,
    topicId: 'topic' in item ? (topics.get(item.topic) ?? null) : null,
  }));
  items.forEach((item, index) => {
    tx.insert(agendaItem)
      .values({ ...item, sessionId, position: index + 1 })
      .run();
  });
  for (const one of DEMO_NOW.readings)
    tx.insert(reading)
      .values({ sessionId, ...one })
      .run();
  const opened = startsAt - HOUR_MS / 6;
  for (const login of DEMO_NOW.present) {
    signIn(tx, sessionId, { seatId: seatIn(place, login).id }, opened);
  }
  const { login, reason } = DEMO_NOW.byHand;
  signIn(tx, sessionId, { seatId: seatIn(place, login).id }, opened, reason);
  for (const id of guests.values()) signIn(tx, sessionId, { guestId: id }, opened);
  tx.update(session)
    .set({ currentItemId: items[0]?.id ?? null, currentSince: ctx.clock() })
    .where(eq(session.id, sessionId))
    .run();
}
