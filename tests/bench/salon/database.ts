import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf } from '../../../api/core/day.ts';
import { etagOf } from '../../../api/core/http/cache.ts';
import { silentLog } from '../../../api/core/log.ts';
import { closeServices, keyFileOf, openServices } from '../../../api/services.ts';
import { readMigrations } from '../../../db/migrate.ts';
import { benchDir } from '../projects/paths.ts';
import { createFiller } from './fill.ts';
import { LARGE, SMALL_SALONS, small, YOUNG } from './plan.ts';

/** To be changed with whatever changes the rows. */
const VERSION = '2';

export type SalonDatabase = {
  file: string;
  /** Signed-in secretaries by salon, in the order of their seats. */
  cookies: Record<string, string[]>;
};

/** The one of the 300 that is read. */
export const COUNTY = small(SMALL_SALONS / 2);

/** Everyone has one inbox row for each notice of their salon; the last month's are unread. */
const INBOX = `INSERT INTO inbox (person_id, notice_seq, read_at)
  SELECT tenure.person_id, notice.seq, CASE WHEN notice.at < ? THEN notice.at END
  FROM tenure JOIN seat ON seat.id = tenure.seat_id JOIN notice ON notice.salon_id = seat.salon_id
  ORDER BY 1, 2`;

async function fill(file: string, now: number): Promise<SalonDatabase['cookies']> {
  const services = openServices({ file, production: false, log: silentLog, clock: () => now });
  const { sqlite } = services.db;
  const cookies: SalonDatabase['cookies'] = {};
  try {
    sqlite.pragma('synchronous = OFF');
    sqlite.pragma('foreign_keys = OFF');
    sqlite.exec('BEGIN');
    const make = createFiller(sqlite, now);
    const people = new Map([LARGE, YOUNG].map((plan) => [plan.slug, make(plan)]));
    for (let number = 1; number <= SMALL_SALONS; number += 1) {
      const plan = small(number);
      const made = make(plan);
      if (plan.slug === COUNTY.slug) people.set(plan.slug, made);
    }
    sqlite.prepare(INBOX).run(now - 30 * 86_400_000);
    const attributes = { device: '测速', secondFactor: false };
    for (const [slug, ids] of people) {
      const own: string[] = [];
      for (const id of ids) own.push(`yuanzhuo=${await services.sessions.start(id, attributes)}`);
      cookies[slug] = own;
    }
    sqlite.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
    const broken = sqlite.pragma('foreign_key_check');
    if (Array.isArray(broken) && broken.length > 0) throw new Error('Rows that lead nowhere');
    return cookies;
  } finally {
    await closeServices(services);
  }
}

/** Made once a day, since its vote is open today. */
export async function makeSalonDatabase(): Promise<SalonDatabase> {
  const now = Date.now();
  const dir = join(benchDir, 'salon');
  const file = join(dir, 'yuanzhuo.db');
  const stampFile = join(dir, 'stamp.json');
  const stamp = `${VERSION} ${dayOf(now)} ${etagOf(
    readMigrations()
      .map(({ sql }) => sql)
      .join(),
  )}`;
  if (existsSync(stampFile)) {
    const kept = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (kept.stamp === stamp) return { file, cookies: kept.cookies };
  }
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const cookies = await fill(file, now);
  writeFileSync(stampFile, JSON.stringify({ stamp, cookies }));
  return { file, cookies };
}

/** @returns the file of a copy in a folder of its own */
export function copyOf({ file }: SalonDatabase, name: string): string {
  const dir = join(benchDir, name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const copy = join(dir, 'yuanzhuo.db');
  copyFileSync(file, copy);
  copyFileSync(keyFileOf(file), keyFileOf(copy));
  return copy;
}

/** A copy in which nobody has voted yet. @returns its file, and what is on the large ballot */
export async function withoutVotes(
  database: SalonDatabase,
): Promise<{ file: string; ballot: string[] }> {
  const copy = copyOf(database, 'salon-votes');
  const services = openServices({ file: copy, production: false, log: silentLog });
  try {
    const { sqlite } = services.db;
    sqlite.exec('DELETE FROM vote; PRAGMA wal_checkpoint(TRUNCATE)');
    const ballot = sqlite
      .prepare<[string], string>(
        `SELECT topic_id FROM round_topic JOIN round ON round.id = round_id
         JOIN salon ON salon.id = round.salon_id WHERE slug = ? AND round.state = 'voting'`,
      )
      .pluck()
      .all(LARGE.slug);
    return { file: copy, ballot };
  } finally {
    await closeServices(services);
  }
}
