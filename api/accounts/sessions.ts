import { createHash } from 'node:crypto';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import type { Database, Orm } from '../../db/client.ts';
import { deviceSession, person } from '../../db/schema/index.ts';
import type { SessionAttributes, Sessions } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { ifPossible, patiently } from '../core/patience.ts';
import { SESSION_ABSOLUTE_MS, SESSION_IDLE_MS, sessionEnd } from './rules.ts';

interface PersonAttributes {
  readonly isAdmin: boolean;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<StoredAttributes, PersonAttributes>;
    DatabaseSessionAttributes: SessionAttributes & Partial<StoredAttributes>;
    DatabaseUserAttributes: PersonAttributes;
  }
}

interface StoredAttributes extends SessionAttributes {
  readonly rowId: string;
  readonly seenAt: number;
}

/** How exactly 最近使用 is kept; finer would write on every read. Milliseconds. */
const SEEN_STEP_MS = 10 * 60_000;

const hash = (bearer: string): string => createHash('sha256').update(bearer).digest('base64url');

/**
 * Signed-in devices, by lucia, whose third version is finished and will not change: nothing
 * outside this file knows of it. Where it asks for a session id the database has only the SHA-256,
 * so a stolen database opens no session.
 * @param acceptDemo whether the demo's people may be signed in; never in production
 */
export function createSessions(db: Database, clock: () => number, acceptDemo: boolean): Sessions {
  const lucia = new Lucia(createAdapter(db.orm, clock, acceptDemo), {
    sessionExpiresIn: new TimeSpan(SESSION_IDLE_MS, 'ms'),
    getSessionAttributes: ({ device, secondFactor, rowId = '', seenAt = 0 }) => ({
      device,
      secondFactor,
      rowId,
      seenAt,
    }),
    getUserAttributes: ({ isAdmin }) => ({ isAdmin }),
  });
  return {
    start: async (personId, attributes) => (await lucia.createSession(personId, attributes)).id,
    async read(bearer) {
      // As lucia makes them; anything else need not be looked up.
      if (!/^[a-z2-7]{40}$/.test(bearer)) return undefined;
      const { session, user } = await lucia.validateSession(bearer);
      if (!session) return undefined;
      const { rowId, seenAt, secondFactor } = session;
      if (clock() - seenAt > SEEN_STEP_MS) ifPossible(() => markSeen(db.orm, rowId, clock()));
      return { personId: user.id, sessionId: rowId, isAdmin: user.isAdmin, secondFactor };
    },
    end: (bearer) =>
      patiently(() => {
        db.orm
          .delete(deviceSession)
          .where(eq(deviceSession.tokenHash, hash(bearer)))
          .run();
      }),
    sweep: () =>
      db.orm.delete(deviceSession).where(lte(deviceSession.expiresAt, clock())).run().changes,
  };
}

function markSeen(orm: Orm, rowId: string, seenAt: number): void {
  orm.update(deviceSession).set({ seenAt }).where(eq(deviceSession.id, rowId)).run();
}

const toSession = (
  row: typeof deviceSession.$inferSelect,
  bearer: string,
  now: number,
): DatabaseSession => ({
  id: bearer,
  userId: row.personId,
  // lucia looks at the machine's clock, which need not be ours.
  expiresAt: new Date(Date.now() + row.expiresAt - now),
  attributes: {
    device: row.device,
    secondFactor: row.secondFactor,
    rowId: row.id,
    seenAt: row.seenAt,
  },
});

/** lucia's seven questions, answered from device_session. */
function createAdapter(orm: Orm, clock: () => number, acceptDemo: boolean): Adapter {
  const byBearer = (bearer: string) => eq(deviceSession.tokenHash, hash(bearer));
  const lookUp = orm
    .select({ session: deviceSession, isAdmin: person.isAdmin, isDemo: person.isDemo })
    .from(deviceSession)
    .innerJoin(person, eq(person.id, deviceSession.personId))
    .where(
      and(
        eq(deviceSession.tokenHash, sql.placeholder('hash')),
        isNull(person.deactivatedAt),
        isNull(person.erasedAt),
      ),
    )
    .prepare();
  return {
    async getSessionAndUser(bearer) {
      const row = lookUp.get({ hash: hash(bearer) });
      if (!row || (row.isDemo && !acceptDemo)) return [null, null];
      const user = { id: row.session.personId, attributes: { isAdmin: row.isAdmin } };
      return [toSession(row.session, bearer, clock()), user];
    },
    async getUserSessions(personId) {
      const rows = orm.select().from(deviceSession).where(eq(deviceSession.personId, personId));
      // The bearers themselves are not known here, only their hashes.
      return rows.all().map((row) => toSession(row, row.tokenHash, clock()));
    },
    async setSession({ id, userId, attributes: { device, secondFactor } }) {
      const now = clock();
      const row = { id: newId(), tokenHash: hash(id), personId: userId, device, secondFactor };
      const times = { createdAt: now, seenAt: now, expiresAt: sessionEnd(now, now) };
      await patiently(() =>
        orm
          .insert(deviceSession)
          .values({ ...row, ...times })
          .run(),
      );
    },
    async updateSessionExpiration(bearer) {
      // lucia would slide for ever; ours has an absolute end.
      const now = clock();
      const expiresAt = sql`min(${now + SESSION_IDLE_MS}, ${deviceSession.createdAt} + ${SESSION_ABSOLUTE_MS})`;
      ifPossible(() => orm.update(deviceSession).set({ expiresAt }).where(byBearer(bearer)).run());
    },
    async deleteSession(bearer) {
      // Asked for while reading, when it has expired; it counts for nothing in any case.
      ifPossible(() => orm.delete(deviceSession).where(byBearer(bearer)).run());
    },
    async deleteUserSessions(personId) {
      orm.delete(deviceSession).where(eq(deviceSession.personId, personId)).run();
    },
    async deleteExpiredSessions() {
      orm.delete(deviceSession).where(lte(deviceSession.expiresAt, clock())).run();
    },
  };
}
