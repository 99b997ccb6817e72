import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { newId } from '../../../api/core/id.ts';
import { silentLog } from '../../../api/core/log.ts';
import { systemContext } from '../../../api/core/systemContext.ts';
import { write } from '../../../api/core/write.ts';
import { loadDemo } from '../../../api/demo/loadDemo.ts';
import { addMembership } from '../../../api/salon/people.ts';
import { insertSeat } from '../../../api/salon/seats.ts';
import { closeServices, openServices } from '../../../api/services.ts';
import { person, salon, tenure } from '../../../db/schema/index.ts';
import { benchDir } from '../projects/paths.ts';

/** Hosts that write: the limits are for one person's hands, the bench has many. */
const HOSTS = 400;

export type BenchDatabase = {
  file: string;
  dir: string;
  /** Of the demo's secretaries, who read. */
  readers: string[];
  /** Of hosts of a salon of their own, who write. */
  writers: string[];
};

/** Where the writers write, so that what is read stays as long as a county's salon is. */
export const WRITTEN = 'bench';

/** The demo with a twentieth seat, and a second salon with many hosts; all signed in. */
export async function makeDatabase(name: string): Promise<BenchDatabase> {
  const dir = join(benchDir, name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'yuanzhuo.db');
  const services = openServices({ file, production: false, log: silentLog });
  try {
    await loadDemo(services);
    const ctx = systemContext(services);
    const hosts = await write(ctx, { name: 'bench', input: null }, (tx) => {
      const demo = tx.select().from(salon).where(eq(salon.slug, 'fuping-demo')).get()?.id ?? '';
      insertSeat(tx, ctx, demo, { community: '示例社区二十' });
      const salonId = newId();
      const about = { slug: WRITTEN, name: '测速', county: '测速', hostUnit: '测速' };
      tx.insert(salon)
        .values({ id: salonId, ...about, createdAt: 0 })
        .run();
      return Array.from({ length: HOSTS }, (_, index) => {
        const id = newId();
        const row = { id, name: '工作人员', userName: `bench-host-${index}`, createdAt: 0 };
        tx.insert(person).values(row).run();
        addMembership(tx, ctx, { salonId, personId: id, role: 'host' });
        return id;
      });
    });
    const attributes = { device: '测速', secondFactor: false };
    const cookie = async (id: string) =>
      `yuanzhuo=${await services.sessions.start(id, attributes)}`;
    const secretaries = services.db.orm.select({ id: tenure.personId }).from(tenure).all();
    const readers = await Promise.all(secretaries.map(({ id }) => cookie(id)));
    return { file, dir, readers, writers: await Promise.all(hosts.map(cookie)) };
  } finally {
    await closeServices(services);
  }
}

/** Fills a database up to a million rows: half of them people, half audit. */
export async function addMillionRows(file: string): Promise<void> {
  const services = openServices({ file, production: false, log: silentLog });
  const { sqlite } = services.db;
  const numbers =
    'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000)';
  try {
    sqlite.exec(`${numbers} INSERT INTO person (id, name, user_name, created_at)
      SELECT lower(hex(randomblob(10))), '某人' || i, 'million-' || i, i FROM n`);
    sqlite.exec(`${numbers} INSERT INTO audit (seq, at, salon_id, action, subject, hash)
      SELECT (SELECT max(seq) FROM audit) + i, i, (SELECT id FROM salon), 'member.add',
        lower(hex(randomblob(10))), hex(randomblob(32)) FROM n`);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    await closeServices(services);
  }
}
