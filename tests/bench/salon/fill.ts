import type { Database } from 'better-sqlite3';
import { newId } from '../../../api/core/id.ts';
import { ACTIONS_A_MONTH, type Plan, type Times, timesOf, VOTES_A_SEAT } from './plan.ts';

type Value = string | number | null;
type Seat = { id: string; personId: string; community: string };
type Topic = { id: string; seat: Seat; title: string; steps: number };
type Month = { salonId: string; month: string; sessionId: string; roundId: string; at: number };

const SITUATION = '楼道堆放杂物，清了又堆；居民各有各的难处，社区没有执法权，协调了三次没有结果。';
const DAY = 86_400_000;

/** Takes rows into a table; the statement is compiled once. */
function into(sqlite: Database, table: string, columns: string): (...values: Value[]) => void {
  const marks = columns.split(', ').map(() => '?');
  const statement = sqlite.prepare(`INSERT INTO ${table} (${columns}) VALUES (${marks})`);
  return (...values) => statement.run(...values);
}

function tables(sqlite: Database) {
  const table = (name: string, columns: string) => into(sqlite, name, columns);
  return {
    person: table('person', 'id, name, user_name, created_at'),
    salon: table('salon', 'id, slug, name, county, host_unit, created_at'),
    member: table('membership', 'id, salon_id, person_id, role, since'),
    seat: table('seat', 'id, salon_id, community, position, joined_on'),
    tenure: table('tenure', 'id, seat_id, person_id, since'),
    turn: table('turn', 'salon_id, month, seat_id'),
    session: table(
      'session',
      'id, salon_id, month, number, starts_at, place, state, opened_at, closed_at, updated_at',
    ),
    agenda: table('agenda_item', 'id, session_id, position, title, minutes, topic_id'),
    round: table(
      'round',
      'id, salon_id, session_id, month, opens_at, voting_at, closes_at, state, seats, voters, decided_at',
    ),
    topic: table(
      'topic',
      'id, salon_id, seat_id, title, situation, tried, invite, state, round_id, new_in_round_id, supports, created_at, updated_at',
    ),
    step: table('topic_step', 'topic_id, position, state, by, reason, at'),
    support: table('support', 'topic_id, seat_id'),
    roundTopic: table('round_topic', 'round_id, topic_id, votes, rank, outcome, reason'),
    vote: table('vote', 'round_id, seat_id, topic_id'),
    guest: table('guest', 'id, session_id, unit, name, answer'),
    attendance: table('attendance', 'session_id, party_id, seat_id, guest_id, at'),
    reading: table('reading', 'session_id, kind, entry'),
    minutes: table(
      'minutes',
      'session_id, summary, conclusions, recorder, version, updated_at, submitted_at, published_at',
    ),
    action: table(
      'action_item',
      'id, salon_id, session_id, position, what, seat_id, unit, due_on, state, result, done_at, published',
    ),
    notice: table('notice', 'salon_id, kind, data, at'),
  };
}

/** Makes salons with their history, by plain rows: through the verbs it would take hours. */
export function createFiller(sqlite: Database, now: number) {
  const add = tables(sqlite);
  const closeSession = sqlite.prepare(
    "UPDATE session SET state = 'closed', closed_at = starts_at + 7200000 WHERE id = ?",
  );
  const move = sqlite.prepare(
    'UPDATE topic SET state = ?, round_id = ?, session_id = ?, updated_at = ? WHERE id = ?',
  );
  const countSupports = sqlite.prepare('UPDATE topic SET supports = ? WHERE id = ?');

  function seatsOf(salonId: string, { slug, seats }: Plan): Seat[] {
    return Array.from({ length: seats }, (_, index) => {
      const made = { id: newId(), personId: newId(), community: `测速社区${index + 1}` };
      add.person(made.personId, `书记${index + 1}`, `${slug}-${index + 1}`, 0);
      add.seat(made.id, salonId, made.community, index + 1, '2020-01-01');
      add.tenure(newId(), made.id, made.personId, 0);
      return made;
    });
  }

  function stepOn(topic: Topic, state: string, by: string, at: number, reason = ''): void {
    topic.steps += 1;
    add.step(topic.id, topic.steps, state, by, reason, at);
  }

  function propose(where: Month, seats: readonly Seat[], number: number): Topic {
    const seat = seats[number % seats.length];
    if (!seat) throw new Error('A salon without seats');
    const topic = { id: newId(), seat, title: `楼道里的难题之${number + 1}`, steps: 0 };
    const { salonId, roundId, at } = where;
    const texts = [topic.title, SITUATION.repeat(4), SITUATION, '县住建局'];
    add.topic(topic.id, salonId, seat.id, ...texts, 'proposed', roundId, roundId, 0, at, at);
    stepOn(topic, 'proposed', 'proposer', at);
    return topic;
  }

  function supportBy(topic: Topic, seats: readonly Seat[], from: number, count: number): void {
    const supporters = new Set<string>();
    for (let index = 0; index < count; index += 1) {
      supporters.add(seats[(from * 7 + index) % seats.length]?.id ?? '');
    }
    for (const id of supporters) add.support(topic.id, id);
    countSupports.run(supporters.size, topic.id);
  }

  /** What a month's ballot holds: those that rolled over, then the new ones. */
  function ballotOf(where: Month, rolled: readonly Topic[], fresh: readonly Topic[]): Topic[] {
    const topics = [...rolled, ...fresh];
    for (const topic of topics) {
      stepOn(topic, 'on-ballot', 'calendar', where.at + DAY);
      move.run('on-ballot', where.roundId, null, where.at, topic.id);
    }
    return topics;
  }

  /** The first is confirmed; what was new rolls over, the others lapse. @returns what rolled over */
  function decide(where: Month, ballot: readonly Topic[], rolled: readonly Topic[]): Topic[] {
    const old = new Set(rolled);
    const { roundId, sessionId, at } = where;
    for (const [index, topic] of ballot.entries()) {
      const outcome = index === 0 ? 'confirmed' : old.has(topic) ? 'lapsed' : 'rolled-over';
      const reason = '本月先议群众反映最集中的。';
      stepOn(topic, outcome, 'reviewer', at + 2 * DAY, reason);
      add.roundTopic(roundId, topic.id, ballot.length - index, index + 1, outcome, reason);
      const [state, held] = index === 0 ? ['closed', sessionId] : [outcome, null];
      move.run(state, roundId, held, at, topic.id);
    }
    return ballot.filter((topic, index) => index > 0 && !old.has(topic));
  }

  function hold(where: Month, seats: readonly Seat[], topic: Topic | undefined): void {
    const { salonId, sessionId, at } = where;
    for (const [index, unit] of ['县住建局', '县城管局'].entries()) {
      const id = newId();
      add.guest(id, sessionId, unit, `嘉宾${index + 1}`, 'accepted');
      add.attendance(sessionId, id, null, id, at);
    }
    for (const [index, { id }] of seats.entries()) {
      if ((index + where.month.charCodeAt(6)) % 10 > 0) add.attendance(sessionId, id, id, null, at);
    }
    closeSession.run(sessionId);
    for (const position of [1, 2, 3, 4]) {
      add.agenda(newId(), sessionId, position, `议程之${position}`, 30, topic?.id ?? null);
    }
    for (const entry of ['fuping-weixiao', 'bench']) add.reading(sessionId, 'case', entry);
    const conclusions = JSON.stringify([{ heading: '议定事项', text: SITUATION.repeat(5) }]);
    add.minutes(sessionId, SITUATION.repeat(6), conclusions, '记录人', 1, at, at, at);
    publish(salonId, sessionId, seats, at);
  }

  /** Of the last quarter every other item is still open. */
  function publish(salonId: string, sessionId: string, seats: readonly Seat[], at: number): void {
    for (let position = 1; position <= ACTIONS_A_MONTH; position += 1) {
      const seat = seats[(position * 31) % seats.length];
      const done = position % 2 === 0 || at < now - 100 * DAY;
      const due = new Date(at + 20 * DAY).toISOString().slice(0, 10);
      const end = done ? ['done', '已办结。', at + 15 * DAY] : ['doing', '', null];
      const unit = seat?.community ?? '';
      add.action(
        newId(),
        salonId,
        sessionId,
        position,
        SITUATION,
        seat?.id ?? null,
        unit,
        due,
        ...end,
        1,
      );
    }
  }

  function tell({ salonId, month, at }: Month, number: number): void {
    const day = `${month}-01`;
    const facts = { month, until: day, titles: ['楼道里的难题'], number, day, time: '15:00' };
    for (const kind of ['round.opened', 'round.voting', 'round.decided', 'session.planned']) {
      add.notice(salonId, kind, JSON.stringify(facts), at);
    }
  }

  function begin(salonId: string, times: Times, number: number, seats: number): Month {
    const month = times.months[number - 1] ?? '';
    const over = number < times.months.length;
    const [voting, closes, at] = [
      times.votingAt(month),
      times.closesAt(month),
      times.startsAt(month),
    ];
    const made = { salonId, month, sessionId: newId(), roundId: newId(), at: voting - DAY };
    const opened = over ? at : null;
    // Closed when everyone has signed in, which a closed one would refuse.
    const state = over ? 'open' : 'planned';
    add.session(
      made.sessionId,
      salonId,
      month,
      number,
      at,
      '县民政局',
      state,
      opened,
      null,
      voting,
    );
    const ended = over
      ? ['decided', seats, Math.floor(seats * 0.8), closes]
      : ['voting', null, null, null];
    add.round(
      made.roundId,
      salonId,
      made.sessionId,
      month,
      voting - 12 * DAY,
      voting,
      closes,
      ...ended,
    );
    return made;
  }

  /** Every seat has voted: the last hour, when the round's page costs most. */
  function vote(roundId: string, seats: readonly Seat[], ballot: readonly Topic[]): void {
    for (const [index, { id }] of seats.entries()) {
      for (let choice = 0; choice < VOTES_A_SEAT; choice += 1) {
        add.vote(roundId, id, ballot[(index + choice * 7) % ballot.length]?.id ?? '');
      }
    }
  }

  /** @returns the people who hold its seats, in order */
  return (plan: Plan): string[] => {
    const { slug } = plan;
    const times = timesOf(plan, now);
    const salonId = newId();
    add.salon(salonId, slug, `测速沙龙 ${slug}`, '测速', '县民政局', 0);
    const host = newId();
    add.person(host, '工作人员', `${slug}-host`, 0);
    add.member(newId(), salonId, host, 'host', 0);
    const seats = seatsOf(salonId, plan);
    for (const [index, month] of [...times.months, ...times.announced].entries()) {
      add.turn(salonId, month, seats[index % seats.length]?.id ?? '');
    }
    let rolled: Topic[] = [];
    let proposed = 0;
    for (let number = 1; number <= times.months.length; number += 1) {
      const where = begin(salonId, times, number, seats.length);
      const over = number < times.months.length;
      const wanted = over ? plan.newTopics : plan.ballot - rolled.length;
      const fresh = Array.from({ length: wanted }, () => propose(where, seats, proposed++));
      const each = Math.floor(plan.supports / plan.ballot);
      for (const [index, topic] of fresh.entries()) supportBy(topic, seats, index, each);
      const ballot = ballotOf(where, rolled, fresh);
      tell(where, number);
      if (over) {
        rolled = decide(where, ballot, rolled);
        hold(where, seats, ballot[0]);
      } else {
        for (const { id } of ballot) add.roundTopic(where.roundId, id, null, null, null, '');
        vote(where.roundId, seats, ballot);
      }
    }
    return seats.map(({ personId }) => personId);
  };
}
