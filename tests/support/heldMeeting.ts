import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { addDays, dayOf, momentOf, monthOf } from '../../api/core/day.ts';
import { newId } from '../../api/core/id.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { filesFolder, storedPath } from '../../api/files/store.ts';
import { guestDigest } from '../../api/salon/sessions/guests.ts';
import {
  actionItem,
  agendaItem,
  attachment,
  attendance,
  file,
  guest,
  minutes,
  session,
  support,
  topic,
  turn,
} from '../../db/schema/index.ts';
import { DEMO, type TestApp } from './testApp.ts';
import { pdf } from './uploads.ts';

/** Tomorrow in the middle of the afternoon: after the demo was loaded, never near midnight. */
export const afternoon = (): number => momentOf(addDays(dayOf(Date.now()), 1), '15:00');

/** Of all that a salon's months hold; what points to others first. */
const MONTHS = [
  ...['motion_signature', 'motion', 'ballot_roll', 'ballot', 'committee_member', 'committee_term'],
  ...['nominee', 'election'],
  ...['inbox', 'notice', 'attachment', 'file', 'action_note', 'action_item', 'correction'],
  ...['minutes', 'reading', 'attendance', 'guest', 'vote', 'round_topic', 'support'],
  ...['topic_step', 'agenda_item', 'topic', 'round', 'session', 'swap', 'leave', 'turn'],
];

/** Takes the demo's own months away, so that a test begins with none. */
export function forgetMonths({ services }: TestApp): void {
  const { sqlite } = services.db;
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'attendance'",
    )
    .all();
  sqlite.transaction(() => {
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    for (const table of MONTHS) sqlite.exec(`DELETE FROM "${table}"`);
    for (const { sql } of triggers) sqlite.exec(sql);
  })();
}

interface MeetingPlan {
  readonly salon?: string;
  readonly number?: number;
  /** Begins and, if it is over, ends then. */
  readonly at: number;
  readonly state?: 'open' | 'closed';
  readonly place?: string;
  readonly chair?: string;
  /** Communities that came. */
  readonly came?: readonly string[];
  readonly guests?: readonly {
    readonly unit: string;
    readonly name: string;
    readonly personId?: string;
    readonly pass?: string;
    readonly came?: boolean;
  }[];
  readonly topics?: readonly {
    readonly title: string;
    readonly by: string;
    readonly supporters?: readonly string[];
  }[];
}

/** A session as rows, without the verbs that would lead there. */
export function addMeeting(t: TestApp, plan: MeetingPlan) {
  const { salon = DEMO, number = 1, at, state = 'closed', place = '', chair } = plan;
  const { orm, sqlite } = t.services.db;
  const text = sqlite.prepare<[string], string>('SELECT id FROM salon WHERE slug = ?').pluck();
  const salonId = text.get(salon) ?? '';
  const month = monthOf(at);
  const id = newId();
  const seatOf = (community: string): string => {
    const found = sqlite
      .prepare<[string, string], string>(
        'SELECT id FROM seat WHERE salon_id = ? AND community = ? AND retired_on IS NULL',
      )
      .pluck()
      .get(salonId, community);
    if (!found) throw new Error(`No seat of ${community}`);
    return found;
  };
  orm
    .insert(session)
    .values({ id, salonId, month, number, startsAt: at, place, state: 'open', updatedAt: at })
    .run();
  if (chair)
    orm
      .insert(turn)
      .values({ salonId, month, seatId: seatOf(chair) })
      .run();
  for (const community of plan.came ?? []) {
    const seatId = seatOf(community);
    orm.insert(attendance).values({ sessionId: id, partyId: seatId, seatId, at }).run();
  }
  const guests = (plan.guests ?? []).map(({ unit, name, personId, pass, came }) => {
    const guestId = newId();
    const digest = pass ? guestDigest(systemContext(t.services), pass) : null;
    const who = { id: guestId, sessionId: id, unit, name, personId: personId ?? null, digest };
    orm.insert(guest).values(who).run();
    if (came) orm.insert(attendance).values({ sessionId: id, partyId: guestId, guestId, at }).run();
    return guestId;
  });
  const topics = (plan.topics ?? []).map(({ title, by, supporters = [] }, index) => {
    const topicId = newId();
    const told = { situation: '情况', tried: '', invite: '' };
    const times = { createdAt: at, updatedAt: at };
    orm
      .insert(topic)
      .values({
        id: topicId,
        salonId,
        seatId: seatOf(by),
        title,
        ...told,
        state: 'discussed',
        sessionId: id,
        ...times,
      })
      .run();
    for (const one of supporters) {
      orm
        .insert(support)
        .values({ topicId, seatId: seatOf(one) })
        .run();
    }
    const item = { title: `讨论：${title}`, minutes: 30, topicId };
    orm
      .insert(agendaItem)
      .values({ id: newId(), sessionId: id, position: index + 1, ...item })
      .run();
    return topicId;
  });
  sqlite
    .prepare('UPDATE session SET state = ?, opened_at = ?, closed_at = ? WHERE id = ?')
    .run(state, at, state === 'closed' ? at : null, id);
  return { id, salonId, number, topics, guests, seatOf };
}

export type Meeting = ReturnType<typeof addMeeting>;

interface ItemPlan {
  readonly what?: string;
  readonly seatId?: string;
  readonly guestId?: string;
  readonly unit?: string;
  readonly dueOn?: string | null;
}

/** Publishes minutes as rows, with these action items. @returns the items' ids */
export function publishAsRows(
  t: TestApp,
  { id: sessionId, salonId }: Meeting,
  at: number,
  items: readonly ItemPlan[],
): string[] {
  const { orm } = t.services.db;
  const text = { summary: '会议情况。', conclusions: [{ heading: '', text: '结论。' }] };
  orm
    .insert(minutes)
    .values({ sessionId, ...text, recorder: '', version: 1, updatedAt: at, publishedAt: at })
    .run();
  return items.map(
    ({ what = '加装路灯', seatId, guestId, unit = '某单位', dueOn = null }, index) => {
      const id = newId();
      const owner = { seatId: seatId ?? null, guestId: guestId ?? null, unit };
      orm
        .insert(actionItem)
        .values({
          id,
          salonId,
          sessionId,
          position: index + 1,
          what,
          ...owner,
          dueOn,
          published: true,
        })
        .run();
      return id;
    },
  );
}

/**
 * A session with published minutes and one action item with evidence, for tests of every route: far
 * from the demo's own months.
 * @param known its chair, and who is invited; the action item is the last seat's
 */
export function publishedSession(
  t: TestApp,
  salon: string,
  known: { readonly chair?: string; readonly invited?: string } = {},
) {
  const last = t.services.db.sqlite
    .prepare<[string], { id: string; community: string }>(
      `SELECT seat.id, community FROM seat JOIN salon ON salon.id = salon_id
        WHERE slug = ? ORDER BY position DESC LIMIT 1`,
    )
    .get(salon);
  if (!last) throw new Error(`No seat in ${salon}`);
  const at = afternoon() + 400 * 24 * 3600_000;
  const { id: seatId, community } = last;
  const { chair = community, invited } = known;
  const guests = invited ? [{ unit: '某单位', name: '某人', personId: invited }] : [];
  const held = addMeeting(t, { salon, number: 99, at, chair, came: [community], guests });
  const [action = ''] = publishAsRows(t, held, at, [{ seatId, unit: community }]);
  const evidence = addEvidenceRow(t, action, at);
  return { published: String(held.number), action, evidence };
}

/** A file in the store and as evidence. @returns the attachment's id */
function addEvidenceRow(t: TestApp, actionId: string, at: number): string {
  const { orm, file: database } = t.services.db;
  const bytes = pdf();
  const hash = createHash('sha256').update(bytes).digest('hex');
  const path = storedPath(filesFolder(database), hash) ?? '';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const about = { hash, kind: 'pdf', size: bytes.length, addedAt: at } as const;
  orm.insert(file).values(about).onConflictDoNothing().run();
  const id = newId();
  orm.insert(attachment).values({ id, hash, name: '照片.pdf', actionId, unit: '某单位', at }).run();
  return id;
}

export interface Told {
  readonly who: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whom a kind of notice has reached, by user name, in order. */
export function told(t: TestApp, kind: string): Told[] {
  return t.services.db.sqlite
    .prepare<[string], { who: string; data: string }>(
      `SELECT user_name AS who, data FROM notice JOIN inbox ON notice_seq = seq
        JOIN person ON person.id = person_id WHERE kind = ? ORDER BY seq, user_name`,
    )
    .all(kind)
    .map(({ who, data }) => ({ who, data: JSON.parse(data) }));
}

export const toldNames = (t: TestApp, kind: string): string[] =>
  told(t, kind).map(({ who }) => who);
