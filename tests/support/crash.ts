import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { verifyAudit } from '../../api/core/audit.ts';
import { newId } from '../../api/core/id.ts';
import { silentLog } from '../../api/core/log.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { loadDemo } from '../../api/demo/loadDemo.ts';
import { addMembership } from '../../api/salon/people.ts';
import { closeServices, openServices } from '../../api/services.ts';
import { person, salon } from '../../db/schema/index.ts';
import { type ServerProcess, startServer } from './serverProcess.ts';
import { DEMO } from './testApp.ts';

/** A demo database of its own with as many hosts signed in as there are clients. */
export interface CrashSite {
  readonly file: string;
  /** One Cookie header for each client. A host each, as the limits are for one person's hands. */
  readonly cookies: readonly string[];
  remove(): void;
}

export async function crashSite(clients: number): Promise<CrashSite> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-crash-'));
  const file = join(dir, 'yuanzhuo.db');
  const services = openServices({ file, production: false, log: silentLog });
  try {
    await loadDemo(services);
    const ctx = systemContext(services);
    const hosts = await write(ctx, { name: 'test', input: null }, (tx) => {
      const place = tx.select().from(salon).where(eq(salon.slug, DEMO)).get();
      return Array.from({ length: clients }, (_, index) => {
        const id = newId();
        tx.insert(person)
          .values({ id, name: '工作人员', userName: `host${index}`, createdAt: 0 })
          .run();
        addMembership(tx, ctx, { salonId: place?.id ?? '', personId: id, role: 'host' });
        return id;
      });
    });
    const attributes = { device: '测试', secondFactor: false };
    const bearers = await Promise.all(hosts.map((id) => services.sessions.start(id, attributes)));
    const cookies = bearers.map((bearer) => `yuanzhuo=${bearer}`);
    return { file, cookies, remove: () => rmSync(dir, { recursive: true, force: true }) };
  } finally {
    await closeServices(services);
  }
}

export interface Acknowledged {
  readonly personId: string;
  /** The answer's body as it came. */
  readonly text: string;
}

/**
 * Adds a learner over HTTP.
 * @returns undefined when no whole answer came
 * @throws when the answer is anything but 201
 */
export async function addLearner(
  port: number,
  cookie: string,
  one: { readonly userName: string; readonly key: string },
): Promise<Acknowledged | undefined> {
  const origin = `http://127.0.0.1:${port}`;
  let text: string;
  let status: number;
  try {
    const response = await fetch(`${origin}/api/salons/${DEMO}/members`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json', 'idempotency-key': one.key },
      body: JSON.stringify({ name: '某学员', userName: one.userName, role: 'learner' }),
    });
    status = response.status;
    text = await response.text();
  } catch {
    return undefined;
  }
  if (status !== 201) throw new Error(`${status}: ${text}`);
  return { personId: (JSON.parse(text) as { personId: string }).personId, text };
}

/** What the database file holds of the learners, read with no server running. */
export interface Found {
  /** Person ids by user name, joined to their membership, invitation and audit row. */
  readonly whole: ReadonlyMap<string, string>;
  /** Learners in `person`, whether or not the rest of their rows is there. */
  readonly persons: number;
  readonly integrity: unknown;
  readonly auditFault: unknown;
}

export function findLearners(file: string): Found {
  const services = openServices({ file, production: false, log: silentLog });
  const { sqlite, orm } = services.db;
  try {
    const rows = sqlite
      .prepare<[], { userName: string; id: string }>(
        `SELECT p.user_name AS userName, p.id FROM person p
         JOIN membership m ON m.person_id = p.id AND m.role = 'learner'
         JOIN entry_pass e ON e.person_id = p.id AND e.kind = 'invitation'
         JOIN audit a ON a.subject = p.id AND a.action = 'member.add'
         WHERE p.user_name LIKE 'learner-%'`,
      )
      .all();
    const whole = new Map(rows.map(({ userName, id }) => [userName, id]));
    // A row twice in any of the four tables would show as a longer list than map.
    if (whole.size !== rows.length) throw new Error('a learner is there twice');
    const persons = sqlite
      .prepare<[], number>("SELECT count(*) FROM person WHERE user_name LIKE 'learner-%'")
      .pluck()
      .get();
    return {
      whole,
      persons: persons ?? 0,
      integrity: sqlite.pragma('integrity_check', { simple: true }),
      auditFault: verifyAudit(orm, services.secret).fault,
    };
  } finally {
    services.db.close();
  }
}

export interface CrashRound {
  /** By user name: what was acknowledged before the kill. */
  readonly before: ReadonlyMap<string, Acknowledged>;
  /** The file as the kill left it. */
  readonly afterKill: Found;
  /** All that was acknowledged, before or after. */
  readonly all: ReadonlyMap<string, Acknowledged>;
  /** The answers to a retry of what had been acknowledged before the kill, beside the first ones. */
  readonly replayed: readonly { readonly first: string; readonly again: string | undefined }[];
  readonly atEnd: Found;
}

/**
 * Clients write until `writes` are acknowledged in all; the server is killed with SIGKILL once
 * `killAfter` of them are, started again, and what was not acknowledged is sent again.
 */
export async function crashRound(
  siteDir: string,
  options: { readonly clients: number; readonly writes: number; readonly killAfter?: number },
): Promise<CrashRound> {
  const { clients, writes, killAfter = randomInt(writes / 10, writes - writes / 10) } = options;
  const place = await crashSite(clients);
  const env = { DATABASE_URL: `file://${place.file}` };
  const all = new Map<string, Acknowledged>();
  const plan = Array.from({ length: writes }, (_, index) => ({
    userName: `learner-${index}`,
    key: randomUUID(),
    cookie: place.cookies[index % clients] ?? '',
  }));
  let server: ServerProcess = await startServer(siteDir, env);

  /** One client after another of its writes, stopping at the first that gets no answer. */
  const writeAll = async (): Promise<void> => {
    const work = async (client: number): Promise<void> => {
      for (let index = client; index < writes; index += clients) {
        const one = plan[index];
        if (!one || all.has(one.userName)) continue;
        const answer = await addLearner(server.port, one.cookie, one);
        if (!answer) return;
        all.set(one.userName, answer);
        if (all.size === killAfter) server.child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  };

  try {
    await writeAll();
    const ending = await server.ended;
    if (ending !== 'SIGKILL') throw new Error(`the server ended with ${ending}`);
    const before = new Map(all);
    const afterKill = findLearners(place.file);
    server = await startServer(siteDir, env);
    await writeAll();
    const replayed = [];
    for (const one of plan.filter(({ userName }) => before.has(userName)).slice(0, clients)) {
      const again = await addLearner(server.port, one.cookie, one);
      replayed.push({ first: before.get(one.userName)?.text ?? '', again: again?.text });
    }
    server.child.kill('SIGKILL');
    await server.ended;
    return { before, afterKill, all, replayed, atEnd: findLearners(place.file) };
  } finally {
    server.child.kill('SIGKILL');
    await server.ended;
    place.remove();
  }
}
