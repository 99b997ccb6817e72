import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { monthOf } from '../../api/core/day.ts';
import { newId } from '../../api/core/id.ts';
import { filesFolder, storedPath } from '../../api/files/store.ts';
import * as schema from '../../db/schema/index.ts';
import { DEMO, type TestApp } from './testApp.ts';
import { pdf } from './uploads.ts';

type Values<T extends keyof typeof schema> = (typeof schema)[T] extends { $inferInsert: infer V }
  ? Partial<V>
  : never;

const one = (t: TestApp, sql: string, ...values: unknown[]): string =>
  t.services.db.sqlite
    .prepare<unknown[], string>(sql)
    .pluck()
    .get(...values) ?? '';

/** The id of a salon by its slug. */
export const salonId = (t: TestApp, slug: string = DEMO): string =>
  one(t, 'SELECT id FROM salon WHERE slug = ?', slug);

/** The id of a demo seat by its community. */
export const seatId = (t: TestApp, community: string): string =>
  one(t, 'SELECT id FROM seat WHERE community = ?', community);

export interface AddedSession {
  readonly id: string;
  readonly salonId: string;
  readonly month: string;
  readonly number: number;
  readonly startsAt: number;
}

/** What of a session a test cares about; the rest is made up. */
export type SessionGiven = Values<'session'> & {
  readonly slug?: string;
  /** The community whose seat chairs. */
  readonly chair?: string;
  /** Its round's columns; none is made without. */
  readonly round?: Values<'round'>;
};

/** Where the demo has no session of its own. */
export const FAR = { month: '2099-12', number: 99 } as const;

/** Puts a session into the database, by plain inserts: planned for now, without a chair. */
export function addSession(t: TestApp, given: SessionGiven = {}): AddedSession {
  const { orm } = t.services.db;
  const { slug, chair, round, ...columns } = given;
  const now = t.services.clock();
  const startsAt = columns.startsAt ?? now;
  const row = {
    id: newId(),
    salonId: salonId(t, slug),
    month: monthOf(startsAt),
    number: 1,
    state: 'planned' as const,
    updatedAt: now,
    ...columns,
    startsAt,
  };
  orm.insert(schema.session).values(row).run();
  if (chair !== undefined) {
    const turn = { salonId: row.salonId, month: row.month, seatId: seatId(t, chair) };
    orm.insert(schema.turn).values(turn).run();
  }
  if (round) addRound(t, row, round);
  return { ...row, number: row.number ?? 0 };
}

function addRound(
  t: TestApp,
  { id: sessionId, salonId, month, startsAt }: Omit<AddedSession, 'number'>,
  given: Values<'round'>,
): void {
  const day = 24 * 3600_000;
  const times = {
    opensAt: startsAt - 26 * day,
    votingAt: startsAt - 12 * day,
    closesAt: startsAt - 7 * day,
  };
  t.services.db.orm
    .insert(schema.round)
    .values({ id: newId(), salonId, sessionId, month, state: 'waiting', ...times, ...given })
    .run();
}

/** @returns its id */
export function addTopic(t: TestApp, community: string, given: Values<'topic'> = {}): string {
  const id = newId();
  const words = { situation: '这里的具体情况', tried: '', invite: '' };
  t.services.db.orm
    .insert(schema.topic)
    .values({
      id,
      salonId: salonId(t),
      seatId: seatId(t, community),
      title: '一个议题',
      ...words,
      state: 'proposed',
      createdAt: 1,
      updatedAt: 1,
      ...given,
    })
    .run();
  return id;
}

/** A guest with an account, if `personId` is given. @returns its id */
export function addGuest(
  t: TestApp,
  { id: sessionId }: Pick<AddedSession, 'id'>,
  given: Values<'guest'> = {},
): string {
  const id = newId();
  t.services.db.orm
    .insert(schema.guest)
    .values({ id, sessionId, unit: '县医疗保障局', name: '嘉宾甲', ...given })
    .run();
  return id;
}

/** @returns the number of rows of a table that fit */
export const count = (t: TestApp, table: string, where = '1'): number =>
  Number(one(t, `SELECT count(*) FROM "${table}" WHERE ${where}`));

/** A PDF of a session, in the store and in the database. @returns its id */
export function addAttachment(
  t: TestApp,
  { id: sessionId }: Pick<AddedSession, 'id'>,
  name = '材料.pdf',
): string {
  const content = pdf();
  const hash = createHash('sha256').update(content).digest('hex');
  const path = storedPath(filesFolder(t.services.db.file), hash) ?? '';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const id = newId();
  const { orm } = t.services.db;
  orm
    .insert(schema.file)
    .values({ hash, kind: 'pdf', size: content.length, addedAt: 1 })
    .onConflictDoNothing()
    .run();
  orm.insert(schema.attachment).values({ id, hash, name, sessionId, unit: '民政局', at: 1 }).run();
  return id;
}

/** An election's ballot at a session, which came to nothing. @returns its id */
export function addVoidBallot(t: TestApp, { id: sessionId, salonId }: AddedSession): string {
  const { orm } = t.services.db;
  const [id, electionId] = [newId(), newId()];
  const calledAt = t.services.clock();
  const row = { salonId, calledAt, sessionId };
  orm
    .insert(schema.election)
    .values({ ...row, id: electionId, kind: 'first', places: 3, state: 'lapsed' })
    .run();
  const ended = { state: 'void', voidReason: 'tooFew', fingerprint: '0'.repeat(64) } as const;
  orm
    .insert(schema.ballot)
    .values({ ...row, id, electionId, ...ended })
    .run();
  return id;
}
