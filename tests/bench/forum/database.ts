import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { dayOf } from '../../../api/core/day.ts';
import { etagOf } from '../../../api/core/http/cache.ts';
import { newId } from '../../../api/core/id.ts';
import { silentLog } from '../../../api/core/log.ts';
import { indexedText } from '../../../api/forum/tokens.ts';
import { closeServices, keyFileOf, openServices } from '../../../api/services.ts';
import { readMigrations } from '../../../db/migrate.ts';
import { type Language, learnLanguage } from '../corpus/language.ts';
import { createRandom, type Random } from '../corpus/random.ts';
import { readTrainingSentences } from '../corpus/training.ts';
import { benchDir, contentDir } from '../projects/paths.ts';

/** To be changed with whatever changes the rows. */
const VERSION = '1';

export const SLUG = 'forum-bench';
const SEED = 20_261_122;
/** Secretaries: each may write only so much in ten minutes. */
const WRITERS = 1500;
const LONG_POSTS = 1000;
const READ_POSTS = 20;
const MINUTE = 60_000;

export type Size = { threads: number; posts: number };
export const FULL: Size = { threads: 5000, posts: 100_000 };
export const TENTH: Size = { threads: 500, posts: 10_000 };

export type ForumDatabase = {
  file: string;
  cookies: string[];
  /** A public thread of twenty posts, one of a thousand, and those that replies go to. */
  read: string;
  long: string;
  answered: string[];
};

/** Han text without a character that HTML knows, so that it is its own Markdown and HTML. */
const said = (language: Language, random: Random): string =>
  Array.from({ length: random.between(1, 4) }, () => language.sentence(random, [])).join('');

type Writer = { personId: string; community: string };

function fillPeople(sqlite: Database, salonId: string): Writer[] {
  const person = sqlite.prepare(
    'INSERT INTO person (id, name, user_name, created_at) VALUES (?, ?, ?, 0)',
  );
  const seat = sqlite.prepare(
    "INSERT INTO seat (id, salon_id, community, position, joined_on) VALUES (?, ?, ?, ?, '2023-04-01')",
  );
  const tenure = sqlite.prepare(
    'INSERT INTO tenure (id, seat_id, person_id, since) VALUES (?, ?, ?, 0)',
  );
  return Array.from({ length: WRITERS }, (_, index) => {
    const [personId, seatId, community] = [newId(), newId(), `第${index + 1}社区`];
    person.run(personId, `书记${index + 1}`, `forum-bench-${index + 1}`);
    seat.run(seatId, salonId, community, index + 1);
    tenure.run(newId(), seatId, personId);
    return { personId, community };
  });
}

/** How many posts each thread has: a long one, one to be read, the others as they come. */
function lengthsOf({ threads, posts }: Size): number[] {
  const rest = posts - LONG_POSTS - READ_POSTS;
  const others = threads - 2;
  const each = Math.floor(rest / others);
  const more = rest - each * others;
  return [
    LONG_POSTS,
    READ_POSTS,
    ...Array.from({ length: others }, (_, i) => each + (i < more ? 1 : 0)),
  ];
}

function fillThreads(sqlite: Database, salonId: string, writers: Writer[], size: Size): string[] {
  const language = learnLanguage(readTrainingSentences(contentDir));
  const random = createRandom(SEED);
  const thread = sqlite.prepare(
    `INSERT INTO thread (id, salon_id, place_kind, place_key, title, asks, is_public, author_id,
       created_at, posts, replies, last_at, last_unit)
     VALUES (?, ?, 'case', 'weiwang-shige', ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
  );
  const post = sqlite.prepare(
    `INSERT INTO post (seq, thread_id, n, author_id, unit, source, html, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const text = sqlite.prepare('INSERT INTO post_text (rowid, text) VALUES (?, ?)');
  const begun = Date.now() - size.posts * MINUTE;
  let seq = 0;
  return lengthsOf(size).map((posts, index) => {
    const [id, title] = [newId(), language.sentence(random, []).slice(0, 40)];
    const author = random.pick(writers);
    const at = (n: number): number => begun + (seq + n) * MINUTE;
    const last = random.pick(writers);
    const { personId } = author;
    thread.run(
      id,
      salonId,
      title,
      index % 2,
      personId,
      at(0),
      posts,
      posts - 1,
      at(posts - 1),
      last.community,
    );
    for (let n = 1; n <= posts; n += 1) {
      const writer = n === 1 ? author : n === posts ? last : random.pick(writers);
      const source = said(language, random);
      seq += 1;
      post.run(seq, id, n, writer.personId, writer.community, source, `<p>${source}</p>\n`, at(0));
      text.run(seq, indexedText(source, n === 1 ? title : undefined));
    }
    return id;
  });
}

async function fill(file: string, size: Size): Promise<Omit<ForumDatabase, 'file'>> {
  const services = openServices({ file, production: false, log: silentLog });
  const { sqlite } = services.db;
  try {
    sqlite.pragma('synchronous = OFF');
    sqlite.exec('BEGIN');
    const salonId = newId();
    sqlite
      .prepare(
        "INSERT INTO salon (id, slug, name, county, host_unit, created_at) VALUES (?, ?, '测速', '测速县', '测速局', 0)",
      )
      .run(salonId, SLUG);
    const writers = fillPeople(sqlite, salonId);
    const [long = '', read = '', ...others] = fillThreads(sqlite, salonId, writers, size);
    const attributes = { device: '测速', secondFactor: false };
    const cookies: string[] = [];
    for (const { personId } of writers) {
      cookies.push(`yuanzhuo=${await services.sessions.start(personId, attributes)}`);
    }
    sqlite.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
    return { cookies, read, long, answered: others.slice(-400) };
  } finally {
    await closeServices(services);
  }
}

/** Made once a day, since what is unread goes by the day. */
export async function makeForumDatabase(name: string, size: Size): Promise<ForumDatabase> {
  const dir = join(benchDir, name);
  const file = join(dir, 'yuanzhuo.db');
  const stampFile = join(dir, 'stamp.json');
  const migrations = etagOf(
    readMigrations()
      .map(({ sql }) => sql)
      .join(),
  );
  const stamp = `${VERSION} ${dayOf(Date.now())} ${size.posts} ${migrations}`;
  if (existsSync(stampFile)) {
    const kept = JSON.parse(readFileSync(stampFile, 'utf8'));
    if (kept.stamp === stamp) return kept.database;
  }
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const database = { file, ...(await fill(file, size)) };
  writeFileSync(stampFile, JSON.stringify({ stamp, database }));
  return database;
}

/** @returns the file of a copy that may be written to */
export function copyForum({ file }: ForumDatabase, name: string): string {
  const dir = join(benchDir, name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const copy = join(dir, 'yuanzhuo.db');
  copyFileSync(file, copy);
  copyFileSync(keyFileOf(file), keyFileOf(copy));
  return copy;
}
