import { dayOf } from '../../api/core/day.ts';
import { newId } from '../../api/core/id.ts';
import * as schema from '../../db/schema/index.ts';
import { DEMO, type TestApp } from './testApp.ts';

const DAY = 24 * 3600_000;

/**
 * A round of long ago whose vote is open, a topic that is proposed, an offer to swap, and the
 * committee. In the demo the topic is 陕拖社区’s, who sits on the committee and to whom 示例社区四
 * offers the swap, so that of everyone else their roles alone decide.
 * @returns what the paths name
 */
export function addRoundOfOthers(t: TestApp, slug: string = DEMO) {
  const { orm, sqlite } = t.services.db;
  const seats = sqlite
    .prepare<[string], { id: string; salonId: string }>(
      `SELECT seat.id, salon_id AS salonId FROM seat JOIN salon ON salon.id = salon_id
       WHERE slug = ? ORDER BY position`,
    )
    .all(slug);
  const [holder = seats[0], asking] = seats.slice(2);
  if (!holder) throw new Error(`${slug} has no seat`);
  const { salonId, id: seatId } = holder;
  const month = '2025-01';
  const now = t.services.clock();
  const [sessionId, roundId, topic, swap] = [newId(), newId(), newId(), newId()];
  const session = { id: sessionId, salonId, month, number: 90, startsAt: now, updatedAt: now };
  orm
    .insert(schema.session)
    .values({ ...session, state: 'planned' })
    .run();
  const times = { opensAt: now - 2 * DAY, votingAt: now - DAY, closesAt: now + DAY };
  const round = { id: roundId, salonId, sessionId, month, ...times };
  orm
    .insert(schema.round)
    .values({ ...round, state: 'voting' })
    .run();
  const texts = { title: '别人的议题', situation: '别人遇到的问题', tried: '', invite: '' };
  const row = { id: topic, salonId, seatId, ...texts, createdAt: now, updatedAt: now };
  orm
    .insert(schema.topic)
    .values({ ...row, state: 'proposed', newInRoundId: roundId })
    .run();
  if (asking) {
    const months = { fromMonth: '2025-02', toMonth: '2025-03', offeredAt: now };
    const offer = { id: swap, salonId, fromSeatId: asking.id, toSeatId: seatId, ...months };
    orm
      .insert(schema.swap)
      .values({ ...offer, state: 'offered' })
      .run();
  }
  return { month, topic, swap, motion: addMember(t, { salonId, seatId, topicId: topic }) };
}

/**
 * A committee of one, who is named for the next as well: too few to choose the topics, so that the
 * host does.
 * @returns the id of a motion of theirs
 */
function addMember(
  t: TestApp,
  { salonId, seatId, topicId }: { salonId: string; seatId: string; topicId: string },
): string {
  const { orm } = t.services.db;
  const [electionId, pendingId, termId, id] = [newId(), newId(), newId(), newId()];
  const at = t.services.clock();
  const called = { salonId, places: 3, calledAt: at };
  orm
    .insert(schema.election)
    .values([
      { id: electionId, ...called, kind: 'first', state: 'decided' },
      { id: pendingId, ...called, kind: 'by', places: 2, state: 'nominating' },
    ])
    .run();
  orm
    .insert(schema.nominee)
    .values({ electionId: pendingId, seatId, bySeatId: seatId, state: 'asked' })
    .run();
  const began = { electionId, beganAt: at };
  orm
    .insert(schema.committeeTerm)
    .values({ id: termId, salonId, ...began, beganOn: dayOf(at) })
    .run();
  orm
    .insert(schema.committeeMember)
    .values({ id: newId(), termId, seatId, ...began })
    .run();
  const decision = { reason: '不采用的理由' };
  const row = { id, salonId, termId, topicId, decision, bySeatId: seatId, movedAt: at };
  orm
    .insert(schema.motion)
    .values({ ...row, state: 'open' })
    .run();
  return id;
}
